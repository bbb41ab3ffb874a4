import { expect, test } from 'vitest';
import { MOST_DIMENSIONS, trendOf } from './trend.ts';

test('every day of any line is a point of all, and a gap is no zero', () => {
  const { days, lines } = trendOf({
    trend: [
      { day: '2026-06-07', mean: 4, n: 3 },
      { day: '2026-05-31', mean: 3, n: 3 },
    ],
    dimensions: [{ name: 'tone', trend: [{ day: '2026-06-01', mean: 2 }], delta: null }],
  });
  expect(days.map((day) => new Date(day * 1000).toISOString().slice(0, 10))).toEqual([
    '2026-05-31',
    '2026-06-01',
    '2026-06-07',
  ]);
  expect(lines).toEqual([
    { name: 'weighted', values: [3, null, 4] },
    { name: 'tone', values: [null, 2, null] },
  ]);
});

test('no more lines than can be told apart', () => {
  const dimensions = Array.from({ length: 9 }, (_, index) => ({ name: `d${index}`, trend: [], delta: null }));
  expect(trendOf({ trend: [], dimensions }).lines).toHaveLength(1 + MOST_DIMENSIONS);
});
