import type { GoneRow } from '../../../../contract/ledger-chain.ts';
import type { LedgerTimeline, TimelineMark } from '../../../../contract/ledger-timeline.ts';
import { formatCount } from '../../../ui/format.ts';
import { pieceEnd, piecesIn } from './pieces.ts';
import { xOf, type Scale } from './scale.ts';

export type MarkKind = TimelineMark['mark'];

/** Marks that would touch, as one: its kind is the worst of them. */
export type Cluster = {
  /** tells it apart from the others of a window */
  readonly key: number;
  readonly kind: MarkKind;
  readonly x: number;
  /** where the first one of its kind is, up to the room of the signs further on */
  readonly guideX: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** how many of each kind, worst first */
  readonly kinds: readonly { readonly kind: MarkKind; readonly count: number }[];
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** the mark itself where it is only one */
  readonly mark: TimelineMark | null;
  /** the first place where entries are missing, and how many are missing in all of it */
  readonly gone: GoneRow | null;
  readonly goneCount: number;
};

/** Worst first. */
export const MARK_KINDS: readonly MarkKind[] = [
  'finding',
  'missing',
  'overrun',
  'denied',
  'failed',
  'lifecycle',
];
/** Marks nearer than this are one, in px; a number beside them needs room for its digits. */
const NEAR_PX = 16;
const DIGIT_PX = 6.5;
const SIGN_PX = 12;

type Item = {
  readonly at: number;
  readonly to: number;
  readonly counts: ReadonlyMap<MarkKind, number>;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly mark: TimelineMark | null;
};

/**
 * The marks of a window from left to right. Where the answer does not list all of them, the counts of its pieces are
 * taken instead, so that none is left out.
 */
export function clustersOf(timeline: LedgerTimeline, scale: Scale): readonly Cluster[] {
  const listed = timeline.marks.length >= timeline.markCount;
  const items = listed ? listedItems(timeline, scale) : countedItems(timeline, scale);
  const clusters: Cluster[] = [];
  let group: Item[] = [];
  let left = 0;
  let counts = new Map<MarkKind, number>();
  const close = () => {
    if (group.length > 0) clusters.push(clusterOf(group, scale));
    group = [];
  };
  for (const item of items) {
    const x = xOf(scale, item.at);
    if (group.length > 0 && x - left >= roomOf(counts)) close();
    if (group.length === 0) {
      left = x;
      counts = new Map();
    }
    group.push(item);
    for (const [kind, many] of item.counts) counts.set(kind, (counts.get(kind) ?? 0) + many);
  }
  close();
  return clusters;
}

/** How much room a sign takes, and after it a number where there are several of its kind, in px. */
export const widthOfKind = (count: number): number =>
  SIGN_PX + (count > 1 ? 1 + formatCount(count).length * DIGIT_PX : 0);

/** How far the signs of a cluster reach to the right of its place. */
export const reachOf = ({ kinds }: Pick<Cluster, 'kinds'>): number =>
  kinds.reduce((sum, { count }) => sum + widthOfKind(count), -SIGN_PX);

/** Every kind of a cluster has its sign, so that nothing has to be guessed; they stand beside each other. */
function roomOf(counts: ReadonlyMap<MarkKind, number>): number {
  let room = 4;
  for (const count of counts.values()) room += widthOfKind(count);
  return Math.max(NEAR_PX, room);
}

function listedItems({ marks }: LedgerTimeline, { span }: Scale): readonly Item[] {
  return marks
    .filter(({ drawnMicros }) => drawnMicros >= span.from && drawnMicros < span.to)
    .toSorted((a, b) => a.drawnMicros - b.drawnMicros || a.seq - b.seq)
    .map((mark) => ({
      at: mark.drawnMicros,
      to: mark.drawnMicros + 1,
      counts: new Map([[mark.mark, 1]]),
      firstSeq: mark.seq,
      lastSeq: mark.seq,
      mark,
    }));
}

function countedItems(timeline: LedgerTimeline, { span }: Scale): readonly Item[] {
  const { buckets } = timeline;
  const [first, last] = piecesIn(timeline, span);
  const items: Item[] = [];
  for (let at = first; at <= last; at += 1) {
    const counts = new Map<MarkKind, number>();
    for (const [kind, list] of [
      ['finding', buckets.findings],
      ['missing', buckets.missing],
      ['overrun', buckets.overruns],
      ['denied', buckets.denials],
    ] as const) {
      if ((list[at] ?? 0) > 0) counts.set(kind, list[at] ?? 0);
    }
    if (counts.size === 0) continue;
    const from = Math.max(span.from, buckets.starts[at] ?? span.from);
    items.push({
      at: from,
      to: pieceEnd(timeline, at),
      counts,
      firstSeq: buckets.firstSeq[at] ?? 0,
      lastSeq: buckets.lastSeq[at] ?? 0,
      mark: null,
    });
  }
  return items;
}

function clusterOf(group: readonly Item[], scale: Scale): Cluster {
  const counts = new Map<MarkKind, number>();
  for (const item of group) {
    for (const [kind, count] of item.counts) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  const kinds = MARK_KINDS.flatMap((kind) => {
    const count = counts.get(kind) ?? 0;
    return count === 0 ? [] : [{ kind, count }];
  });
  const from = group[0]?.at ?? 0;
  const to = Math.max(...group.map((item) => item.to));
  const only = group.length === 1 ? (group[0]?.mark ?? null) : null;
  const gone = group.flatMap(({ mark }) => (mark?.gone === undefined ? [] : [mark.gone]));
  const firstSeq = Math.min(...group.map((item) => item.firstSeq));
  return {
    // what is missing can have the number of the entry that stands in its place
    key: kinds[0]?.kind === 'missing' ? firstSeq - 0.25 : firstSeq,
    kind: kinds[0]?.kind ?? 'lifecycle',
    x: xOf(scale, from),
    guideX: xOf(scale, group.find(({ counts: own }) => own.has(kinds[0]?.kind ?? 'lifecycle'))?.at ?? from),
    from,
    to,
    count: kinds.reduce((sum, { count }) => sum + count, 0),
    kinds,
    firstSeq,
    lastSeq: Math.max(...group.map((item) => item.lastSeq)),
    mark: only,
    gone: gone[0] ?? null,
    goneCount: gone.reduce((sum, { count }) => sum + count, 0),
  };
}
