import { expect, test } from 'vitest';
import type { FoldedStretch } from '../../../contract/vek.ts';
import { fakeRow } from './fake-store.ts';
import { foldName, foldRange, foldSpan, foldTools } from './fold-text.ts';
import { isolated, rowName, shortModel, timeText } from './row-text.ts';

const at = Date.UTC(2026, 10, 20, 14, 11, 52) * 1000;
const fold: FoldedStretch = {
  calls: 1038,
  tools: [
    { tool: 'fetch', calls: 1000 },
    { tool: `mcp__${'x'.repeat(10_000)}__read`, calls: 26 },
  ],
  otherCalls: 12,
  oldest: 'o',
  fromMicros: at,
  toMicros: at + 24 * 60e6,
  costMicros: 118_204,
  costed: 900,
};

test('a folded stretch in words: how many, of what, how long, from when to when', () => {
  expect(foldSpan(fold)).toBe('1,038 calls folded, 24 min');
  expect(foldTools(fold, 12)).toBe('fetch 1,000, mcp__xx…read 26, 12 of other tools');
  expect(foldRange(fold, 'utc')).toBe('20 Nov 2026, 14:11:52 to 14:35:52');
  expect(foldRange({ ...fold, toMicros: at + 86_400e6 }, 'utc')).toBe(
    '20 Nov 2026, 14:11:52 to 21 Nov 2026, 14:11:52',
  );
  expect(foldName(fold, 'utc')).toMatch(/^1,038 calls folded, 24 min: fetch 1,000, .*\$0\.118204, 20 Nov/);
});

test('what is not known is not said', () => {
  const bare = { ...fold, fromMicros: null, costMicros: null };
  expect(foldSpan(bare)).toBe('1,038 calls folded');
  expect(foldName(bare, 'utc')).not.toMatch(/\$|null|NaN/);
  expect(foldName({ ...fold, costMicros: 0, costed: 0 }, 'utc')).not.toContain('$');
});

test('the name of a row has the fold, the idle time, and no endless names', () => {
  expect(rowName(fakeRow(0, 'a', { fold }), 'utc')).toMatch(/^1,038 calls folded/);
  expect(rowName(fakeRow(0, 'a', { idleMicros: 11_520e6 }), 'utc')).toMatch(
    /after 3 h 12 min without calls$/,
  );
  const refs = Array.from({ length: 500 }, (_, i) => ({
    name: `b${i}`,
    label: 'x'.repeat(10_000),
    kind: 'branch' as const,
    head: false,
    colour: 1,
  }));
  const name = rowName(fakeRow(0, 'a', { refs, tool: 't'.repeat(10_000) }), 'utc');
  expect(name.length).toBeLessThan(8000);
  expect(name).toContain('and 480 more names');
});

test('models by their short names', () => {
  expect(shortModel('claude-opus-4-7 · Draft')).toBe('opus-4-7 · Draft');
  expect(shortModel('anthropic/claude-sonnet-4-5-20250929 · x')).toBe('sonnet-4-5 · x');
  expect(shortModel('gpt-4o-2024-08-06')).toBe('gpt-4o');
  expect(shortModel('Draft the brief')).toBe('Draft the brief');
});

test('right-to-left text is isolated, other text is as it was', () => {
  expect(isolated('plain')).toBe('plain');
  expect(isolated('استخدم 3')).toBe('\u2068استخدم 3\u2069');
});

test('the time of a row has the day or the idle time below it', () => {
  const row = fakeRow(0, 'a', { timeMicros: at });
  expect(timeText(row, false, 'utc')).toBe('14:11:52');
  expect(timeText(row, true, 'utc')).toBe('20 Nov\n14:11:52');
  expect(timeText({ ...row, idleMicros: 11_520e6 }, false, 'utc')).toBe('14:11:52\n3 h idle');
  expect(timeText({ ...row, idleMicros: 2127 * 86_400e6 }, true, 'utc')).toBe(
    '20 Nov, 14:11\n2,127 days idle',
  );
  expect(timeText({ ...row, timeMicros: null, timestamp: 'no\ntime' }, true, 'utc')).toBe('no time');
});
