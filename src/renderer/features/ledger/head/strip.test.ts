import { describe, expect, it } from 'vitest';
import type { ChainStretch, StretchKind } from '../../../../contract/ledger-chain.ts';
import type { ReportSummary } from '../../../../contract/ledger.ts';
import { pictureOf } from '../../../../core/aex/check/stretches.ts';
import { stripOf } from './strip.ts';

const overview = (events: number) => ({
  counts: { events, executions: 0, reservations: 0, agents: 1, compat: 0 },
});
const stretch = (is: StretchKind, from: number, to: number): ChainStretch => ({
  is,
  from,
  to,
  entries: to - from + 1,
  by: null,
});
const report = (stretches: readonly ChainStretch[], change: Partial<ReportSummary> = {}): ReportSummary => ({
  ok: true,
  chain: { ok: true, detail: '', seq: null },
  picture: pictureOf(stretches, 200),
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
const parts = (strip: ReturnType<typeof stripOf>) =>
  strip.bar.map(({ is, share }) => `${is} ${Math.round(share * 100)}`);
const words = (strip: ReturnType<typeof stripOf>) => strip.words.map(({ text }) => text);

describe('the chain strip', () => {
  it('calls nothing verified where something is wrong that no hash covers', () => {
    const strip = stripOf(overview(10), report([stretch('verified', 1, 10)], { errors: 1 }));
    expect(words(strip)).toEqual(['All 10 hashes fit, but they do not cover what is wrong']);
    expect(strip.words[0]?.tone).toBe('note');
  });

  it('calls nothing verified that was not checked, or was checked before the file changed', () => {
    const whole = [stretch('verified', 1, 10)];
    expect(stripOf(overview(10), null)).toEqual({ state: 'unchecked', words: [], bar: [] });
    expect(stripOf(overview(10), report(whole, { stale: true }))).toEqual({
      state: 'stale',
      words: [],
      bar: [],
    });
    expect(stripOf(overview(0), report([])).state).toBe('empty');
  });

  it('counts what was written since the check apart', () => {
    const strip = stripOf(overview(10), report([stretch('verified', 1, 8)], { newEntries: 2 }));
    expect(words(strip)).toEqual(['All 8 entries verified', '2 written since, not checked yet']);
    expect(parts(strip)).toEqual(['verified 80', 'open 20']);
  });

  it('is drawn from everything that was found, not from the walk along the hashes', () => {
    const anew = report([stretch('verified', 1, 52), stretch('forged', 53, 53), stretch('anew', 54, 237)], {
      ok: false,
      errors: 1,
    });
    expect(parts(stripOf(overview(237), anew))).toEqual(['verified 22', 'forged 1', 'anew 77']);
    const middle = [stretch('verified', 1, 6), stretch('missing', 7, 7), stretch('follows', 8, 13)];
    const strip = stripOf(overview(12), report(middle, { ok: false }));
    expect(words(strip)).toEqual(['1 to 6 verified', '7 missing', '8 to 13 chained to the original']);
    expect(strip.words.map(({ tone }) => tone)).toEqual(['ok', 'bad', 'ok']);
  });

  it('shows a single entry of many, and what was cut off without hiding what is there', () => {
    const one = [stretch('verified', 1, 9_999), stretch('altered', 10_000, 10_000)];
    expect(stripOf(overview(10_000), report(one)).bar[1]!.share).toBeGreaterThan(0.01);
    const cut = stripOf(overview(10), report([stretch('verified', 1, 10), stretch('missing', 11, 900)]));
    expect(parts(cut)).toEqual(['verified 80', 'missing 20']);
    expect(words(cut)).toEqual(['1 to 10 verified', '11 to 900 missing']);
  });

  it('tells of all entries that are gone where none is left', () => {
    const strip = stripOf(overview(0), report([stretch('missing', 1, 237)], { ok: false }));
    expect(words(strip)).toEqual(['All 237 entries missing']);
    expect(parts(strip)).toEqual(['missing 100']);
  });

  it('writes as the window does', () => {
    const lost = [stretch('verified', 1, 36), stretch('lost', 37, 52), stretch('follows', 53, 176)];
    expect(words(stripOf(overview(176), report(lost)))).toEqual([
      '160 verified',
      '16 of a deleted agent can’t be recomputed',
    ]);
  });
});
