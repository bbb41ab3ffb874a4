import type { LedgerTimeline, RecordState, TimelineBuckets } from '../../../../contract/ledger-timeline.ts';
import type { Span } from './span.ts';

/** What happened in some pieces of time together. */
export type Piece = {
  readonly from: number;
  readonly to: number;
  readonly unspent: number;
  readonly available: number;
  readonly lowest: number;
  readonly highest: number;
  readonly spent: number;
  readonly commits: number;
  readonly releases: number;
  readonly denials: number;
  readonly overruns: number;
  readonly findings: number;
  readonly missing: number;
  /** the worst of its entries by the last check; null: it has none */
  readonly record: RecordState | null;
  /** as a check proves it; null: no otherwise */
  readonly provedUnspent: number | null;
  readonly provedAvailable: number | null;
  readonly firstSeq: number;
  readonly lastSeq: number;
};

/** The piece that a moment lies in; -1 before the first. */
export function pieceAt({ starts }: TimelineBuckets, at: number): number {
  let [low, high] = [-1, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where a piece ends: at the next one, or with the stretch that it lies in. */
export function pieceEnd({ stretches, buckets, toMicros }: LedgerTimeline, index: number): number {
  const start = buckets.starts[index] ?? toMicros;
  const next = buckets.starts[index + 1] ?? toMicros;
  const stretch = stretches.find((one) => start >= one.fromMicros && start < one.toMicros);
  return Math.min(next, stretch?.toMicros ?? next);
}

/** The pieces from one to another as one; null where there are none. */
export function joinPieces(timeline: LedgerTimeline, first: number, last: number): Piece | null {
  const { buckets } = timeline;
  const from = Math.max(0, first);
  const to = Math.min(buckets.starts.length - 1, last);
  if (to < from) return null;
  const sum = (list: readonly number[]): number => {
    let total = 0;
    for (let at = from; at <= to; at += 1) total += list[at] ?? 0;
    return total;
  };
  let [lowest, highest, firstSeq, lastSeq, worst] = [Infinity, -Infinity, 0, 0, -1];
  for (let at = from; at <= to; at += 1) {
    lowest = Math.min(lowest, buckets.lowest[at] ?? Infinity);
    highest = Math.max(highest, buckets.highest[at] ?? -Infinity);
    if (firstSeq === 0) firstSeq = buckets.firstSeq[at] ?? 0;
    lastSeq = Math.max(lastSeq, buckets.lastSeq[at] ?? 0);
    worst = Math.max(worst, buckets.record[at] ?? -1);
  }
  return {
    from: buckets.starts[from] ?? timeline.fromMicros,
    to: pieceEnd(timeline, to),
    unspent: buckets.unspent[to] ?? 0,
    available: buckets.available[to] ?? 0,
    lowest,
    highest,
    spent: sum(buckets.spent),
    commits: sum(buckets.commits),
    releases: sum(buckets.releases),
    denials: sum(buckets.denials),
    overruns: sum(buckets.overruns),
    findings: sum(buckets.findings),
    missing: sum(buckets.missing),
    record: timeline.record[worst] ?? null,
    provedUnspent: timeline.proved?.unspent[to] ?? null,
    provedAvailable: timeline.proved?.available[to] ?? null,
    firstSeq,
    lastSeq,
  };
}

/** The pieces that a window shows, `[first, last]`; empty (`first > last`) where nothing was answered. */
export function piecesIn({ buckets }: LedgerTimeline, { from, to }: Span): readonly [number, number] {
  const first = Math.max(0, pieceAt(buckets, from));
  const last = pieceAt(buckets, to - 1);
  return [first, last];
}

/** The lowest and highest amount that a window shows: of the lines and of the bars below them. */
export function moneyIn(timeline: LedgerTimeline, span: Span): readonly [number, number] {
  const [first, last] = piecesIn(timeline, span);
  const { unspent, lowest, highest } = timeline.buckets;
  let [low, high] = [Infinity, -Infinity];
  for (let at = first; at <= last; at += 1) {
    low = Math.min(low, lowest[at] ?? Infinity, unspent[at] ?? Infinity);
    high = Math.max(high, highest[at] ?? -Infinity, unspent[at] ?? -Infinity);
    if (timeline.proved === null) continue;
    low = Math.min(low, timeline.proved.available[at] ?? Infinity);
    high = Math.max(high, timeline.proved.unspent[at] ?? -Infinity);
  }
  for (const bar of timeline.bars ?? []) {
    if (bar.drawnFromMicros >= span.to || (bar.drawnToMicros ?? Infinity) < span.from) continue;
    high = Math.max(high, bar.unspentMicro);
    low = Math.min(low, bar.unspentMicro - bar.belowMicro - Math.max(bar.estimatedMicro, bar.costMicro ?? 0));
  }
  return low > high ? [0, timeline.budgetMicro] : [low, high];
}

/** At most `most` rows of pieces with something in them, neighbours joined where there are more. */
export function rowsOf(timeline: LedgerTimeline, span: Span, most: number): readonly Piece[] {
  const [first, last] = piecesIn(timeline, span);
  const each = Math.max(1, Math.ceil((last - first + 1) / most));
  const rows: Piece[] = [];
  for (let at = first; at <= last; at += each) {
    const piece = joinPieces(timeline, at, Math.min(last, at + each - 1));
    if (piece !== null && (piece.firstSeq > 0 || piece.missing > 0)) rows.push(piece);
  }
  return rows;
}
