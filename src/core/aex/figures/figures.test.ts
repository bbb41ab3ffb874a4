import { describe, expect, it } from 'vitest';
import type { LedgerFigure } from '../../../contract/ledger.ts';
import { FLAG } from '../columns.ts';
import { parseLedgerQuery } from '../query/query.ts';
import { noFacts, type LedgerFacts } from '../views/facts.ts';
import { rowsOfQuery } from '../views/match.ts';
import { plainKind, plainMatches } from '../views/plain-model.ts';
import { sumsOf } from '../views/rows.ts';
import { columnsOf, randomEntries, type PlainEntry } from '../views/testing.ts';
import { accountsOf } from './accounts.ts';
import { burnsOf } from './burn.ts';
import { denialsOf, toolRuns } from './denials.ts';
import { modelsOf, type PricedModel } from './models.ts';
import { SPEND_BY, spendBy } from './spend.ts';

const first = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 30));
const seeds = Array.from({ length: 5 }, (_, at) => first + at);

const priced = (inputMicro: number, outputMicro: number): PricedModel => ({
  inputMicro,
  outputMicro,
  provider: 'local',
  providerModel: 'vendor',
  maxTokens: 1024,
});
const PRICES = new Map([
  ['mini', priced(2, 8)],
  ['big', priced(25, 100)],
  ['unused', priced(1, 1)],
]);

describe.each(seeds)('figures of a random ledger of seed %i', (seed) => {
  const entries = randomEntries(seed, 250, { odd: 5, pause: 3000 });
  const columns = columnsOf(entries);
  const last = Math.max(...entries.map((entry) => entry.micros || 0));
  const facts: LedgerFacts = { ...noFacts(last), prices: PRICES };

  /** What the query of a figure gives: by the views, and by a look at each entry. */
  function ofQuery(query: string): { readonly entries: number; readonly spentMicro: number } {
    const parsed = parseLedgerQuery(query);
    expect(parsed.problems, query).toEqual([]);
    const plain = plainMatches(entries, null, parsed.filter, facts);
    const sums = sumsOf(columns, rowsOfQuery(columns, query, facts));
    const spent = plain.filter((entry) => plainKind(entry) === 'commit');
    expect({ entries: sums.entries, spentMicro: sums.spentMicro }, query).toEqual({
      entries: plain.length,
      spentMicro: spent.reduce((sum, entry) => sum + (entry.amount || 0), 0),
    });
    return sums;
  }
  const counts = ({ value, query }: LedgerFigure): void => expect(ofQuery(query).entries, query).toBe(value);

  it('of accounts are those of their queries', () => {
    const accounts = accountsOf(columns, ['coder', 'never seen']);
    expect(accounts.get('never seen')).toMatchObject({ entries: { value: 0 }, spent: { value: 0 } });
    expect(new Set(accounts.keys())).toEqual(
      new Set(['coder', 'never seen', ...entries.flatMap((entry) => entry.agent ?? [])]),
    );
    for (const [agent, { spent, replayed, ...figures }] of accounts) {
      for (const figure of Object.values(figures)) counts(figure);
      expect(ofQuery(spent.query).spentMicro).toBe(spent.value);
      expect(replayed.spentMicro).toBe(spent.value);
      expect(replayed.reservedMicro).toBe(
        columns.reserved[entries.findLastIndex((one) => one.agent === agent)] ?? 0,
      );
    }
  });

  it('of days, agents and models are those of their queries, and add up', () => {
    const commits = entries.filter((entry) => plainKind(entry) === 'commit');
    for (const by of SPEND_BY)
      for (const agent of [null, 'planner', 'nobody']) {
        const rows = spendBy(columns, by, agent);
        for (const { settlements, spentMicro, query } of rows)
          expect(ofQuery(query)).toMatchObject({ entries: settlements, spentMicro });
        expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
        const own = commits.filter((entry) => agent === null || entry.agent === agent);
        expect(rows.reduce((sum, row) => sum + row.settlements, 0)).toBe(own.length);
        expect(rows.reduce((sum, row) => sum + row.spentMicro, 0)).toBe(
          own.reduce((sum, entry) => sum + (entry.amount || 0), 0),
        );
      }
    for (const prices of [null, PRICES])
      for (const model of modelsOf(columns, prices)) {
        expect(ofQuery(model.settlements.query)).toMatchObject({
          entries: model.settlements.value,
          spentMicro: model.spentMicro,
        });
        expect(model.otherPrice === null).toBe(prices?.get(model.model ?? '') === undefined);
        if (model.otherPrice !== null) counts(model.otherPrice);
      }
    expect(modelsOf(columns, PRICES).find((one) => one.model === 'unused')?.settlements.value).toBe(0);
    expect(modelsOf(columns, null).reduce((sum, one) => sum + one.settlements.value, 0)).toBe(commits.length);
  });

  it('of refusals and tools are those of their queries', () => {
    const reasons = denialsOf(columns);
    for (const { count, query } of reasons) expect(ofQuery(query!).entries).toBe(count);
    const refused = new Set(['deny', 'policy', 'release', 'fail', 'tool-denied']);
    expect(reasons.reduce((sum, reason) => sum + reason.count, 0)).toBe(
      entries.filter((entry) => refused.has(plainKind(entry))).length,
    );
    const tools = toolRuns(columns);
    expect([...tools.keys()]).toEqual(['adder']);
    for (const { runs, failures } of tools.values()) {
      counts(runs);
      counts(failures);
    }
  });

  it('of the burn rate are estimates over a window that its query shows', () => {
    const available = new Map<string | null, number>([
      [null, 1e6],
      ['coder', 5000],
      ['planner', 1e18],
    ]);
    for (const until of [last, last - 86_400e6, last + 6 * 86_400e6]) {
      for (const [agent, burn] of burnsOf(columns, until, available)) {
        const sums = ofQuery(burn.query);
        expect(sums.entries).toBe(burn.settlements);
        expect(burn.settlements).toBeGreaterThanOrEqual(3);
        expect(burn.toMicros).toBe(until + 1);
        const hours = (burn.toMicros - burn.fromMicros) / 3600e6;
        expect(hours).toBeLessThanOrEqual(24 * 7);
        expect(Math.abs(burn.microPerHour - sums.spentMicro / hours)).toBeLessThan(0.500_001);
        const left = available.get(agent);
        if (left === undefined) expect(burn.exhaustedAtMicros).toBeNull();
        else if (burn.exhaustedAtMicros !== null)
          expect(burn.exhaustedAtMicros - until).toBeCloseTo((left * hours * 3600e6) / sums.spentMicro, -1);
        else expect(left / (sums.spentMicro / hours)).toBeGreaterThan(24 * 365 * 100);
      }
    }
    expect(burnsOf(columns, last + 8 * 86_400e6, available).size).toBe(0);
  });
});

const at = (micros: number, amount: number, seq: number): PlainEntry => ({
  seq,
  micros,
  agent: 'a',
  execution: null,
  type: 'usage.commit',
  detail: 'mini',
  estimated: 0,
  amount,
  prompt: 1,
  completion: 1,
  flags: amount === 0 ? FLAG.free : 0,
  expiry: Number.NaN,
});

const hour = 3600e6;
const burn = (times: readonly number[], amount: number, until: number) =>
  burnsOf(
    columnsOf(times.map((time, place) => at(time, amount, place + 1))),
    until,
    new Map([['a', 1000]]),
  ).get('a');

describe('a burn rate', () => {
  it('is taken over the shortest of hour, day and week with three settlements', () => {
    const until = 1000 * hour;
    expect(burn([0, until - 3, until - 2, until], 100, until)).toMatchObject({
      microPerHour: 300,
      settlements: 3,
      fromMicros: until + 1 - hour,
    });
    expect(burn([0, until - 5 * hour, until - 2, until], 100, until)).toMatchObject({
      microPerHour: 13,
      fromMicros: until + 1 - 24 * hour,
    });
    expect(burn([0, until - 100 * hour, until - 90 * hour, until], 100, until)).toMatchObject({
      microPerHour: 2,
      fromMicros: until + 1 - 168 * hour,
    });
    expect(burn([0, 1, 2, until], 100, until)).toBeUndefined();
    expect(burn([until - 3, until - 2, until], 0, until)).toBeUndefined();
  });

  it('of an account that just began is taken from its first entry on, over a minute at least', () => {
    const until = 1000 * hour;
    expect(burn([until - hour / 2 + 1, until - 5, until], 100, until)).toMatchObject({ microPerHour: 600 });
    expect(burn([until - 2, until - 1, until], 1, until)).toMatchObject({ microPerHour: 180 });
  });

  it('says when nothing is left', () => {
    const until = 1000 * hour;
    const times = [until - 3, until - 2, until];
    const columns = columnsOf(times.map((time, place) => at(time, 100, place + 1)));
    expect(burnsOf(columns, until, new Map([['a', -5]])).get('a')?.exhaustedAtMicros).toBe(until);
  });
});
