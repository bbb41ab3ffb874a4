import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CostGroup } from '../../../../contract/costs.ts';
import {
  axisMoney,
  labelEvery,
  labelled,
  logSpan,
  niceTicks,
  roughMoney,
  sharePercent,
  tokenWords,
} from './axis.ts';
import { namesOf } from './names.ts';
import { laneOf, seriesOf, seriesWords } from './series.ts';

it('an axis has few round steps and ends above the highest bar', () => {
  expect(niceTicks(2_070_747).map((tick) => axisMoney(tick, 500_000))).toEqual([
    '$0.00',
    '$0.50',
    '$1.00',
    '$1.50',
    '$2.00',
    '$2.50',
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 12 }), (max) => {
      const ticks = niceTicks(max);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
      expect(ticks.length).toBeLessThan(9);
      expect(ticks[0]).toBe(0);
    }),
  );
});

it('dollars on an axis have the decimals that tell its steps apart', () => {
  expect(axisMoney(2_000_000, 500_000)).toBe('$2.00');
  expect(axisMoney(4_000, 2_000)).toBe('$0.004');
  expect(axisMoney(3, 1)).toBe('$0.000003');
});

it('a small cap keeps its digits', () => {
  expect(roughMoney(450_000)).toBe('$0.45');
  expect(roughMoney(60_000_000)).toBe('$60.00');
  expect(roughMoney(4_000)).toBe('$0.004000');
  expect(roughMoney(0)).toBe('$0.00');
  expect(roughMoney(1_011_175)).toBe('$1.01');
});

it('a share that is there is not 0', () => {
  expect(sharePercent(0.505)).toBe('50.5%');
  expect(sharePercent(0.0001)).toBe('<0.1%');
  expect(sharePercent(0)).toBe('0.0%');
  expect(tokenWords(3_090_000)).toBe('3.09M');
  expect(tokenWords(66_263)).toBe('66.3k');
});

it('powers of ten enclose what was spent', () => {
  expect(logSpan([0, 818, 1_476_626])).toEqual([2, 7]);
  expect(logSpan([1000])).toEqual([3, 4]);
  expect(logSpan([])).toEqual([0, 6]);
});

it('labels never touch, and the last bar always has one', () => {
  const every = labelEvery(30, 800, 56);
  expect(every).toBe(4);
  expect(labelled(30, every)).toEqual([1, 5, 9, 13, 17, 21, 25, 29]);
});

const group = (key: string, costMicros: number): CostGroup => ({
  key,
  costMicros,
  query: '',
  share: 0,
  priced: 'priced',
  lines: 1,
  inputTokens: 0,
  outputTokens: 0,
});

it('six colours at most; the rest stands together and is listed, what costs nothing is in no bar', () => {
  const groups = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key, index) => group(key, 100 - index));
  const series = seriesOf([group('free', 0), ...groups]);
  expect(series.map(seriesWords)).toEqual(['a', 'b', 'c', 'd', 'e', '2 others']);
  expect(series.map(({ lane }) => lane)).toEqual([1, 2, 3, 4, 5, 0]);
  expect(series[5]?.members).toEqual(['f', 'g']);
  expect(laneOf(series, 'g')).toBe(0);
  expect(laneOf(series, 'free')).toBeNull();
  expect(seriesOf(groups.slice(0, 6)).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

it('a model loses the date of its name only where no other one would look the same', () => {
  const name = namesOf(['claude-opus-4-7-20260101', 'claude-haiku-4-5-20251001', 'claude-haiku-4-5', '']);
  expect(name('claude-opus-4-7-20260101')).toBe('claude-opus-4-7');
  expect(name('claude-haiku-4-5-20251001')).toBe('claude-haiku-4-5-20251001');
  expect(name('claude-haiku-4-5')).toBe('claude-haiku-4-5');
  expect(name('')).toBe('(none)');
});
