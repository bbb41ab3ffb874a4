import { describe, expect, test } from 'vitest';
import type { ReportSummary } from '../../../contract/ledger.ts';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { chainStart, shellWord, verdictOf } from './verdict.ts';

const summary = (over: Partial<ReportSummary> = {}): ReportSummary => ({
  ok: true,
  chain: { ok: true, detail: '', seq: null },
  picture: { stretches: [], coarse: false, counts: {} },
  balances: { ok: true, detail: '' },
  errors: 0,
  warnings: 0,
  notices: 3,
  atMicros: 1,
  newEntries: 0,
  stale: false,
  touched: false,
  ...over,
});
const still = { running: null, cancelled: null };

describe('the verdict', () => {
  test('says that all adds up only where all was just recomputed', () => {
    expect(verdictOf(summary(), still, null)).toEqual({ tone: 'ok', title: 'Nothing wrong found' });
    expect(verdictOf(null, still, null)).toEqual({ tone: 'note', title: 'Not checked yet' });
    expect(verdictOf(summary({ newEntries: 2 }), still, null).tone).toBe('note');
    expect(verdictOf(summary({ stale: true }), still, null).tone).toBe('note');
    expect(verdictOf(summary({ warnings: 1 }), still, null)).toEqual({
      tone: 'warn',
      title: 'Adds up, with 1 warning',
    });
  });

  test('does not call an empty ledger sound, nor one whose records do not agree', () => {
    const checked = { events: 0, executions: 0, reservations: 0, compat: 0, agents: 0 };
    expect(verdictOf(summary(), still, { findings: [], checked }).title).toBe('The ledger is empty');
    const price = { kind: 'price-differs', severity: 'notice' } as LedgerFinding;
    const open = { kind: 'reservation-open', severity: 'notice' } as LedgerFinding;
    const of = (findings: readonly LedgerFinding[]) =>
      verdictOf(summary(), still, { findings, checked: { ...checked, events: 3 } });
    expect(of([price])).toEqual({ tone: 'note', title: 'Adds up, with 1 notice to look at' });
    expect(of([open]).tone).toBe('ok');
  });

  test('counts what does not', () => {
    expect(verdictOf(summary({ ok: false, errors: 1 }), still, null).title).toBe('One thing does not add up');
    expect(verdictOf(summary({ ok: false, errors: 3 }), still, null)).toEqual({
      tone: 'bad',
      title: '3 things do not add up',
    });
  });

  test('of a check that runs or was stopped is none', () => {
    const running = { done: 1, total: 2, sinceMs: 0, stop: () => undefined };
    expect(verdictOf(summary(), { running, cancelled: null }, null).tone).toBe('note');
    expect(verdictOf(null, { running: null, cancelled: { done: 1, total: 2 } }, null).title).toBe(
      'Check cancelled',
    );
  });
});

const at = (seq: number | null, severity: LedgerFinding['severity']) => ({ seq, severity }) as LedgerFinding;

test('the chain is drawn around its break, else around the first finding, else at its end', () => {
  expect(chainStart(8, [at(3, 'error')], 20)).toBe(8);
  expect(chainStart(null, [at(null, 'error'), at(3, 'warning')], 20)).toBe(3);
  expect(chainStart(null, [at(3, 'notice')], 20)).toBe(20);
  expect(chainStart(null, [], null)).toBeNull();
});

test('a file name is one word for a shell', () => {
  expect(shellWord('aex.db-proof.json')).toBe('aex.db-proof.json');
  expect(shellWord("it's $HOME")).toBe(String.raw`'it'\''s $HOME'`);
});
