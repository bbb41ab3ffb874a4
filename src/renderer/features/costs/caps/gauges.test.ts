import { expect, it } from 'vitest';
import type { CapGauge } from '../../../../contract/costs.ts';
import { byNeed, gaugesOf, usedShare } from './gauges.ts';

const gauge = (agent: string, period: 'day' | 'month', spent: number, cap: number | null): CapGauge => ({
  agent,
  period,
  spentMicros: spent,
  capMicros: cap,
  capFrom: null,
  caps: [],
  action: 'skip',
  fired: cap !== null && spent >= cap,
  thresholds: [],
  unknown: null,
  query: '',
});

it('the agent that is at a cap stands first, one without a cap last', () => {
  const agents = gaugesOf([
    gauge('free', 'day', 9_000_000, null),
    gauge('near', 'month', 9, 10),
    gauge('near', 'day', 1, 10),
    gauge('over', 'day', 11, 10),
    gauge('frozen', 'day', 0, 0),
    { ...gauge('unread', 'day', 0, 10), unknown: 'The file of today can’t be relied on.' },
  ]);
  expect(byNeed(agents).map(({ agent }) => agent)).toEqual(['unread', 'frozen', 'over', 'near', 'free']);
  expect(agents.find(({ agent }) => agent === 'near')?.gauges.map(({ period }) => period)).toEqual([
    'day',
    'month',
  ]);
});

it('a cap of nothing is used up by nothing', () => {
  expect(usedShare(gauge('a', 'day', 0, 0))).toBe(1);
  expect(usedShare(gauge('a', 'day', 5, 10))).toBe(0.5);
  expect(usedShare(gauge('a', 'day', 5, null))).toBe(0);
});
