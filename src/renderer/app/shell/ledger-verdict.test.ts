import { describe, expect, it } from 'vitest';
import type { ReportSummary } from '../../../contract/ledger.ts';
import { verdictWords } from './ledger-verdict.ts';

const report = (change: Partial<ReportSummary>): ReportSummary => ({
  ok: false,
  chain: { ok: true, detail: '', seq: null },
  picture: { stretches: [], coarse: false, counts: {} },
  balances: { ok: true, detail: '' },
  errors: 0,
  warnings: 0,
  notices: 0,
  atMicros: 0,
  newEntries: 0,
  stale: false,
  touched: false,
  ...change,
});

describe('the verdict on a ledger in the status bar', () => {
  it('counts as verified only what the check has seen', () => {
    expect(verdictWords(report({ ok: true, newEntries: 3 }), 1401)).toBe('1,398 entries verified, 3 new');
    expect(verdictWords(report({ ok: true }), 1)).toBe('1 entry verified');
    expect(verdictWords(report({ ok: true }), 0)).toBe('No entries yet');
  });

  it('names the worst: where the chain breaks, else how many errors there are', () => {
    const chain = { ok: false, detail: '', seq: 1373 };
    expect(verdictWords(report({ errors: 1, chain }), 2)).toBe('Chain broken at entry 1,373');
    expect(verdictWords(report({ errors: 2 }), 2)).toBe('2 errors, hashes fit');
    expect(verdictWords(report({ warnings: 1, chain }), 2)).toBe('An agent was deleted');
  });
});
