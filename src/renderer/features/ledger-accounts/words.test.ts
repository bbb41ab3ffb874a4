import { expect, it } from 'vitest';
import { parseLedgerQuery } from '../../../core/aex/query/query.ts';
import { windowQuery } from './words.ts';

const rate = { windowStart: '2026-03-02T09:00:05.400000', requests: 2, tokens: 0, over: true };

it('opens the entries of the minute in which a rate window counts', () => {
  const { query } = windowQuery('late bill', rate);
  const { filter, problems } = parseLedgerQuery(query ?? '');
  expect(problems).toEqual([]);
  const from = Date.UTC(2026, 2, 2, 9, 0, 5) * 1000;
  expect(filter.terms).toMatchObject([
    { kind: 'name', key: 'agent', any: ['late bill'] },
    { kind: 'at', any: [{ from, to: from + 61e6 }] },
  ]);
});

it('opens nothing where nothing was counted or the beginning can’t be read', () => {
  expect(windowQuery('a', { ...rate, requests: 0 }).query).toBeNull();
  for (const windowStart of [null, '', 'yesterday', '2026-03-02 09:00:05'])
    expect(windowQuery('a', { ...rate, windowStart }).query).toBeNull();
});
