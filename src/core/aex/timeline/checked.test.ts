import { afterEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { value } from '../../../../test/support/writes.ts';
import type { LedgerTimeline } from '../../../contract/ledger-timeline.ts';
import type { LedgerReport } from '../../../contract/ledger-report.ts';
import { checkLedger } from '../check/check.ts';
import { openIndex } from '../index/open.ts';
import { roundedMicro } from '../rows.ts';
import { lookAtLedger } from '../store.ts';
import { gapsOf } from '../views/gaps.ts';
import { noFacts } from '../views/facts.ts';
import { timelineOf, type TimelineInput } from './timeline.ts';

const dropped: (() => void)[] = [];
afterEach(() => {
  for (const drop of dropped.splice(0)) drop();
});

const nowMicros = Date.UTC(2026, 5, 1) * 1_000;
const whole: TimelineInput = { agent: null, from: null, to: null, buckets: 60, fold: false };

type Drawn = { readonly timeline: Omit<LedgerTimeline, 'revision'>; readonly report: LedgerReport };

async function drawn(golden: string, input: Partial<TimelineInput> = {}): Promise<Drawn> {
  const { paths, drop } = copyGoldenLedger(golden);
  dropped.push(drop);
  const report = value(await checkLedger(paths, { dataDir: null, nowMicros }));
  const { columns } = value(await openIndex(paths, { dataDir: null }));
  const accounts = value(await lookAtLedger(paths, (look) => look.accounts()));
  const timeline = timelineOf(
    columns,
    { ...whole, ...input },
    {
      ...noFacts(nowMicros),
      budgets: new Map(accounts.map((row) => [row.name, roundedMicro(row, 'budgetMicro')])),
      findings: new Map(
        report.findings.flatMap(({ seq, severity }) => (seq === null ? [] : [[seq, severity]])),
      ),
      gaps: gapsOf(report.findings),
      told: report.findings,
      stretches: report.stretches,
    },
  );
  return { timeline, report };
}

const kinds = ({ record, buckets }: Drawn['timeline']): readonly string[] =>
  [...new Set(buckets.record.filter((code) => code >= 0).map((code) => record[code]!.is))].toSorted();

describe('the record over time', () => {
  it.each(['small', 'protocol', 'week'])('of the healthy %s is verified', async (golden) => {
    const { timeline } = await drawn(golden);
    expect(kinds(timeline)).toEqual(['verified']);
    expect(timeline.marks.filter(({ mark }) => mark === 'missing')).toEqual([]);
    expect(timeline).toMatchObject({ proved: null, doubted: [], doubtedCount: 0 });
  });

  it.each([
    ['tampered-payload', ['altered', 'follows', 'verified']],
    ['tampered-payload-one-rehash', ['follows', 'forged', 'verified']],
    ['tampered-rewritten', ['anew', 'forged', 'verified']],
    ['tampered-reorder', ['follows', 'moved', 'verified']],
    ['tampered-delete-middle', ['follows', 'verified']],
    ['tampered-delete-tail', ['verified']],
  ])('of %s says where what is so', async (golden, wanted) => {
    const { timeline, report } = await drawn(golden);
    expect(kinds(timeline)).toEqual(wanted);
    const { buckets, record } = timeline;
    for (const [piece, code] of buckets.record.entries()) {
      const inside = report.stretches.filter(
        ({ is, from, to }) =>
          is !== 'missing' && from <= buckets.lastSeq[piece]! && to >= buckets.firstSeq[piece]!,
      );
      if (code >= 0) expect(inside.map(({ is }) => is)).toContain(record[code]!.is);
      else expect(buckets.firstSeq[piece]).toBe(0);
    }
  });

  it('of a ledger that nobody checked is open', async () => {
    const { paths, drop } = copyGoldenLedger('small');
    dropped.push(drop);
    const { columns } = value(await openIndex(paths, { dataDir: null }));
    expect(kinds(timelineOf(columns, whole, noFacts(nowMicros)))).toEqual(['open']);
  });
});

describe('missing entries', () => {
  it.each([
    ['tampered-delete-first', 1, 1],
    ['tampered-delete-middle', 7, 1],
    ['tampered-delete-tail', 10, 4],
  ])('of %s are one mark at their place in time', async (golden, seq, count) => {
    const { timeline } = await drawn(golden);
    const marks = timeline.marks.filter(({ mark }) => mark === 'missing');
    expect(marks.map((one) => [one.seq, one.gone!.count])).toEqual([[seq, count]]);
    const [{ drawnMicros }] = marks as [(typeof marks)[0]];
    expect(timeline.buckets.missing.reduce((sum, one) => sum + one, 0)).toBe(1);
    const { starts, lastSeq, firstSeq } = timeline.buckets;
    for (const [piece, start] of starts.entries()) {
      // pieces wholly before it hold entries before it, pieces behind it entries behind it
      if ((starts[piece + 1] ?? Infinity) <= drawnMicros) expect(lastSeq[piece]).toBeLessThan(seq);
      if (start > drawnMicros && firstSeq[piece]! > 0) expect(firstSeq[piece]).toBeGreaterThanOrEqual(seq);
    }
  });

  it('stand in the window that shows their time and in no other, also for their agent', async () => {
    const { timeline } = await drawn('tampered-delete-middle');
    const at = timeline.marks.find(({ mark }) => mark === 'missing')!.drawnMicros;
    const missing = async (input: Partial<TimelineInput>) =>
      (await drawn('tampered-delete-middle', input)).timeline.marks.filter(({ mark }) => mark === 'missing');
    expect(await missing({ from: at - 10, to: at + 10 })).toHaveLength(1);
    expect(await missing({ from: at + 10, to: at + 2e6 })).toHaveLength(0);
    expect(await missing({ agent: 'solo' })).toHaveLength(1);
    expect(await missing({ agent: 'somebody' })).toHaveLength(0);
  });
});

describe('what is proved of the money', () => {
  it.each([
    ['tampered-payload', 'entry-altered'],
    ['tampered-payload-one-rehash', 'entry-replaced'],
    ['tampered-type', 'entry-altered'],
    ['tampered-budget', 'budget-differs'],
    ['tampered-delete-middle', 'entry-missing'],
    ['tampered-delete-first', 'entry-missing'],
  ])('%s: the lines of the ledger as it was', async (golden, kind) => {
    for (const agent of [null, 'solo']) {
      const was = (await drawn('small', { agent })).timeline;
      const input = { agent, from: was.fromMicros, to: was.toMicros };
      const { timeline } = await drawn(golden, input);
      const { proved, buckets } = timeline;
      expect(proved).not.toBeNull();
      expect(proved!.by.map((one) => one.kind)).toEqual([kind]);
      expect(proved!.budgetMicro).toBe(was.budgetMicro);
      expect(timeline.doubtedCount).toBe(0);
      expect(proved!.unspent.at(-1)).toBe(was.buckets.unspent.at(-1));
      expect(proved!.available.at(-1)).toBe(was.buckets.available.at(-1));
      // until it parts, what is proved is what stands there
      for (const [piece, start] of buckets.starts.entries()) {
        if ((buckets.starts[piece + 1] ?? timeline.toMicros) > proved!.fromMicros) continue;
        expect([start, proved!.unspent[piece]]).toEqual([start, buckets.unspent[piece]]);
      }
      if (golden.includes('delete')) continue;
      expect(proved!.unspent).toEqual(was.buckets.unspent);
      expect(proved!.available).toEqual(was.buckets.available);
    }
  });

  it.each([
    ['tampered-rewritten', 'amount-differs'],
    ['tampered-delete-tail', 'tail-missing'],
    ['tampered-agent-column', 'agent-differs'],
  ])('%s: what is only likely draws no line and is said', async (golden, kind) => {
    const { timeline } = await drawn(golden);
    expect(timeline.proved).toBeNull();
    expect(timeline.doubted.map((one) => one.kind)).toEqual([kind]);
  });

  it.each(['tampered-whitespace', 'tampered-timestamp', 'tampered-execution', 'tampered-reorder'])(
    '%s touches no money',
    async (golden) => {
      expect((await drawn(golden)).timeline).toMatchObject({ proved: null, doubtedCount: 0 });
    },
  );
});
