import { describe, expect, it } from 'vitest';
import type { ReportSummary } from '../../../../contract/ledger.ts';
import { stripOf } from './strip.ts';

const overview = (events: number) => ({
  counts: { events, executions: 0, reservations: 0, agents: 1, compat: 0 },
  first: events === 0 ? null : { seq: 1, ts: '', hash: '' },
  last: events === 0 ? null : { seq: events, ts: '', hash: '' },
});
const report = (change: Partial<ReportSummary>): ReportSummary => ({
  ok: true,
  chain: { ok: true, detail: '', seq: null },
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

describe('the chain strip', () => {
  it('calls nothing verified that was not checked, or was checked before the file changed', () => {
    expect(stripOf(overview(10), null)).toMatchObject({ state: 'unchecked', verified: '', until: 0 });
    expect(stripOf(overview(10), report({ stale: true }))).toMatchObject({ state: 'stale', verified: '' });
    expect(stripOf(overview(0), null).state).toBe('empty');
  });

  it('counts what was written since the check apart', () => {
    const strip = stripOf(overview(10), report({ newEntries: 2 }));
    expect(strip).toMatchObject({ state: 'whole', verified: 'All 8 entries verified', until: 0.8 });
    expect(strip.rest).toContain('2 written since');
  });

  it('says where the chain breaks and how much only follows', () => {
    const broken = report({ ok: false, chain: { ok: false, detail: '', seq: 1373 } });
    expect(stripOf(overview(1401), broken)).toMatchObject({
      state: 'broken',
      verified: '1 to 1,372 verified',
      broken: 'breaks at 1,373',
      rest: '28 after it not proved',
      seq: 1373,
    });
    const first = report({ ok: false, chain: { ok: false, detail: '', seq: 1 } });
    expect(stripOf(overview(5), first)).toMatchObject({ verified: '', until: 0 });
  });
});
