import { expect, test } from 'vitest';
import type { BranchInfo, GraphRow } from '../../../contract/vek.ts';
import { branchOf } from './branch-of.ts';
import { fakeRow } from './fake-store.ts';

const branch = (name: string, colour: number): BranchInfo => ({
  name,
  hash: 'x',
  present: true,
  current: false,
  colour,
  ahead: null,
  behind: null,
});
const badge = (name: string, colour: number) =>
  ({ name, label: name, kind: 'branch', head: false, colour }) as const;
const modelOf = (rows: readonly GraphRow[]) => ({
  at: (row: number) => rows[row] ?? null,
  rowOf: (hash: string) => rows.findIndex((row) => row.hash === hash),
});

test('the badge on the row comes first, then the only branch of its colour', () => {
  const rows = [fakeRow(0, 'a', { refs: [badge('main', 1)] }), fakeRow(1, 'b')];
  expect(branchOf(rows[0]!, modelOf(rows), [])).toBe('main');
  expect(branchOf(rows[1]!, modelOf(rows), [branch('only', 1), branch('other', 2)])).toBe('only');
});

test('two branches of one colour: the nearest badge above in the same column', () => {
  const rows = [
    fakeRow(0, 'a', { refs: [badge('far', 2)], lane: 3, colour: 2 }),
    fakeRow(1, 'b', { refs: [badge('near', 2)], lane: 1, colour: 2 }),
    fakeRow(2, 'c', { refs: [badge('main', 1)] }),
    fakeRow(3, 'd', { lane: 1, colour: 2 }),
    fakeRow(4, 'e', { lane: 5, colour: 2 }),
  ];
  const branches = [branch('far', 2), branch('near', 2)];
  expect(branchOf(rows[3]!, modelOf(rows), branches)).toBe('near');
  expect(branchOf(rows[4]!, modelOf(rows), branches)).toBeNull();
});
