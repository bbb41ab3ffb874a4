import { expect, test } from 'vitest';
import type { Choice, DocumentDecision, MergeUnit } from '../../../../contract/merge.ts';
import { nextBoth, takenIn } from './taken.ts';

const unit = (taken: MergeUnit['taken']): MergeUnit => ({ id: '/a', taken }) as MergeUnit;
const decided = (choice: Choice | null, part: Partial<DocumentDecision> = {}): DocumentDecision => ({
  document: 'd',
  whole: null,
  reopened: [],
  choices: choice === null ? [] : [{ unit: '/a', choice }],
  ...part,
});

test('a unit has what was chosen, else what was taken', () => {
  expect(takenIn(unit(null), decided(null))).toBeNull();
  expect(takenIn(unit('ours'), decided(null))).toBe('ours');
  expect(takenIn(unit('ours'), decided({ take: 'base' }))).toBe('base');
  expect(takenIn(unit('ours'), decided(null, { reopened: ['/a'] }))).toBeNull();
  expect(takenIn(unit('ours'), decided(null, { reopened: true }))).toBeNull();
  expect(takenIn(unit(null), decided(null, { whole: 'theirs' }))).toBe('theirs');
});

test('both turns around when it is taken again', () => {
  const first = nextBoth('/a', decided(null));
  expect(first).toEqual({ take: 'both', first: 'ours' });
  const second = nextBoth('/a', decided(first));
  expect(second).toEqual({ take: 'both', first: 'theirs' });
  expect(nextBoth('/a', decided(second))).toEqual(first);
});
