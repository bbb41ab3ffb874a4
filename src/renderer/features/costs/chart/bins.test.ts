import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CostDay } from '../../../../contract/costs.ts';
import { dayAfter, daysBetween } from '../../runs/days.ts';
import { binLabel, binWords, binsOf, binsOfRange, stepFor, type Step } from './bins.ts';

const day = (name: string, cost: number): CostDay => ({
  day: name,
  query: `day:${name}`,
  lines: 1,
  inputTokens: 10,
  outputTokens: 2,
  costMicros: cost,
  parts: [{ key: 'm', costMicros: cost, lines: 1 }],
});

it('days without records are bars too', () => {
  const bins = binsOf([day('2026-06-01', 5), day('2026-06-04', 7)], { from: '2026-06-01', to: '2026-06-05' });
  expect(bins.map((bin) => [bin.from, bin.costMicros, bin.query])).toEqual([
    ['2026-06-01', 5, 'day:2026-06-01'],
    ['2026-06-02', 0, null],
    ['2026-06-03', 0, null],
    ['2026-06-04', 7, 'day:2026-06-04'],
    ['2026-06-05', 0, null],
  ]);
});

it('weeks begin on Monday, months on the first, and the ends are cut by the range', () => {
  const range = { from: '2026-05-30', to: '2026-06-09' };
  expect(binsOf([], range, 'week').map(({ from, to }) => `${from} ${to}`)).toEqual([
    '2026-05-30 2026-05-31',
    '2026-06-01 2026-06-07',
    '2026-06-08 2026-06-09',
  ]);
  expect(binsOf([], range, 'month').map(({ from, to }) => `${from} ${to}`)).toEqual([
    '2026-05-30 2026-05-31',
    '2026-06-01 2026-06-09',
  ]);
});

it('whatever the step, bars follow each other without a gap and hold every day once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 0, max: 800 }),
      fc.constantFrom<Step>('day', 'week', 'month'),
      (start, length, step) => {
        const range = { from: dayAfter('1999-11-03', start), to: dayAfter('1999-11-03', start + length) };
        const days = Array.from({ length: length + 1 }, (_, index) =>
          day(dayAfter(range.from, index), index),
        );
        const bins = binsOf(days, range, step);
        expect(bins[0]?.from).toBe(range.from);
        expect(bins.at(-1)?.to).toBe(range.to);
        bins.slice(1).forEach((bin, index) => expect(daysBetween(bins[index]!.to, bin.from)).toBe(1));
        const sum = (pick: (bin: (typeof bins)[number]) => number) =>
          bins.reduce((all, bin) => all + pick(bin), 0);
        expect(sum(({ costMicros }) => costMicros)).toBe((length * (length + 1)) / 2);
        expect(sum(({ parts }) => parts.get('m')?.lines ?? 0)).toBe(length + 1);
      },
    ),
  );
});

it('the step follows the length of the range', () => {
  expect(stepFor({ from: '2026-05-10', to: '2026-06-08' })).toBe('day');
  expect(stepFor({ from: '2025-07-01', to: '2026-06-08' })).toBe('week');
  expect(stepFor({ from: '2020-01-01', to: '2026-06-08' })).toBe('month');
});

it('bars have names', () => {
  expect(binWords({ from: '2026-06-07', to: '2026-06-07' }, 'day')).toBe('Sunday 7 Jun 2026');
  expect(binWords({ from: '2026-06-01', to: '2026-06-30' }, 'month')).toBe('Jun 2026');
  expect(binWords({ from: '2026-06-01', to: '2026-06-08' }, 'month')).toBe('1 Jun to 8 Jun 2026');
  expect(binLabel({ from: '2026-06-08', to: '2026-06-08' }, 'day', '2026-06-08')).toBe('Today');
  expect(binLabel({ from: '2026-06-07', to: '2026-06-07' }, 'day', '2026-06-08')).toBe('7 Jun');
});

it('a brush is found again among other bars', () => {
  const bins = binsOf([], { from: '2026-05-25', to: '2026-06-09' }, 'week');
  expect(binsOfRange(bins, { from: '2026-06-03', to: '2026-06-08' })).toEqual([1, 2]);
  expect(binsOfRange(bins, { from: '2027-01-01', to: '2027-01-02' })).toBeNull();
});
