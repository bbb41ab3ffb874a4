import { expect, it } from 'vitest';
import type { MergeUnit, UnitValue } from '../../../contract/merge.ts';
import { choiceWords, FILE_NAMES, sideName } from './names.ts';
import { bothBlocked, editBlocked, whatHappened } from './unit-words.ts';

const names = { ours: { name: 'main', colour: 1 }, theirs: { name: 'fork', colour: 2 } };
const value = (text: string | null): UnitValue | null =>
  text === null ? null : { text, bytes: text.length, cut: false };
const unit = (
  [base, ours, theirs]: readonly (string | null)[],
  more: Partial<MergeUnit> = {},
): MergeUnit => ({
  id: '/x',
  path: '/x',
  what: 'value',
  kind: 'modify/modify',
  taken: null,
  base: value(base ?? null),
  ours: value(ours ?? null),
  theirs: value(theirs ?? null),
  at: null,
  fingerprint: '',
  both: false,
  baseDisputed: false,
  ...more,
});

const words = (...args: Parameters<typeof unit>) => whatHappened(unit(...args), names);
const lines = (sides: readonly string[], base: number, more: Partial<MergeUnit> = {}) =>
  whatHappened(
    unit(sides, { what: 'lines', kind: 'text', at: { base, ours: 9, theirs: 9 }, ...more }),
    names,
  );
const items = (sides: readonly string[], more: Partial<MergeUnit> = {}) =>
  whatHappened(
    unit(sides, { what: 'items', kind: 'array', at: { base: 2, ours: 9, theirs: 9 }, ...more }),
    names,
  );

it('says of every conflict what happened, with the names of the branches', () => {
  expect(words(['1', '2', '3'])).toBe('both changed a number');
  expect(words(['"a"', '"b"', '"c"'])).toBe('both changed a text');
  expect(words(['1', '2', null], { kind: 'modify/delete' })).toBe('main changed it and fork removed it');
  expect(words(['1', null, '2'], { kind: 'delete/modify' })).toBe('fork changed it and main removed it');
  expect(words([null, '1', '2'], { kind: 'add/add' })).toBe('both added it, differently');
  expect(words([null, '1', '[]'], { kind: 'add/add' })).toBe(
    'both added it, differently: a number on main, a list on fork',
  );
  expect(words(['1', '"a"', '{}'], { kind: 'type' })).toBe(
    'both changed it, to a text on main and an object on fork',
  );
  expect(words(['[]', '[1]', '[2]'], { kind: 'order', what: 'order' })).toBe('both changed the order');
  expect(words(['1', '2', '3'], { baseDisputed: true })).toMatch(/^both changed a number; /);
});

it('counts lines and items in base, from 1', () => {
  expect(lines(['a\n', 'b\n', 'c\n'], 1)).toBe('both changed line 2');
  expect(lines(['a\nb\n', 'b\n', 'c\n'], 1)).toBe('both changed lines 2 to 3');
  expect(lines(['', 'b\n', 'c\n'], 4)).toBe('both added lines after line 4');
  expect(lines(['', 'b\n', 'c\n'], 0)).toBe('both added lines at the beginning');
  expect(lines(['a\nb', '', 'c\n'], 0)).toBe('fork changed lines 1 to 2 and main removed them');
  expect(lines(['a\n', 'b\n', 'a\n'], 0, { taken: 'ours', kind: 'modify' })).toBe('only main changed line 1');
  expect(items(['[1]', '[2]', '[3]'])).toBe('both changed item 3');
  expect(items(['[]', '[2]', '[3]'])).toBe('both added items after item 2');
  expect(items(['[1,2]', '[2]', '[]'])).toBe('main changed items 3 to 4 and fork removed them');
  expect(items(['[]', '[]', '[7]'], { taken: 'theirs', kind: 'add' })).toBe('only fork added item 3');
});

it('says of what was taken who changed it', () => {
  expect(words(['1', '2', '1'], { taken: 'ours', kind: 'modify' })).toBe('only main changed it');
  expect(words([null, '2', null], { taken: 'theirs', kind: 'add' })).toBe('only fork added it');
  expect(words(['1', null, null], { taken: 'both', kind: 'delete' })).toBe('both removed alike');
  expect(words(['[]', '[]', '[]'], { taken: 'theirs', kind: 'modify', what: 'order' })).toBe(
    'only fork changed the order',
  );
});

it('gives the reason where both or an edit mean nothing', () => {
  expect(bothBlocked(unit(['1', '2', '3']))).toBe('two numbers can’t be kept both');
  expect(bothBlocked(unit(['1', '2', null]))).toBe('one side has nothing here');
  expect(bothBlocked(unit(['1', '2', '[]']))).toBe('two kinds of values can’t be kept both');
  expect(bothBlocked(unit(['{}', '{}', '{}']))).toBe('two objects can’t be kept both');
  expect(bothBlocked(unit(['"a"', '"b"', '"c"'], { both: true }))).toBeNull();
  expect(editBlocked(unit(['[]', '[]', '[]'], { what: 'order' }))).toMatch(/one side/);
  expect(editBlocked(unit(['1', '2', '3']))).toBeNull();
  expect(editBlocked({ ...unit(['1', '2', '3']), ours: { text: '"ab', bytes: 999, cut: true } })).toMatch(
    /long/,
  );
});

it('speaks of an edit and the disk as such', () => {
  const key = unit(['a: 1\n', 'a: 2\n', 'a: 3\n'], { what: 'lines', kind: 'text' });
  expect(bothBlocked(key)).toBe('the key would stand twice');
  expect(bothBlocked({ ...key, ours: value('') })).toBe('one side has nothing here');
  expect(whatHappened({ ...key, kind: 'modify/delete', theirs: null }, FILE_NAMES)).toBe(
    'your edit changed it and the disk removed it',
  );
  expect(
    whatHappened(
      { ...key, taken: 'theirs', kind: 'modify', at: { base: 3, ours: 3, theirs: 5 } },
      FILE_NAMES,
    ),
  ).toBe('only the disk changed line 4');
  expect(whatHappened({ ...key, kind: 'add/add', base: null }, FILE_NAMES)).toBe(
    'both added it, differently',
  );
  expect([choiceWords(FILE_NAMES, { take: 'ours' }), choiceWords(FILE_NAMES, { take: 'base' })]).toEqual([
    'Kept from your edit',
    'As when you began',
  ]);
  expect(sideName(names, 'base')).toBe('base');
});
