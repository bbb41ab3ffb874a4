import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../../core/graph/filter.ts';
import { bounded, failedOnly, hideTool, instantText, onlyTool, toolValue, withoutTimes } from './edit.ts';
import {
  chipErrors,
  filterOfParts,
  partsOfFilter,
  quoted,
  splitTerms,
  takeFinished,
  termAt,
} from './terms.ts';

describe('terms of a filter text', () => {
  test('chips are keyed terms, error and hashes; quotes hold together', () => {
    expect(partsOfFilter('a -error -"no such" -rf').chips).toEqual(['-error', '-"no such"']);
    expect(partsOfFilter('tool:fetch slow -tool:"my tool",x error "a b" #7d20 Since:2h tol:x')).toEqual({
      chips: ['tool:fetch', '-tool:"my tool",x', 'error', '#7d20', 'Since:2h', 'tol:x'],
      text: 'slow "a b"',
    });
    expect(partsOfFilter('it"s a  word').text).toBe('it"s a word');
    expect(splitTerms('tool:"a\\"b c" d').map((term) => term.text)).toEqual(['tool:"a\\"b c"', 'd']);
    expect(splitTerms('branch:"open end').map((term) => term.text)).toEqual(['branch:"open end']);
    expect(splitTerms('tool:a,"b c" x')[0]).toMatchObject({ text: 'tool:a,"b c"', at: 0, end: 12 });
  });

  test('each term alone reads as in the whole text, whatever the text', () => {
    const pieces = ['tool:', 'a', '"', ' ', ',', '\\', 'error', '#', '7', 'b c', '-', 'branch:', '\t'];
    let seed = 7;
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let run = 0; run < 3000; run += 1) {
      const text = Array.from({ length: next(9) }, () => pieces[next(pieces.length)]).join('');
      const whole = parseFilter(text);
      const parts = partsOfFilter(text);
      const again = parseFilter(filterOfParts(parts));
      expect(again.ok, JSON.stringify(text)).toBe(whole.ok);
      if (!whole.ok || !again.ok) continue;
      expect(again.filter, JSON.stringify(text)).toEqual(whole.filter);
    }
  });

  test('a term becomes a chip once the caret has left it', () => {
    expect(takeFinished('tool:fe', 7)).toBeNull();
    expect(takeFinished('tool:fetch ', 11)).toEqual({ chips: ['tool:fetch'], text: '' });
    expect(takeFinished('tool: foo', 5)).toBeNull();
    expect(takeFinished('slow tool:a foo', 15)).toEqual({ chips: ['tool:a'], text: 'slow foo' });
    expect(takeFinished('branch:"a b', 9)).toBeNull();
    expect(takeFinished('error', 5)).toBeNull();
    expect(termAt('slow tool:a', 8)?.text).toBe('tool:a');
    expect(termAt('slow  x', 5)).toBeNull();
  });

  test('a chip says what is wrong with it, and only that one', () => {
    const refs = new Set(['main', 'tag/v1']);
    const errors = chipErrors(
      ['tool:a', 'tol:b', 'since:2h', 'since:3h', 'branch:mian', 'branch:tag/v1'],
      refs,
    );
    expect(errors.map((error) => error?.message ?? null)).toEqual([
      null,
      'There is no filter term tol:.',
      null,
      null,
      'There is no branch, tag or checkpoint “mian”.',
      null,
    ]);
    expect(chipErrors(['since:2h', 'since:3h'], refs).map((error) => error === null)).toEqual([true, false]);
    expect(chipErrors(['branch:mian'], null)).toEqual([null]);
  });

  test('values are quoted where they must be, and read back', () => {
    for (const name of ['a b', 'a,b', 'say "x"', 'back\\slash', '', '"', 'ünï', '=x', 'a*']) {
      const parsed = parseFilter(`tool:${quoted(`=${name}`)}`);
      expect(parsed.ok && parsed.filter.tools).toEqual([`=${name}`]);
    }
  });
});

describe('quick filters', () => {
  test('one tool, exactly where another begins alike', () => {
    expect(onlyTool('tool:x slow -tool:y', 'fetch', ['fetch', 'search'])).toBe('tool:fetch slow');
    expect(onlyTool('', 'fetch', ['fetch', 'fetch_page'])).toBe('tool:=fetch');
    expect(onlyTool('', 'my tool', [])).toBe('tool:"=my tool"');
    expect(toolValue('a*b', ['a*b'])).toBe('=a*b');
    expect(hideTool('tool:fetch since:2h', 'fetch', ['fetch'])).toBe('since:2h -tool:fetch');
    expect(hideTool('-tool:fetch', 'fetch', ['fetch'])).toBe('-tool:fetch');
  });

  test('an instant is stated to the microsecond and read back as the same', () => {
    const micros = 1_795_185_668_204_113;
    expect(instantText(micros)).toBe('2026-11-20T14:41:08.204113Z');
    expect(instantText(-1)).toBe('1969-12-31T23:59:59.999999Z');
    const since = bounded('since:2h slow', 'since', micros);
    expect(since).toBe('since:2026-11-20T14:41:08.204113Z slow');
    const parsed = parseFilter(since);
    expect(parsed.ok && parsed.filter.since).toMatchObject({
      kind: 'local',
      clockMicros: micros,
      offset: 0,
      spanMicros: 1,
    });
    expect(withoutTimes(since)).toBe('slow');
    expect(withoutTimes('slow')).toBeNull();
  });

  test('failed calls on and off', () => {
    expect(failedOnly('slow', true)).toBe('error slow');
    expect(failedOnly('Error slow', false)).toBe('slow');
  });
});
