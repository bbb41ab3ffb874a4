import { expect, test } from 'vitest';
import { sorted } from './sort.ts';

const rows = [{ n: 2 }, { n: null }, { n: 10 }, { n: 1 }];

test('rows without a value stand last, whichever way the others fall', () => {
  expect(sorted(rows, ({ n }) => n, false).map(({ n }) => n)).toEqual([1, 2, 10, null]);
  expect(sorted(rows, ({ n }) => n, true).map(({ n }) => n)).toEqual([10, 2, 1, null]);
});

test('numbers within names count as numbers, and equal rows keep their order', () => {
  const list = [
    { name: 'item_10', at: 0 },
    { name: 'item_2', at: 1 },
    { name: 'item_2', at: 2 },
  ];
  expect(sorted(list, ({ name }) => name, false).map(({ at }) => at)).toEqual([1, 2, 0]);
});
