import { expect, test } from 'vitest';
import { sortRows } from './sort.ts';

const rows = [
  { name: 'b', size: 2 },
  { name: 'a10', size: null },
  { name: 'a9', size: 7 },
  { name: 'c', size: 2 },
];
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

test('rows are ordered by a column, what is missing stands last either way', () => {
  expect(names(sortRows(rows, ({ size }) => size, false))).toEqual(['b', 'c', 'a9', 'a10']);
  expect(names(sortRows(rows, ({ size }) => size, true))).toEqual(['a9', 'b', 'c', 'a10']);
});

test('names are ordered as people count', () => {
  expect(names(sortRows(rows, ({ name }) => name, false))).toEqual(['a9', 'a10', 'b', 'c']);
  expect(sortRows(rows, undefined, true)).toBe(rows);
});
