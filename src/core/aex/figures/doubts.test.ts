import { describe, expect, it } from 'vitest';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { columnsOf, randomEntries } from '../views/testing.ts';
import { doubtsOf } from './doubts.ts';

const columns = columnsOf(
  Array.from({ length: 10 }, (_, at) =>
    Object.assign({}, randomEntries(3, 10, { odd: 0 })[at]!, {
      seq: at < 5 ? at + 1 : at + 3,
      micros: at * 1e6,
    }),
  ),
);
const finding = (change: Partial<LedgerFinding>): LedgerFinding => ({
  kind: 'entry-altered',
  severity: 'error',
  seq: 2,
  executionId: null,
  agent: 'a',
  message: '',
  expected: null,
  found: null,
  since: null,
  sure: 'proved',
  because: [],
  ...change,
});
const doubted = (change: Partial<LedgerFinding>, fromMicros = 4e6, toMicros = 7e6): boolean =>
  doubtsOf(columns, [finding(change)])('a', { fromMicros, toMicros }).length === 1;

describe('what an estimate rests on', () => {
  it('is doubted by findings about entries of its window', () => {
    expect(doubted({ seq: 5 })).toBe(true);
    expect(doubted({ seq: 2 })).toBe(false);
    expect(doubted({ seq: 5, severity: 'notice' })).toBe(false);
    expect(doubted({ seq: 5, agent: 'b' })).toBe(false);
    expect(doubted({ seq: 5, agent: null })).toBe(true);
    expect(doubted({ seq: 5, kind: 'execution-differs' })).toBe(false);
  });

  it('is doubted by what is missing in its window, and by a time that may have been in it', () => {
    const gap = { kind: 'entry-missing', seq: 6, range: { from: 6, to: 7 } } as const;
    expect(doubted(gap)).toBe(true);
    expect(doubted(gap, 8e6, 9e6)).toBe(false);
    expect(doubted({ kind: 'time-differs', seq: 1 })).toBe(true);
  });

  it('is doubted by a budget or counter that is not what it was', () => {
    expect(doubted({ kind: 'budget-differs', seq: null })).toBe(true);
    expect(doubted({ kind: 'budget-differs', seq: null, agent: 'b' })).toBe(false);
  });
});
