import type { LedgerTimeline, RecordState } from '../../../../contract/ledger-timeline.ts';
import { pieceEnd, piecesIn } from './pieces.ts';
import { xOf, type Scale } from './scale.ts';

/** Neighbours in time of which the same is so, where they are drawn below the axis. */
export type RecordRun = RecordState & {
  readonly x0: number;
  readonly x1: number;
  readonly from: number;
  readonly to: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
};

/** Where something was done to an entry: drawn at its own time, and never so narrow that it is overlooked. */
const PLACES: ReadonlySet<RecordState['is']> = new Set(['altered', 'forged', 'broken', 'moved']);
/** The least width of such a place, in px. */
const PLACE_PX = 4;

/** Whether it is an entry that something was done to, and no stretch that only follows from it. */
export const isPlace = (is: RecordState['is']): boolean => PLACES.has(is);

/** Where entries are missing in a window, in px from left to right; those that would stand on each other once. */
export function recordGaps(timeline: LedgerTimeline, scale: Scale): readonly number[] {
  const { from, to } = scale.span;
  const places = gapTimes(timeline)
    .filter((at) => at >= from && at < to)
    .map((at) => Math.round(xOf(scale, at)));
  return [...new Set(places)];
}

/** Of the marks, or where these are not all listed of the pieces. */
function gapTimes({ marks, markCount, buckets }: LedgerTimeline): readonly number[] {
  if (marks.length >= markCount)
    return marks.flatMap(({ mark, drawnMicros }) => (mark === 'missing' ? [drawnMicros] : []));
  return buckets.starts.filter((_, at) => (buckets.missing[at] ?? 0) > 0);
}

/**
 * The record of a window from left to right. Time in which nothing was written belongs to the stretch before it; before a
 * place where something was done or where entries are missing it ends, and behind that the next stretch begins.
 */
export function recordRuns(timeline: LedgerTimeline, scale: Scale): readonly RecordRun[] {
  const { buckets, record, wholeToMicros, toMicros } = timeline;
  const { span } = scale;
  const [shownFirst, last] = piecesIn(timeline, span);
  let first = shownFirst;
  // what stands before the window reaches into it
  while (first > 0 && (buckets.record[first] ?? -1) < 0) first -= 1;
  const gaps = gapTimes(timeline);
  const runs: { state: number; from: number; to: number; firstSeq: number; lastSeq: number }[] = [];
  for (let at = first; at <= last; at += 1) {
    const state = buckets.record[at] ?? -1;
    const is = record[state]?.is;
    if (is === undefined) continue;
    const from = Math.max(buckets.starts[at] ?? span.from, span.from);
    const to = pieceEnd(timeline, at);
    const before = runs.at(-1);
    const seqs = { firstSeq: buckets.firstSeq[at] ?? 0, lastSeq: buckets.lastSeq[at] ?? 0 };
    if (before?.state === state) {
      before.to = to;
      before.firstSeq = Math.min(before.firstSeq, seqs.firstSeq);
      before.lastSeq = Math.max(before.lastSeq, seqs.lastSeq);
      continue;
    }
    const isAfterPlace = before !== undefined && isPlace(record[before.state]!.is);
    const gap =
      before === undefined ? undefined : gaps.findLast((moment) => moment >= before.to && moment <= from);
    if (before !== undefined && !isAfterPlace) before.to = gap ?? from;
    const begin = isAfterPlace ? before.to : (gap ?? from);
    runs.push({ state, from: isPlace(is) ? from : begin, to, ...seqs });
  }
  const end = Math.min(span.to, wholeToMicros ?? toMicros);
  const lastRun = runs.at(-1);
  if (lastRun !== undefined && !isPlace(record[lastRun.state]!.is)) lastRun.to = Math.max(lastRun.to, end);
  return runs.flatMap(({ state, from, to, firstSeq, lastSeq }): readonly RecordRun[] => {
    if (to <= span.from) return [];
    const { is, by } = record[state]!;
    const x0 = xOf(scale, Math.max(from, span.from));
    const x1 = Math.max(xOf(scale, Math.min(to, span.to)), x0 + (isPlace(is) ? PLACE_PX : 1));
    return [{ is, by, x0, x1, from, to, firstSeq, lastSeq }];
  });
}

/** The run under a place of the band: the worst one where several touch it. */
export function runAt(runs: readonly RecordRun[], x: number, near = 2): RecordRun | null {
  const under = runs.filter((run) => x >= run.x0 - near && x <= run.x1 + near);
  return under.findLast(({ is }) => isPlace(is)) ?? under.find((run) => x >= run.x0 && x <= run.x1) ?? null;
}

/** What the band shows, each kind once, from left to right; nothing where all of it is verified. */
export function recordLegend(runs: readonly RecordRun[]): readonly RecordState[] {
  const states = [...new Map(runs.map(({ is, by }) => [`${is} ${by}`, { is, by }])).values()];
  return states.every(({ is }) => is === 'verified') ? [] : states;
}
