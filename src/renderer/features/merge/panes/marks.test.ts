import { expect, test } from 'vitest';
import type { DocumentDecision, MergeUnit } from '../../../../contract/merge.ts';
import { lettersOf, originRuns, originWords, statesOf } from './marks.ts';

const unit = (id: string, taken: MergeUnit['taken']): MergeUnit => ({ id, taken }) as MergeUnit;
const units = [unit('/a', null), unit('/b', 'ours'), unit('/c', null), unit('/d', 'theirs')];
const decision = (part: Partial<DocumentDecision>): DocumentDecision => ({
  document: 'd',
  whole: null,
  reopened: [],
  choices: [],
  ...part,
});
const told = (part: Partial<DocumentDecision>) => [...statesOf(units, decision(part)).values()].join(' ');

const names = (ours: string, theirs: string) => ({
  ours: { name: ours, colour: 1 },
  theirs: { name: theirs, colour: 2 },
});

test('a conflict is open until something is chosen, what was taken until it is reopened', () => {
  expect(told({})).toBe('open auto open auto');
  expect(told({ choices: [{ unit: '/a', choice: { take: 'ours' } }], reopened: ['/d'] })).toBe(
    'settled auto open open',
  );
  expect(told({ whole: 'base' })).toBe('settled settled settled settled');
  expect(told({ reopened: true })).toBe('open open open open');
});

test('branches have a letter each, or left and right', () => {
  expect(lettersOf(names('main', 'fork-3f'))).toEqual({ ours: 'M', theirs: 'F' });
  expect(lettersOf(names('fork-1', 'Fork-2'))).toEqual({ ours: 'L', theirs: 'R' });
  expect(lettersOf(names('—', 'x'))).toEqual({ ours: 'L', theirs: 'R' });
  expect(originWords('theirs', names('main', 'x'))).toBe('from x');
  expect(originWords('base', names('main', 'x'))).toBe('');
});

test('lines of one origin are one stretch', () => {
  expect(originRuns(['base', 'ours', 'ours', 'theirs', 'base', 'ours'])).toEqual([
    { origin: 'ours', from: 1, to: 3 },
    { origin: 'theirs', from: 3, to: 4 },
    { origin: 'ours', from: 5, to: 6 },
  ]);
  expect(originRuns([])).toEqual([]);
});
