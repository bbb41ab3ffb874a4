import { describe, expect, it } from 'vitest';
import type { ChainStretch, StretchKind } from '../../../contract/ledger-chain.ts';
import type { ReportSummary } from '../../../contract/ledger.ts';
import { pictureOf } from '../../../core/aex/check/stretches.ts';
import { sinceWords, verdictWords } from './ledger-verdict.ts';

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

const stretch = (is: StretchKind, from: number, to: number): ChainStretch => ({
  is,
  from,
  to,
  entries: to - from + 1,
  by: null,
});

const picture = (...stretches: readonly ChainStretch[]) => ({ picture: pictureOf(stretches, 200) });
const words = (change: Partial<ReportSummary>) => verdictWords(report({ errors: 1, ...change }), 1401);

describe('the verdict on a ledger in the status bar', () => {
  it('counts as verified only what the check has seen', () => {
    expect(verdictWords(report({ ok: true, newEntries: 3 }), 1401)).toBe('1,398 entries verified, 3 new');
    expect(verdictWords(report({ ok: true }), 1)).toBe('1 entry verified');
    expect(verdictWords(report({ ok: true }), 0)).toBe('No entries yet');
  });

  it('names what was done to the chain first, else how many errors there are', () => {
    const verified = stretch('verified', 1, 1372);
    expect(words(picture(verified, stretch('altered', 1373, 1373)))).toBe('Entry 1,373 altered');
    expect(words(picture(verified, stretch('missing', 1373, 1380)))).toBe('Entries 1,373 to 1,380 missing');
    expect(words(picture(verified, stretch('forged', 1373, 1373), stretch('anew', 1374, 1401)))).toBe(
      'Not trusted from entry 1,373 on',
    );
    expect(words({ errors: 2, ...picture(verified) })).toBe('2 errors, chain holds');
    const lost = picture(verified, stretch('lost', 1373, 1401));
    expect(words({ errors: 0, warnings: 1, ...lost })).toBe('An agent was deleted');
    expect(words({ errors: 3, ...lost })).toBe('3 errors');
  });
});

describe('what came after a check', () => {
  it.each([
    [{ report: null, checkingSince: null }, 'not checked yet'],
    [{ report: null, checkingSince: 1 }, 'checking…'],
    [{ report: report({}), checkingSince: null }, null],
    [{ report: report({}), checkingSince: 1 }, 'checking again…'],
    [{ report: report({ touched: true }), checkingSince: null }, 'the file changed since'],
    [{ report: report({ stale: true, touched: true }), checkingSince: null }, 'checked, then changed'],
    [{ report: report({ stale: true }), checkingSince: 1 }, 'checking again…'],
  ])('is said in a few words: %#', (overview, said) => {
    expect(sinceWords(overview)).toBe(said);
  });
});
