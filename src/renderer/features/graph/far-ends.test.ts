import { expect, test } from 'vitest';
import type { GraphEdge } from '../../../contract/vek.ts';
import { farEnds } from './far-ends.ts';

const edge = (from: number, to: number, part: Partial<GraphEdge> = {}): GraphEdge => ({
  from,
  to,
  fromLane: 0,
  toLane: 0,
  lane: 0,
  colour: 1,
  role: 'parent',
  style: 'solid',
  ...part,
});
const seen = { start: 100, end: 130 };

test('parents below the window, each with its distance', () => {
  const edges = [edge(110, 12_450), edge(110, 500, { role: 'merge' }), edge(111, 112)];
  expect(farEnds(edges, 110, seen)).toEqual([
    { row: 12_450, role: 'parent', side: 'below', distance: 12_340, more: 0 },
    { row: 500, role: 'second parent', side: 'below', distance: 390, more: 0 },
  ]);
});

test('of many children above the nearest, and how many more', () => {
  const edges = [edge(3, 110), edge(90, 110), edge(50, 110), edge(109, 110)];
  expect(farEnds(edges, 110, seen)).toEqual([
    { row: 90, role: 'child', side: 'above', distance: 20, more: 2 },
  ]);
});

test('nothing for lines inside the window, missing parents, and rows out of sight', () => {
  expect(farEnds([edge(110, 111), edge(105, 110)], 110, seen)).toEqual([]);
  expect(farEnds([edge(110, 999, { style: 'missing' })], 110, seen)).toEqual([]);
  expect(farEnds([edge(40, 999)], 40, seen)).toEqual([]);
});
