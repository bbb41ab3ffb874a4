import { expect, it } from 'vitest';
import { MAX_DAYS, rangeOf, rangeProblem, rangeWords } from './ranges.ts';
import { readSettings } from './kept.ts';

it('what was kept comes back, and what means nothing is as if it was never kept', () => {
  const kept = {
    picked: { kind: 'dates', from: '2026-05-01', to: '2026-05-31' },
    by: 'trigger',
    fleetCounting: 'logged',
    agentCounting: 'once',
    scale: 'log',
    table: true,
  };
  expect(readSettings(JSON.stringify(kept))).toEqual(kept);
  const first = readSettings(null);
  expect(first).toMatchObject({
    picked: { kind: '30d' },
    by: 'model',
    fleetCounting: 'once',
    scale: 'linear',
  });
  expect(readSettings('{')).toEqual(first);
  expect(
    readSettings(JSON.stringify({ picked: { kind: 'dates', from: '2026-05-31', to: '2026-05-01' }, by: 7 })),
  ).toEqual(first);
});

it('a range ends with the day in question', () => {
  expect(rangeOf({ kind: '7d' }, '2026-03-02')).toEqual({ from: '2026-02-24', to: '2026-03-02' });
  expect(rangeOf({ kind: '30d' }, '2026-06-08')).toEqual({ from: '2026-05-10', to: '2026-06-08' });
  expect(rangeOf({ kind: '12m' }, '2026-06-08')).toEqual({ from: '2025-07-01', to: '2026-06-08' });
});

it('two dates are refused in words', () => {
  expect(rangeProblem('2026-06-08', '2026-06-08')).toBeNull();
  expect(rangeProblem('', '2026-06-08')).toMatch(/needed/);
  expect(rangeProblem('2026-02-31x', '2026-06-08')).toMatch(/needed/);
  expect(rangeProblem('2026-06-09', '2026-06-08')).toMatch(/before/);
  expect(rangeProblem('2000-01-01', '2026-06-08')).toMatch(/ten years/);
  expect(MAX_DAYS).toBeGreaterThan(3650);
});

it('a range in words names a year once where one is enough', () => {
  expect(rangeWords({ from: '2026-05-10', to: '2026-06-08' })).toBe('10 May to 8 Jun 2026');
  expect(rangeWords({ from: '2025-12-30', to: '2026-01-02' })).toBe('30 Dec 2025 to 2 Jan 2026');
  expect(rangeWords({ from: '2026-06-08', to: '2026-06-08' })).toBe('8 Jun 2026');
});
