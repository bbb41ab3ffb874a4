import { expect, it } from 'vitest';
import type { Account } from '../../../../contract/ledger.ts';
import { accountChoices, MOST_LISTED } from './choices.ts';

const account = (name: string, spentMicro: number) => ({ name, spentMicro }) as Account;
const labels = (accounts: readonly Account[], agent: string | null) =>
  accountChoices('s', accounts, agent).flatMap((entry) => (entry === 'separator' ? [] : [entry.label]));

it('accounts are offered by what they spent', () => {
  expect(labels([account('b', 0), account('a', 5), account('c', 9)], null)).toEqual([
    'All agents',
    'c',
    'a',
    'b',
  ]);
});

it('of many the first are listed, with the chosen one and the way to all', () => {
  const many = Array.from({ length: 303 }, (_, i) => account(`agent-${i}`, 1_000 - i));
  const offered = labels(many, 'agent-300');
  expect(offered).toHaveLength(MOST_LISTED + 3);
  expect(offered).toContain('agent-300');
  expect(offered).toContain('agent-0');
  expect(offered.slice(-2)).toEqual(['Find an agent', 'All 303 agents with their figures']);
});
