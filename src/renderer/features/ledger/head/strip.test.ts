import { describe, expect, it } from 'vitest';
import type { ReportSummary } from '../../../../contract/ledger.ts';
import { SOUND, type Trust } from '../chain/trust.ts';
import { stripOf } from './strip.ts';

const overview = (events: number) => ({
  counts: { events, executions: 0, reservations: 0, agents: 1, compat: 0 },
  first: events === 0 ? null : { seq: 1, ts: '', hash: '' },
  last: events === 0 ? null : { seq: events, ts: '', hash: '' },
});
const report = (change: Partial<ReportSummary>): ReportSummary => ({
  ok: true,
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

const broken = (seq: number) => report({ ok: false, chain: { ok: false, detail: '', seq } });
const trust = (change: Partial<Trust>): Trust => ({ ...SOUND, ...change });
const shares = (strip: ReturnType<typeof stripOf>) =>
  strip.bar.map(({ is, share }) => [is, Math.round(share * 100)]);

describe('the chain strip', () => {
  it('calls nothing verified that was not checked, or was checked before the file changed', () => {
    expect(stripOf(overview(10), null, SOUND)).toMatchObject({ state: 'unchecked', verified: '', bar: [] });
    expect(stripOf(overview(10), report({ stale: true }), SOUND)).toMatchObject({
      state: 'stale',
      verified: '',
    });
    expect(stripOf(overview(0), null, SOUND).state).toBe('empty');
  });

  it('counts what was written since the check apart', () => {
    const strip = stripOf(overview(10), report({ newEntries: 2 }), SOUND);
    expect(strip).toMatchObject({ state: 'whole', verified: 'All 8 entries verified' });
    expect(shares(strip)).toEqual([
      ['proved', 80],
      ['open', 20],
    ]);
    expect(strip.rest).toContain('2 written since');
    expect(stripOf(overview(1), report({}), SOUND).verified).toBe('1 entry verified');
  });

  it('says where the chain breaks and that the rest only follows, where nothing else is found in it', () => {
    const altered = trust({ breaks: [{ seq: 1373, kind: 'entry-altered' }] });
    expect(stripOf(overview(1401), broken(1373), altered)).toMatchObject({
      state: 'broken',
      verified: '1 to 1,372 verified',
      broken: 'breaks at 1,373',
      rest: '28 after it follow the stored hash',
      seq: 1373,
    });
    expect(stripOf(overview(1401), broken(1373), SOUND).rest).toBe('28 after it not proved');
    const first = stripOf(overview(5), broken(1), SOUND);
    expect(first).toMatchObject({ verified: '', rest: '4 after it not proved' });
    expect(shares(first)).toEqual([
      ['proved', 0],
      ['open', 100],
    ]);
  });

  it('accuses what was removed or replaced, not the sound entry behind it', () => {
    const gone = trust({ breaks: [{ seq: 48, kind: 'entry-missing' }] });
    expect(stripOf(overview(100), broken(51), gone)).toMatchObject({
      verified: '1 to 47 verified',
      broken: '48 to 50 missing',
      rest: '50 after it follow the stored hash',
      seq: 51,
    });
    const replaced = trust({ breaks: [{ seq: 6, kind: 'entry-replaced' }] });
    expect(stripOf(overview(13), broken(7), replaced)).toMatchObject({
      verified: '1 to 5 verified',
      broken: '6 was replaced',
      seq: 6,
    });
  });

  it('draws every break, and trusts no later stretch more than that', () => {
    const two = trust({
      breaks: [
        { seq: 26, kind: 'entry-altered' },
        { seq: 76, kind: 'entry-missing' },
      ],
    });
    const strip = stripOf(overview(100), broken(26), two);
    expect(strip.rest).toBe('74 after it with 1 more break');
    expect(shares(strip)).toEqual([
      ['proved', 25],
      ['open', 50],
      ['open', 25],
    ]);
  });

  it('is not whole where the hashes fit and the findings say otherwise', () => {
    const anew = stripOf(overview(237), report({ ok: false, errors: 1 }), trust({ doubtedFrom: 53 }));
    expect(anew).toMatchObject({
      state: 'broken',
      verified: '1 to 52 verified',
      broken: 'not to be trusted from 53 on',
      seq: 53,
    });
    expect(anew.bar.at(-1)?.is).toBe('doubted');
    const cut = stripOf(overview(9), report({ ok: false, errors: 1 }), trust({ tail: 10 }));
    expect(cut).toMatchObject({
      verified: '1 to 9 verified',
      broken: 'entries from 10 on are missing',
      seq: null,
    });
    expect(cut.bar.at(-1)?.is).toBe('cut');
  });

  it('is mild about what AEX does itself', () => {
    const deleted = trust({ breaks: [{ seq: 37, kind: 'agent-deleted' }] });
    expect(stripOf(overview(176), broken(37), deleted)).toMatchObject({
      mild: true,
      verified: '1 to 36 verified',
      broken: '37 can’t be recomputed: its agent was deleted',
    });
  });
});
