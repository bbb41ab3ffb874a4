import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexOf, testHash, testTime } from '../../../test/support/graphs.ts';
import { matchFilter } from './filter-match.ts';
import { firstMicros, lastMicros, parseWhen, type Clock } from './filter-time.ts';
import { isEmptyFilter, parseFilter, type Filter, type FilterError } from './filter.ts';
import { exactTime } from './time.ts';

function parsed(text: string): Filter {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.filter;
}

function errorOf(text: string): FilterError {
  const result = parseFilter(text);
  if (result.ok) throw new Error(`${text} was accepted`);
  return result.error;
}

const utc: Clock = { nowMicros: exactTime('2026-11-20T12:00:00+00:00'), offsetMinutes: () => 0 };

describe('parseFilter', () => {
  it('reads every kind of term', () => {
    const filter = parsed(
      'tool:edit,read_* -tool:"my tool" branch:"a b" branch:x,y #7D2 hash:ab since:2h error time out "tool:x \\"q\\""',
    );
    expect(filter).toEqual({
      tools: ['edit', 'read_*'],
      notTools: ['my tool'],
      branches: ['a b', 'x,y'],
      notBranches: [],
      since: { kind: 'ago', micros: 7_200_000_000 },
      until: null,
      failed: true,
      notFailed: false,
      hashes: ['7d2', 'ab'],
      texts: ['time', 'out', 'tool:x "q"'],
      notTexts: [],
    });
  });

  it('excludes branches, failures and quoted texts with a minus sign; a word keeps its own', () => {
    expect(parsed('-branch:x -branch:"a b" -ERROR -"no such" -rf "-x" - -""')).toMatchObject({
      branches: [],
      notBranches: ['x', 'a b'],
      failed: false,
      notFailed: true,
      texts: ['-rf', '-x', '-'],
      notTexts: ['no such'],
    });
    for (const text of ['-branch:x', '-error', '-"x"']) expect(isEmptyFilter(parsed(text))).toBe(false);
    expect(errorOf('x -"open')).toMatchObject({ at: 3, length: 5 });
  });

  it('takes "error" in quotes for text, and nothing for everything', () => {
    expect(parsed('"error"')).toMatchObject({ failed: false, texts: ['error'] });
    expect(isEmptyFilter(parsed('  '))).toBe(true);
    expect(isEmptyFilter(parsed('error'))).toBe(false);
  });

  it('says what is wrong, where, and what would be right', () => {
    expect(errorOf('tool:a brnach:x')).toMatchObject({
      at: 7,
      length: 7,
      hint: expect.stringContaining('branch:'),
    });
    expect(errorOf('https://x.y')).toMatchObject({ at: 0, hint: expect.stringContaining('"https://x.y"') });
    expect(errorOf('a since:2026-02-30')).toMatchObject({ at: 8, length: 10 });
    expect(errorOf('tool:')).toMatchObject({ at: 0, message: expect.stringContaining('missing') });
    expect(errorOf('tool:a,')).toMatchObject({ at: 0 });
    expect(errorOf('x "open')).toMatchObject({ at: 2, length: 5 });
    expect(errorOf('-since:2h')).toMatchObject({ at: 0, hint: expect.stringContaining('since:') });
    expect(errorOf('#xyz')).toMatchObject({ at: 1, length: 3 });
    expect(errorOf('since:1d since:2d')).toMatchObject({ at: 9 });
    expect(errorOf('tool:"a"b')).toMatchObject({ at: 8 });
  });

  it('never throws, and points inside the text', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'tool:',
        '-tool:',
        '-',
        'since:',
        'until:',
        'branch:',
        'hash:',
        '#',
        '"',
        ',',
        ' ',
        '\\',
        '*',
        ':',
        '2026-11-20',
        'today',
        '3d',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const text = words.join('');
        const result = parseFilter(text);
        if (result.ok) return;
        expect(result.error.at).toBeGreaterThanOrEqual(0);
        expect(result.error.at).toBeLessThanOrEqual(text.length);
        expect(result.error.length).toBeGreaterThan(0);
      }),
      { numRuns: 3_000 },
    );
  });
});

const at = (text: string): number => exactTime(text);

describe('times', () => {
  it('takes a day whole, in the zone of the person', () => {
    const berlin: Clock = {
      ...utc,
      offsetMinutes: (micros) => (micros < at('2026-10-25T01:00:00+00:00') ? 120 : 60),
    };
    const day = parseWhen('2026-10-25')!;
    expect(firstMicros(day, berlin)).toBe(at('2026-10-24T22:00:00+00:00'));
    expect(lastMicros(day, berlin)).toBe(at('2026-10-25T22:59:59.999999+00:00'));
    expect(firstMicros(parseWhen('yesterday')!, berlin)).toBe(at('2026-11-18T23:00:00+00:00'));
    expect(lastMicros(parseWhen('today')!, utc)).toBe(at('2026-11-20T23:59:59.999999+00:00'));
  });

  it('takes a minute whole, keeps stated offsets, counts back from now', () => {
    expect(lastMicros(parseWhen('2026-11-20T14:30')!, utc)).toBe(at('2026-11-20T14:30:59.999999+00:00'));
    expect(firstMicros(parseWhen('2026-11-20T14:30:00+02:00')!, utc)).toBe(at('2026-11-20T12:30:00+00:00'));
    expect(lastMicros(parseWhen('2026-11-20T14:30:01.5Z')!, utc)).toBe(
      at('2026-11-20T14:30:01.599999+00:00'),
    );
    expect(firstMicros(parseWhen('3d')!, utc)).toBe(at('2026-11-17T12:00:00+00:00'));
    expect(parseWhen('2026-11-20T25:00')).toBeNull();
  });
});

describe('matchFilter', () => {
  const nodes = [0, 1, 2, 3, 4, 5].map((i) => ({
    parent: i === 3 ? 0 : i - 1,
    merge: -1,
    second: i === 5 ? null : i * 10,
  }));
  const index = indexOf(nodes, ['read_file', 'edit', 'Edit_many']);
  const refs = [
    { name: 'main', kind: 'branch', node: 2, head: true },
    { name: 'a b', kind: 'branch', node: 5, head: false },
  ] as const;
  const hits = (text: string): number[] => {
    const { visible } = matchFilter(index, parsed(text), { refs, clock: utc });
    return [...(visible ?? new Uint8Array(6).fill(1)).keys()].filter((i) =>
      visible === null ? true : visible[i] === 1,
    );
  };

  it('matches tools by beginning or pattern, whatever the case', () => {
    expect(hits('tool:EDIT')).toEqual([1, 2, 4, 5]);
    expect(hits('tool:=Edit')).toEqual([1, 4]);
    expect(hits('tool:=edi')).toEqual([]);
    expect(hits('tool:*many')).toEqual([2, 5]);
    expect(hits('tool:*e*i*')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(hits('tool:edit -tool:edit_*')).toEqual([1, 4]);
    expect(hits('tool:e*e')).toEqual([]);
  });

  it('matches branches, times and hashes, and all kinds together', () => {
    expect(hits('branch:"a b"')).toEqual([0, 3, 4, 5]);
    expect(hits('branch:main branch:"a b"')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(hits('-branch:main')).toEqual([3, 4, 5]);
    expect(hits('-branch:main -branch:"a b"')).toEqual([]);
    expect(hits('branch:"a b" -branch:main')).toEqual([3, 4, 5]);
    expect(matchFilter(index, parsed('-branch:no'), { refs, clock: utc }).unknownBranches).toEqual(['no']);
    expect(matchFilter(index, parsed('branch:nope'), { refs, clock: utc }).unknownBranches).toEqual(['nope']);
    expect(hits(`since:"${testTime(10)}" until:${testTime(30)}`)).toEqual([1, 2, 3]);
    expect(hits(`#${testHash(3).slice(0, 11)}`)).toEqual([3]);
    expect(hits(`hash:${testHash(3).slice(0, 4)},${testHash(4)}`)).toEqual([3, 4]);
    expect(hits('branch:main tool:edit')).toEqual([1, 2]);
    expect(hits('')).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
