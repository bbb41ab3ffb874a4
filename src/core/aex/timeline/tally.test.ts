import { describe, expect, it } from 'vitest';
import { randomBelow } from '../../../../test/support/random.ts';
import { balanceColumns } from '../views/balances.ts';
import { noFacts } from '../views/facts.ts';
import { columnsOf, randomEntries } from '../views/testing.ts';
import { timeOrder } from './order.ts';
import { seriesOf } from './spans.ts';
import { stretchesOf } from './stretches.ts';
import { Tally, type Counted } from './tally.ts';

const sums = ({
  leastHeld,
  mostHeld,
  cost,
  commits,
  releases,
  denials,
  overruns,
  findings,
  worst,
  lowRow,
  highRow,
}: Tally) => [
  leastHeld,
  mostHeld,
  cost,
  commits,
  releases,
  denials,
  overruns,
  findings,
  worst,
  lowRow,
  highRow,
];

describe.each([1, 2, 3])('what is added up in blocks, seed %i', (seed) => {
  const below = randomBelow(seed);
  const entries = randomEntries(seed, 400, { odd: seed === 2 ? 4 : 0, pause: 30 });
  const columns = columnsOf(entries);
  const order = timeOrder(columns);
  const byRow = new Float64Array(columns.count).fill(Number.NaN);
  for (const [at, row] of order.rows.entries()) byRow[row] = order.drawn[at]!;
  const series = seriesOf(columns, order, byRow);
  const random = (most: number): Uint8Array => Uint8Array.from(entries, () => below(most));
  const of = (): Counted => ({
    columns,
    series,
    balances: balanceColumns(columns, null, noFacts(0)),
    checked: { found: random(2), codes: random(5) },
  });

  it('is what is added up one by one, also after another check', () => {
    for (let check = 0; check < 3; check++) {
      const counted = of();
      for (let round = 0; round < 80; round++) {
        const [a, b] = [below(order.rows.length + 1), below(order.rows.length + 1)];
        const [first, end] = [Math.min(a, b), Math.max(a, b)];
        const [blocks, each] = [new Tally(counted), new Tally(counted)];
        for (const tally of [blocks, each]) tally.begin(17);
        blocks.add(first, end);
        each.addEach(first, end);
        expect(sums(blocks)).toEqual(sums(each));
      }
    }
  });

  it('folds the same silences whether or not it looks at each', () => {
    for (let round = 0; round < 60; round++) {
      const first = below(order.rows.length - 1);
      const end = first + 1 + below(order.rows.length - first - 1);
      const window = { from: order.drawn[first]!, to: order.drawn[end - 1]! + 1e6, first, end };
      const each = { ...series, silence: new Float64Array(series.silence.length).fill(Infinity) };
      expect(stretchesOf(series, window)).toEqual(stretchesOf(each, window));
    }
  });
});
