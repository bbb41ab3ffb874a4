import { expect, it } from 'vitest';
import type { FileVersion } from '../../../../../contract/edits.ts';
import { inOrder, otherOf, shortTime, versionKey, whoWords } from './words.ts';

const version = (atMicros: number, more: Partial<FileVersion> = {}): FileVersion => ({
  sha256: String(atMicros),
  atMicros,
  bytes: 1,
  how: 'saved',
  edit: null,
  title: 'Save quill/tools.md',
  label: null,
  current: false,
  kept: true,
  ...more,
});
const list = [version(3, { current: true }), version(2), version(1, { how: 'seen', title: '' })] as const;

it('compares with the text now, with the one before, with any other, or with none', () => {
  expect(otherOf(list, list[1], 'current')).toBe(list[0]);
  expect(otherOf(list, list[1], 'before')).toBe(list[2]);
  expect(otherOf(list, list[2], 'before')).toBeNull();
  expect(otherOf(list, list[1], 'alone')).toBeNull();
  expect(otherOf(list, list[0], { version: versionKey(list[2]) })).toBe(list[2]);
});

it('puts the older one first', () => {
  expect(inOrder(list, list[0], list[2])).toEqual([list[2], list[0]]);
  expect(inOrder(list, list[2], list[0])).toEqual([list[2], list[0]]);
});

it('tells two versions of one text apart, and who made each', () => {
  const back = version(5, { sha256: list[1].sha256 });
  expect(versionKey(back)).not.toBe(versionKey(list[1]));
  expect(list.map(whoWords)).toEqual(['Save quill/tools.md', 'Save quill/tools.md', 'Found on disk']);
  expect(whoWords(version(4, { label: 'Warmer greeting' }))).toBe('Warmer greeting');
});

it('leaves out a year that is the present one', () => {
  const at = Date.UTC(2026, 10, 20, 23, 52, 9) * 1000;
  expect(shortTime(at, 'utc', at)).toBe('20 Nov, 23:52:09');
  expect(shortTime(at, 'utc', at + 366 * 86_400e6)).toBe('20 Nov 2026, 23:52:09');
});
