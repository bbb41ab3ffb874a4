import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { idleGaps, IDLE_LEAST_MICROS, IDLE_TIMES_MEDIAN } from './idle.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

/** Gaps of times given newest first, in microseconds. */
function gapsOf(times: readonly number[]): [number, number][] {
  const order = Int32Array.from(times, (_, i) => i);
  const { rows, micros } = idleGaps(order, Float64Array.from(times));
  return [...rows].map((row, i) => [row, micros[i]!]);
}

it('is a pause of ten minutes among calls that follow each other quickly', () => {
  const quick = (from: number): number[] => Array.from({ length: 10 }, (_, i) => from - i * SECOND);
  const pause = [...quick(0), ...quick(-10 * SECOND - 10 * MINUTE)];
  expect(gapsOf(pause)).toEqual([[9, 10 * MINUTE + SECOND]]);
  expect(gapsOf([...quick(0), ...quick(-9 * SECOND - 10 * MINUTE + 1)])).toEqual([]);
});

it('is no pause where all calls are that far apart', () => {
  const hourly = Array.from({ length: 50 }, (_, i) => -i * 60 * MINUTE);
  expect(gapsOf(hourly)).toEqual([]);
  expect(gapsOf([20 * 60 * MINUTE, ...hourly])).toEqual([[0, 20 * 60 * MINUTE]]);
  expect(gapsOf([20 * 60 * MINUTE - 1, ...hourly])).toEqual([]);
});

it('looks past calls without a time and clocks that stepped back', () => {
  expect(gapsOf([0, NaN, -20 * MINUTE, -20 * MINUTE])).toEqual([[0, 20 * MINUTE]]);
  expect(gapsOf([0, 20 * MINUTE, 20 * MINUTE])).toEqual([]);
  expect(gapsOf([])).toEqual([]);
  expect(gapsOf([NaN, NaN])).toEqual([]);
});

it('follows its rule for any times', () => {
  const step = fc.oneof(
    fc.integer({ min: -100, max: 100 }).map((n) => n * SECOND),
    fc.integer({ min: 5, max: 600 }).map((n) => n * MINUTE),
    fc.constant(NaN),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let now = 0;
      const times = steps.map((size) => (Number.isNaN(size) ? NaN : (now -= size)));
      const known = times.flatMap((time, row) => (Number.isNaN(time) ? [] : [{ row, time }]));
      const gaps = known.slice(1).map(({ time }, i) => ({
        row: known[i]!.row,
        gap: Math.max(0, known[i]!.time - time),
      }));
      const sorted = gaps.map(({ gap }) => gap).sort((a, b) => a - b);
      const median = sorted[(sorted.length - 1) >>> 1] ?? 0;
      const long = Math.max(IDLE_LEAST_MICROS, IDLE_TIMES_MEDIAN * median);
      expect(gapsOf(times)).toEqual(gaps.filter(({ gap }) => gap >= long).map(({ row, gap }) => [row, gap]));
    }),
    { numRuns: 1000 },
  );
});
