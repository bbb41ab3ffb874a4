import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRows } from '../../../../test/support/aex/any-rows.ts';
import { logDatabase } from '../../../../test/support/aex/log-database.ts';
import { value } from '../../../../test/support/writes.ts';
import { LEDGER_FACETS, LEDGER_SORTS, type LedgerView } from '../../../contract/ledger.ts';
import type { LedgerColumns } from '../columns.ts';
import { readAllIn } from '../index/read.ts';
import { parseLedgerQuery } from '../query/query.ts';
import { lookAtLedger } from '../store.ts';
import { timelineOf } from '../timeline/timeline.ts';
import { facetsOf } from '../views/facets.ts';
import type { LedgerFacts } from '../views/facts.ts';
import { linesAt, locateSeq } from '../views/lines.ts';
import { rowsOfQuery } from '../views/match.ts';
import { sumsOf } from '../views/rows.ts';
import { makeView } from '../views/view.ts';
import { accountsOf } from './accounts.ts';
import { burnsOf } from './burn.ts';
import { denialsOf, toolRuns } from './denials.ts';
import { modelsOf } from './models.ts';
import { SPEND_BY, spendBy } from './spend.ts';

/** The columns of rows of any kind, as the index makes them of a database. */
function columnsOfRows(rows: Parameters<typeof logDatabase>[0]): LedgerColumns {
  const store = logDatabase(rows);
  try {
    return value(lookAtLedger(store.paths, (look) => readAllIn(look))).columns;
  } finally {
    store.drop();
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

const factsOf = (columns: LedgerColumns): LedgerFacts => ({
  budgets: new Map([
    ['a', 5000],
    ['__proto__', 70],
  ]),
  findings: new Map(Array.from(columns.seq.subarray(0, columns.count), (seq) => [seq, 'warning' as const])),
  prices: new Map([['mini', { inputMicro: 1, outputMicro: 2 }]]),
  nowMicros: 1.7725e15,
});

describe('a ledger with rows of any kind', () => {
  it('has figures and facets whose queries give just their entries', () => {
    fc.assert(
      fc.property(anyRows(40), (rows) => {
        const columns = columnsOfRows(rows);
        const facts = factsOf(columns);
        const sums = (query: string) => {
          expect(parseLedgerQuery(query).problems, query).toEqual([]);
          return sumsOf(columns, rowsOfQuery(columns, query, facts));
        };
        for (const { spent, replayed, ...figures } of accountsOf(columns, ['a', 'z']).values()) {
          for (const figure of Object.values(figures))
            expect(sums(figure.query).entries, figure.query).toBe(figure.value);
          expect(sums(spent.query).spentMicro).toBe(spent.value);
          expect(replayed.spentMicro).toBe(spent.value);
        }
        for (const by of SPEND_BY)
          for (const { query, settlements, spentMicro } of spendBy(columns, by))
            expect(sums(query), query).toMatchObject({ entries: settlements, spentMicro });
        for (const { settlements, spentMicro } of modelsOf(columns, null))
          expect(sums(settlements.query)).toMatchObject({ entries: settlements.value, spentMicro });
        for (const { query, count } of denialsOf(columns)) expect(sums(query!).entries, query!).toBe(count);
        for (const { runs, failures } of toolRuns(columns).values())
          for (const figure of [runs, failures]) expect(sums(figure.query).entries).toBe(figure.value);
        for (const { query, settlements } of burnsOf(columns, facts.nowMicros, new Map()).values())
          expect(sums(query).entries).toBe(settlements);
        for (const key of LEDGER_FACETS)
          for (const { query, entries, spentMicro } of facetsOf(
            columns,
            { agent: null, query: '', key },
            facts,
          ))
            expect(sums(query), query).toMatchObject({ entries, spentMicro });
      }),
      { numRuns: 40 },
    );
  });

  it('has views in which every entry stands once, and a timeline that counts all', () => {
    const view = fc.record<LedgerView>({
      agent: fc.constantFrom(null, 'a', 'é', ''),
      query: fc.constantFrom('', 'is:settlement', '-type:commit', 'a', 'day:2026-03-02'),
      sort: fc.constantFrom(...LEDGER_SORTS),
      group: fc.constantFrom('entries', 'executions'),
      open: fc.constantFrom([], ['e1', 'e2', 'x']),
      days: fc.boolean(),
    });
    fc.assert(
      fc.property(anyRows(40), view, fc.boolean(), (rows, asked, fold) => {
        const columns = columnsOfRows(rows);
        const facts = factsOf(columns);
        const made = makeView(columns, asked, facts);
        const lines = linesAt(columns, made, facts, 0, made.total);
        const shown = lines.flatMap((line) => {
          if (line.line === 'day' || line.line === 'gone') return [];
          return line.line === 'entry' ? (line.inGroup ? [] : [line.row]) : line.group.rows;
        });
        expect(new Set(shown).size).toBe(shown.length);
        for (const row of made.rows) expect(shown).toContain(row);
        for (const row of made.rows) expect(locateSeq(columns, made, columns.seq[row]!)).not.toBeNull();

        const { agent } = asked;
        const timeline = timelineOf(columns, { agent, from: null, to: null, buckets: 50, fold }, facts);
        const all = sumsOf(columns, rowsOfQuery(columns, '-is:undated', facts, agent));
        if (agent !== '') {
          expect(total(timeline.buckets.spent)).toBe(all.spentMicro);
          expect(total(timeline.buckets.findings)).toBe(all.entries);
          expect(timeline.markCount).toBe(all.entries);
        }
      }),
      { numRuns: 50 },
    );
  });
});
