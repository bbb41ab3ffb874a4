import { assert, boolean, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import type { LedgerView } from '../../../contract/ledger.ts';
import { gapsOf } from './gaps.ts';
import { linesAt, locateSeq } from './lines.ts';
import { makeView } from './view.ts';
import { noFacts } from './facts.ts';
import { columnsOf, randomEntries } from './testing.ts';

const VIEW: LedgerView = { agent: null, query: '', sort: 'newest', group: 'entries', open: [], days: true };

const missing = (from: number, to: number, change: Partial<LedgerFinding> = {}): LedgerFinding => ({
  kind: 'entry-missing',
  severity: 'error',
  seq: from,
  executionId: null,
  agent: null,
  message: '',
  expected: null,
  found: null,
  since: from,
  sure: 'proved',
  because: [],
  range: { from, to },
  ...change,
});

describe('entries that a check misses', () => {
  it('have one line where they stood, whatever stands around it', () => {
    assert(
      property(
        integer({ min: 1, max: 1_000 }),
        integer({ min: 1, max: 30 }),
        constantFrom('newest' as const, 'oldest' as const),
        boolean(),
        (seed, from, sort, days) => {
          const entries = randomEntries(seed, 4).filter((entry) => entry.seq !== from);
          const columns = columnsOf(entries);
          const { seq } = columns;
          const facts = { ...noFacts(0), gaps: gapsOf([missing(from, from)]) };
          const view = { ...VIEW, sort, days };
          const made = makeView(columns, view, facts);
          const lines = linesAt(columns, made, facts, 0, made.total);
          expect(made.total).toBe(makeView(columns, view, noFacts(0)).total + 1);
          const at = lines.findIndex(({ line }) => line === 'gone');
          expect(lines[at]).toMatchObject({ gone: { from, to: from, count: 1 } });
          expect(locateSeq(columns, made, from)).toBe(at);
          const numbers = lines.flatMap((one) =>
            one.line === 'entry' ? [seq[one.row]!] : one.line === 'gone' ? [one.gone.from] : [],
          );
          expect(numbers).toEqual(numbers.toSorted((a, b) => (sort === 'oldest' ? a - b : b - a)));
        },
      ),
    );
  });

  it('have none where a view leaves entries out, or is in no order of entries', () => {
    const columns = columnsOf([]);
    const gone = [
      {
        seq: 3,
        kind: 'reserve' as const,
        type: 'budget.reserve',
        executionId: 'e',
        agent: 'a',
        estimatedMicro: 1,
        costMicro: null,
        model: null,
        hash: null,
      },
    ];
    const facts = { ...noFacts(0), gaps: gapsOf([missing(3, 3, { gone })]) };
    const total = (change: Partial<LedgerView>) => makeView(columns, { ...VIEW, ...change }, facts).total;
    expect(total({})).toBe(1);
    expect(total({ group: 'executions' })).toBe(1);
    expect(total({ agent: 'a' })).toBe(1);
    expect(total({ agent: 'b' })).toBe(0);
    expect(total({ query: 'is:open' })).toBe(0);
    expect(total({ sort: 'odd' })).toBe(0);
  });

  it('count as many as are known where the numbers were closed up', () => {
    const closed: LedgerFinding = missing(9, 9);
    const { range, ...rest } = closed;
    expect(range).toEqual({ from: 9, to: 9 });
    expect(gapsOf([rest])).toMatchObject([{ from: 9, to: 8, count: 1 }]);
    expect(gapsOf([missing(3, 3, { kind: 'row-missing' })])).toEqual([]);
  });
});
