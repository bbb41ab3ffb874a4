import { describe, expect, it } from 'vitest';
import { randomBelow } from '../../../../test/support/random.ts';
import { TIMELINE_BARS, TIMELINE_MARKS } from '../../../contract/ledger-timeline.ts';
import { FLAG } from '../columns.ts';
import { noFacts, type LedgerFacts } from '../views/facts.ts';
import { plainKind, plainOutcome } from '../views/plain-model.ts';
import { columnsOf, randomEntries, type PlainEntry } from '../views/testing.ts';
import { lineRows } from './line.ts';
import { timeOrder } from './order.ts';
import { timelineOf, type TimelineInput } from './timeline.ts';

const seedOf = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 30));
const seeds = Array.from({ length: 4 }, (_, at) => seedOf + at);
const whole: TimelineInput = { agent: null, from: null, to: null, buckets: 200, fold: false };

const SEVERITIES = ['error', 'warning', 'notice'] as const;
const BUDGETS = new Map([
  ['coder', 50_000],
  ['planner', 2_000_000],
  ['reviewer', 700_000],
  ['Ünïcode, "x"', 9],
]);

/** Where each entry is drawn, by the words of the rule. */
function drawnTimes(entries: readonly PlainEntry[]): Map<PlainEntry, number> {
  const dated = entries.filter((entry) => !Number.isNaN(entry.micros));
  const times = [...new Set(dated.map((entry) => entry.micros))].toSorted((a, b) => a - b);
  const drawn = new Map<PlainEntry, number>();
  for (const [at, time] of times.entries()) {
    const same = dated.filter((entry) => entry.micros === time);
    const room = time % 1e6 === 0 ? Math.min(1e6, (times[at + 1] ?? Infinity) - time) : 0;
    for (const [place, entry] of same.entries()) drawn.set(entry, time + (place * room) / same.length);
  }
  return drawn;
}

function later(entry: PlainEntry, days: number, part: number): PlainEntry {
  const { execution } = entry;
  return {
    ...entry,
    seq: entry.seq + part * 10_000,
    execution: execution === null ? null : `${part}-${execution}`,
    micros: entry.micros + days * 86_400e6,
    expiry: entry.expiry + days * 86_400e6,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

describe.each(seeds)('a timeline of a random ledger of seed %i', (seed) => {
  const below = randomBelow(seed);
  // busy stretches and long silences
  const entries = [0, 40, 41].flatMap((days, part) =>
    randomEntries(seed + part, 60, { pause: part === 1 ? 1 : 900, odd: seed % 2 === 0 ? 3 : 0 }).map(
      (entry) => later(entry, days, part),
    ),
  );
  const columns = columnsOf(entries);
  const drawn = drawnTimes(entries);
  const inTime = [...drawn.keys()].toSorted((a, b) => drawn.get(a)! - drawn.get(b)! || a.seq - b.seq);
  const facts: LedgerFacts = {
    ...noFacts(Math.max(...drawn.values())),
    budgets: BUDGETS,
    findings: new Map(
      entries.filter(() => below(15) === 0).map((entry) => [entry.seq, SEVERITIES[below(3)]!] as const),
    ),
  };
  const isMarked = (entry: PlainEntry): boolean =>
    facts.findings.has(entry.seq) && facts.findings.get(entry.seq) !== 'notice';
  const first = Math.min(...drawn.values());
  const last = Math.max(...drawn.values());
  const windows: readonly TimelineInput[] = [
    whole,
    { ...whole, fold: true },
    { ...whole, agent: 'coder', fold: true, buckets: 33 },
    { ...whole, from: first - 5e6, to: last + 9e9, buckets: 1, fold: true },
    ...Array.from({ length: 12 }, (_, at) => {
      const entry = inTime[below(inTime.length)]!;
      const from = drawn.get(entry)! - below(3600e6);
      const length = [1, 1000, 1e6, 60e6, 3600e6, 86_400e6][at % 6]!;
      return {
        agent: at % 3 === 0 ? 'planner' : null,
        from,
        to: from + length,
        buckets: 1 + below(300),
        fold: at % 2 === 0,
      };
    }),
  ];

  it('draws every entry at its time, those of one second in their order', () => {
    const order = timeOrder(columns);
    expect(Array.from(order.rows, (row) => entries[row])).toEqual(inTime);
    expect([...order.drawn]).toEqual(inTime.map((entry) => drawn.get(entry)));
    expect(order.undated).toBe(entries.length - inTime.length);
  });

  it.each(windows)('has in its pieces what happened in them: $agent $from $to $buckets $fold', (input) => {
    const timeline = timelineOf(columns, input, facts);
    const { fromMicros, toMicros, buckets, stretches } = timeline;
    const own = inTime.filter((entry) => input.agent === null || entry.agent === input.agent);
    const inside = own.filter((entry) => drawn.get(entry)! >= fromMicros && drawn.get(entry)! < toMicros);
    const count = (fits: (entry: PlainEntry) => boolean): number => inside.filter(fits).length;

    expect(sum(buckets.commits)).toBe(count((entry) => plainKind(entry) === 'commit'));
    expect(sum(buckets.releases)).toBe(count((entry) => plainKind(entry) === 'release'));
    expect(sum(buckets.denials)).toBe(count((entry) => plainKind(entry) === 'deny'));
    expect(sum(buckets.overruns)).toBe(count((entry) => (entry.flags & FLAG.overrun) !== 0));
    expect(sum(buckets.findings)).toBe(count((entry) => isMarked(entry)));
    expect(sum(buckets.spent)).toBe(
      sum(inside.filter((entry) => plainKind(entry) === 'commit').map((entry) => entry.amount || 0)),
    );
    expect(buckets.starts.length).toBeLessThanOrEqual(Math.max(input.buckets, stretches.length));

    const budget = input.agent === null ? sum([...BUDGETS.values()]) : (BUDGETS.get(input.agent) ?? 0);
    expect(timeline.budgetMicro).toBe(budget);
    const leftAfter = (entry: PlainEntry | undefined): number => {
      const row = entry === undefined ? -1 : entries.indexOf(entry);
      if (row === -1) return budget;
      return input.agent === null
        ? budget - columns.allSpent[row]! - columns.allReserved[row]!
        : budget - columns.spent[row]! - columns.reserved[row]!;
    };
    const line = lineRows(Uint32Array.from(own, (entry) => entries.indexOf(entry)));
    const stands = (entry: PlainEntry | undefined): PlainEntry | undefined =>
      entry === undefined ? undefined : entries[line[own.indexOf(entry)]!];
    for (const [piece, start] of buckets.starts.entries()) {
      const stretch = stretches.find((one) => start >= one.fromMicros && start < one.toMicros)!;
      const end = Math.min(buckets.starts[piece + 1] ?? Infinity, stretch.toMicros);
      const ofPiece = own.filter((entry) => drawn.get(entry)! >= start && drawn.get(entry)! < end);
      const before = own.findLast((entry) => drawn.get(entry)! < start);
      const values = [before, ...ofPiece].map((entry) => leftAfter(stands(entry)));
      expect(buckets.available[piece]).toBe(values.at(-1));
      expect(buckets.lowest[piece]).toBe(Math.min(...values));
      expect(buckets.highest[piece]).toBe(Math.max(...values));
      expect(buckets.firstSeq[piece]).toBe(
        ofPiece.length === 0 ? 0 : Math.min(...ofPiece.map((entry) => entry.seq)),
      );
      expect(buckets.lastSeq[piece]).toBe(Math.max(0, ...ofPiece.map((entry) => entry.seq)));
    }
  });

  it.each(windows)('folds only silence: $agent $from $to $buckets $fold', (input) => {
    const { stretches, fromMicros, toMicros } = timelineOf(columns, input, facts);
    const shown = (at: number): boolean => stretches.some((one) => at >= one.fromMicros && at < one.toMicros);
    for (const entry of inTime) {
      const at = drawn.get(entry)!;
      if (at < fromMicros || at >= toMicros) continue;
      if (input.agent === null || entry.agent === input.agent) expect(shown(at)).toBe(true);
    }
    for (const [at, one] of stretches.entries()) {
      expect(one.toMicros).toBeGreaterThan(one.fromMicros);
      if (at > 0) expect(one.fromMicros).toBeGreaterThan(stretches[at - 1]!.toMicros);
    }
    if (!input.fold) expect(stretches).toEqual([{ fromMicros, toMicros }]);
    if (input.fold && input.from === null && input.agent === null)
      expect(stretches.length).toBeGreaterThan(1);
  });

  it.each(windows)('has the bars and marks of its window: $agent $from $to $buckets $fold', (input) => {
    const { fromMicros, toMicros, bars, barCount, marks, markCount } = timelineOf(columns, input, facts);
    const own = inTime.filter((entry) => input.agent === null || entry.agent === input.agent);
    const wanted = own.flatMap((entry) => {
      const ofExecution = entries.filter((one) => one.execution === entry.execution);
      if (plainKind(entry) !== 'reserve' || entry.execution === null) return [];
      const settled = ofExecution.find((one) => ['commit', 'release'].includes(plainKind(one)));
      const from = drawn.get(entry)!;
      const to = settled === undefined ? null : Math.max(from, drawn.get(settled) ?? from);
      if (from >= toMicros || (to !== null && to <= fromMicros && from < fromMicros)) return [];
      const outcome = plainOutcome(entries, entry.execution);
      return [
        {
          executionId: entry.execution,
          agent: entry.agent,
          drawnFromMicros: from,
          drawnToMicros: to,
          fromMicros: entry.micros,
          estimatedMicro: entry.estimated,
          firstSeq: ofExecution[0]!.seq,
          lastSeq: ofExecution.at(-1)!.seq,
          outcome: outcome === 'open' && entry.expiry < facts.nowMicros ? 'expired' : outcome,
        },
      ];
    });
    expect(barCount).toBe(wanted.length);
    expect(bars).toMatchObject(wanted);
    const marked = own.filter((entry) => {
      const at = drawn.get(entry)!;
      if (at < fromMicros || at >= toMicros) return false;
      return (
        isMarked(entry) ||
        (entry.flags & FLAG.overrun) !== 0 ||
        ['deny', 'policy', 'fail', 'tool-denied', 'lifecycle'].includes(plainKind(entry))
      );
    });
    expect(markCount).toBe(marked.length);
    expect(marks.map((mark) => [mark.seq, mark.atMicros])).toEqual(
      marked.map((entry) => [entry.seq, entry.micros]),
    );
  });
});

describe('a timeline', () => {
  it('of no entries, or none with a time, says so', () => {
    expect(timelineOf(columnsOf([]), whole, noFacts(0))).toMatchObject({ wholeFromMicros: null, undated: 0 });
    const [entry] = randomEntries(1, 1, { odd: 0 });
    const undated = columnsOf([{ ...entry!, micros: Number.NaN }]);
    expect(timelineOf(undated, whole, noFacts(0))).toMatchObject({ stretches: [], undated: 1 });
  });

  it('that asks for times before or after the record shows its edge', () => {
    const columns = columnsOf(randomEntries(2, 5, { odd: 0 }));
    for (const [from, to] of [
      [0, 1],
      [1e17, 2e17],
    ] as const) {
      const timeline = timelineOf(columns, { ...whole, from, to, fold: true }, noFacts(0));
      expect(timeline.toMicros).toBeGreaterThan(timeline.fromMicros);
      expect(timeline.fromMicros).toBeGreaterThanOrEqual(timeline.wholeFromMicros!);
      expect(timeline.toMicros).toBeLessThanOrEqual(timeline.wholeToMicros!);
    }
  });

  it('lists no more than it says, and counts all', () => {
    const columns = columnsOf(randomEntries(3, 5000, { odd: 8 }));
    const timeline = timelineOf(columns, whole, noFacts(0));
    expect(timeline.barCount).toBeGreaterThan(TIMELINE_BARS);
    expect(timeline.bars).toBeNull();
    expect(timeline.marks.length).toBeLessThanOrEqual(TIMELINE_MARKS);
    expect(timeline.markCount).toBeGreaterThanOrEqual(timeline.marks.length);
  });

  it('folds a silence, but not one in which a reservation is in flight', () => {
    const entry = randomEntries(1, 1, { odd: 0 })[0]!;
    const at = (seconds: number, seq: number, more: Partial<PlainEntry>): PlainEntry => ({
      ...entry,
      execution: 'e',
      type: 'execution.dispatched',
      flags: 0,
      ...more,
      seq,
      micros: seconds * 1e6,
    });
    const stretches = (expiry: number, settled: number) =>
      timelineOf(
        columnsOf([
          at(0, 1, { type: 'budget.reserve', estimated: 5, expiry: expiry * 1e6 }),
          at(settled, 2, { type: 'usage.commit', estimated: 5, amount: 5 }),
          at(1000, 3, { execution: 'f' }),
        ]),
        { ...whole, fold: true },
        noFacts(0),
      ).stretches;
    // settled before it expires, after it expired, and without an end in sight
    expect(stretches(500, 400).map((one) => Math.floor(one.toMicros / 1e8))).toEqual([4, 10]);
    expect(stretches(200, 900).map((one) => Math.floor(one.toMicros / 1e8))).toEqual([2, 9, 10]);
    expect(stretches(Number.NaN, 900).map((one) => Math.floor(one.toMicros / 1e8))).toEqual([9, 10]);
  });

  it('keeps one wrong time from moving any other entry', () => {
    const entries = randomEntries(4, 50, { odd: 0 });
    const moved = entries.map((entry, at) => (at === 20 ? { ...entry, micros: entry.micros + 9e15 } : entry));
    const rows = [...timeOrder(columnsOf(moved)).rows];
    expect(rows).toEqual([...entries.keys()].filter((row) => row !== 20).concat(20));
  });
});
