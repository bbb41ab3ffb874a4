import { describe, expect, it } from 'vitest';
import type { LedgerColumns } from '../columns.ts';
import { columnsOf, randomEntries } from '../views/testing.ts';
import { accountsOf } from './accounts.ts';
import { burnsOf } from './burn.ts';
import { denialsOf } from './denials.ts';
import { modelsOf } from './models.ts';
import { spendBy } from './spend.ts';
import { BLOCK_ROWS, Tally, tallyOf } from './tally.ts';

const entries = randomEntries(11, 3 * BLOCK_ROWS, { odd: 5, pause: 3000 });
const prices = new Map([
  ['mini', { inputMicro: 2, outputMicro: 8, provider: '', providerModel: '', maxTokens: 1 }],
]);
const all = new Map<string | null, number>([[null, 5e9]]);
const until = (columns: LedgerColumns): number =>
  Math.max(...columns.micros.subarray(0, columns.count).filter((micros) => !Number.isNaN(micros)));

const figures = (columns: LedgerColumns) => ({
  accounts: accountsOf(columns, []),
  burns: burnsOf(columns, until(columns), all),
  denials: denialsOf(columns),
  models: modelsOf(columns, prices),
  days: spendBy(columns, 'day'),
});

describe('the tally of an index that grows', () => {
  it('gives the figures of one that is made anew, after each step', () => {
    const whole = columnsOf(entries);
    for (const count of [0, 1, 700, BLOCK_ROWS, BLOCK_ROWS + 1, 2 * BLOCK_ROWS + 17, entries.length]) {
      const { executions: _, ...expected } = columnsOf(entries.slice(0, count));
      // The same arrays and texts with more rows, as an index grows; executions follow what came.
      const grown = { ...whole, count, executions: _ };
      expect(tallyOf(grown).count).toBe(count);
      expect(figures(grown), `${count}`).toEqual(figures({ ...expected, executions: _ }));
    }
  });

  it('does not walk again over what it has, and serves an older state all the same', () => {
    const columns = columnsOf(entries);
    const tally = tallyOf(columns);
    expect(tallyOf({ ...columns })).toBe(tally);
    const older = tallyOf({ ...columns, count: 10 });
    expect(older.count).toBe(10);
    expect(tallyOf(columns)).toBe(tally);
    expect(tally.count).toBe(columns.count);
  });

  it('knows the latest time of each stretch', () => {
    const columns = columnsOf(entries);
    const tally = new Tally();
    tally.follow(columns);
    expect(tally.latest).toHaveLength(Math.ceil(columns.count / BLOCK_ROWS));
    tally.latest.forEach((latest, block) => {
      const times = columns.micros.subarray(block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS);
      expect(latest).toBe(Math.max(...times.filter((time) => !Number.isNaN(time))));
    });
  });
});
