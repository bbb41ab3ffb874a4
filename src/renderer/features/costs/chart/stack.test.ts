import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Bin } from './bins.ts';
import type { Series } from './series.ts';
import { piecesOf, ticksOf, type Scene } from './stack.ts';

const SERIES: readonly Series[] = [
  { key: 'a', lane: 1, members: ['a'], names: ['a'] },
  { key: 'b', lane: 2, members: ['b'], names: ['b'] },
  { key: null, lane: 0, members: ['c', 'd'], names: ['c', 'd'] },
];

const bin = (costs: Record<string, number>): Bin => ({
  from: '2026-06-01',
  to: '2026-06-01',
  lines: 1,
  costMicros: Object.values(costs).reduce((sum, cost) => sum + cost, 0),
  inputTokens: 0,
  outputTokens: 0,
  parts: new Map(Object.entries(costs).map(([key, costMicros]) => [key, { costMicros, lines: 1 }])),
  query: null,
});

const scene = (bins: readonly Bin[], scale: Scene['scale'], openMicros: number | null = null): Scene => ({
  bins,
  series: SERIES,
  step: 'day',
  scale,
  today: '2026-06-01',
  open: 0,
  openMicros,
  brush: null,
  at: null,
});

it('pieces stand on each other without a gap and end at the cost of the day, whatever it is made of', () => {
  const cost = fc.integer({ min: 0, max: 10 ** 9 });
  fc.assert(
    fc.property(fc.record({ a: cost, b: cost, c: cost, d: cost }), (costs) => {
      const day = bin(costs);
      const pieces = piecesOf(day, SERIES, 'linear');
      pieces.forEach((piece, index) => expect(piece.from).toBe(pieces[index - 1]?.to ?? 0));
      expect(pieces.at(-1)?.to ?? 0).toBe(day.costMicros);
      const shares = piecesOf(day, SERIES, 'share');
      expect(shares.at(-1)?.to ?? 1).toBeCloseTo(1, 9);
      expect(shares.map(({ lane }) => lane)).toEqual(pieces.map(({ lane }) => lane));
    }),
  );
});

it('on the logarithmic scale each stands at its own cost, and nothing at 0', () => {
  expect(piecesOf(bin({ a: 1000, b: 0, c: 60, d: 40 }), SERIES, 'log')).toEqual([
    { lane: 1, from: 3, to: 3 },
    { lane: 0, from: 2, to: 2 },
  ]);
  expect(ticksOf(scene([bin({ a: 1_476_626, c: 818 })], 'log'))).toEqual([2, 3, 4, 5, 6, 7]);
});

it('the axis has room for what today would come to', () => {
  const day = bin({ a: 1_000_000 });
  expect(ticksOf(scene([day], 'linear')).at(-1)).toBe(1_000_000);
  expect(ticksOf(scene([day], 'linear', 2_300_000)).at(-1)).toBeGreaterThanOrEqual(2_300_000);
  expect(ticksOf(scene([day], 'share'))).toEqual([0, 0.25, 0.5, 0.75, 1]);
});
