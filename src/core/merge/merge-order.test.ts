import { expect, it } from 'vitest';
import { weave } from './merge-order.ts';

const ranks: Readonly<Record<string, number>> = { a: 0, b: 1, c: 2 };
const rank = (key: string): number => ranks[key] ?? Infinity;

it('what the base had stands before what was added, also where its neighbour went', () => {
  expect(weave(['a', 'b', 'new'], ['a', 'c'], { rank })).toEqual(['a', 'b', 'c', 'new']);
  expect(weave(['a', 'c'], ['a', 'b', 'new'], { rank })).toEqual(['a', 'b', 'c', 'new']);
});

it('what was added stays before the element of the base that it was put before', () => {
  expect(weave(['a', 'new', 'b'], ['a', 'c'], { rank })).toEqual(['a', 'new', 'b', 'c']);
});

it('of additions at one place the first list’s come first, unless told', () => {
  expect(weave(['a', 'x'], ['a', 'y'], { rank })).toEqual(['a', 'x', 'y']);
  expect(weave(['a', 'x'], ['a', 'y'], { rank, secondFirst: true })).toEqual(['a', 'y', 'x']);
  expect(weave(['a', 'x'], ['a', 'y'])).toEqual(['a', 'x', 'y']);
});
