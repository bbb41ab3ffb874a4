import { describe, expect, test } from 'vitest';
import { cutEnd, cutMiddle, fitMiddle, textWidth } from './cut.ts';
import { chipText } from './filter/chip-text.ts';

describe('cutting names', () => {
  test('the ends stay, since names differ there', () => {
    expect(cutMiddle('short', 10)).toBe('short');
    expect(cutMiddle('mcp__filesystem__read_file', 13)).toBe('mcp__fi…_file');
    const a = cutMiddle(`${'x'.repeat(10_000)}-a`, 12);
    const b = cutMiddle(`${'x'.repeat(10_000)}-b`, 12);
    expect(a).toHaveLength(12);
    expect(a).not.toBe(b);
    expect(cutEnd('first words matter', 12)).toBe('first words…');
  });

  test('no character of two units is torn', () => {
    for (let most = 3; most < 12; most += 1) {
      expect(cutMiddle('👩🏽‍💻'.repeat(40), most)).not.toMatch(
        /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/,
      );
      expect(cutEnd('😀'.repeat(40), most)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    }
  });

  test('a name is fitted into its room', () => {
    for (const name of ['main', 'retry-cheaper', 'W'.repeat(10_000), 'لغة'.repeat(60), '漢字'.repeat(99)]) {
      for (const room of [30, 60, 120]) {
        const cut = fitMiddle(name, room, 11);
        expect(textWidth(cut, 11) <= room || [...cut].length <= 3, `${name.slice(0, 9)} in ${room}`).toBe(
          true,
        );
      }
    }
    expect(fitMiddle('retry-cheaper', 120, 11)).toBe('retry-cheaper');
  });
});

test('a chip names times as a person does and leaves signs of the language out', () => {
  expect(chipText('since:2026-11-20T14:41:08.204113Z', 'utc')).toEqual({
    key: 'since',
    value: '20 Nov 2026, 14:41:08',
  });
  expect(chipText('since:2h', 'utc')).toEqual({ key: 'since', value: '2h' });
  expect(chipText('-tool:"=my tool"', 'utc')).toEqual({ key: 'not tool', value: 'my tool' });
  expect(chipText('branch:"a\u202eb"', 'utc').value).toBe('a\ufffdb');
  expect(chipText('error', 'utc')).toEqual({ key: '', value: 'error' });
  expect(chipText('-error', 'utc')).toEqual({ key: 'not', value: 'error' });
  expect(chipText('-"no such"', 'utc')).toEqual({ key: 'not', value: 'no such' });
});
