import { expect, test } from 'vitest';
import type { BranchInfo } from '../../../../contract/vek.ts';
import { pairsFor } from './merge-commands.ts';

const branch = (name: string): BranchInfo => ({
  name,
  hash: name.padEnd(64, '0'),
  present: true,
  current: name === 'main',
  colour: 1,
  ahead: null,
  behind: null,
});

const BRANCHES = ['main', 'fork-1', 'fork-2', 'into'].map(branch);
const pairs = (query: string, current: string | null = 'main') =>
  pairsFor(BRANCHES, current, query).map(({ from, into }) => `${from.name} → ${into}`);

test('without the verb nothing is offered, so that branches themselves stand first', () => {
  expect(pairs('')).toEqual([]);
  expect(pairs('fork')).toEqual([]);
  expect(pairs('m')).toEqual([]);
  expect(pairs('message')).toEqual([]);
});

test('with the verb every branch goes into the current one', () => {
  expect(pairs('me')).toEqual(['fork-1 → main', 'fork-2 → main', 'into → main']);
  expect(pairs('Merge FORK-2')).toEqual(['fork-2 → main']);
  expect(pairs('merge fork', null)).toEqual([]);
});

test('“into” names another branch to merge into', () => {
  expect(pairs('merge main into fork-1')).toEqual(['main → fork-1']);
  expect(pairs('merge fork into')).toEqual(['fork-1 → main', 'fork-2 → main']);
  expect(pairs('merge main into into')).toEqual(['main → into']);
});

test('very many branches are narrowed by typing', () => {
  const many = [branch('main'), ...Array.from({ length: 5000 }, (_, i) => branch(`run-${i}`))];
  expect(pairsFor(many, 'main', 'merge').length).toBeLessThanOrEqual(200);
  expect(pairsFor(many, 'main', 'merge run-4999')).toHaveLength(1);
  expect(pairsFor(many, 'main', 'merge run-1 into run').length).toBeLessThanOrEqual(200);
});
