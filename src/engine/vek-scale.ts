import { SHAPE_FLAGS, type GraphShape, type GraphStrip, type StripMark } from '../contract/scale.ts';
import { NONE } from '../core/graph/index.ts';
import type { GraphLayout } from '../core/graph/layout.ts';
import type { GraphRef } from '../core/graph/owners.ts';
import { positionOf } from '../core/graph/search.ts';
import { shapeOf } from '../core/graph/shape.ts';
import { bucketOf, firstRow, stripOf, type Strip, type StripSpan } from '../core/graph/strip.ts';
import { ok, type Result } from '../core/result.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek } from '../core/vek/store.ts';
import type { VekGraph } from './vek-graph.ts';
import type { MarkedCalls } from './vek-marks.ts';
import type { Laid } from './vek-window.ts';

/** Rows without contents. */
export function shape(laid: Laid, marks: MarkedCalls, start: number, count: number): GraphShape {
  const { graph, layout, revision } = laid;
  const { index } = graph;
  const folds = layout.folds?.rows ?? null;
  const flagsOf = (row: number, node: number): number => {
    const badges = graph.badges.get(node);
    return (
      (folds === null || positionOf(folds, row) < 0 ? 0 : SHAPE_FLAGS.fold) |
      (index.mergeParents[node] === NONE ? 0 : SHAPE_FLAGS.merge) |
      (badges === undefined ? 0 : SHAPE_FLAGS.ref) |
      (badges?.some((badge) => badge.head) === true ? SHAPE_FLAGS.head : 0) |
      (marks.failed?.[node] === 1 ? SHAPE_FLAGS.failed : 0) |
      (marks.damaged.has(node) ? SHAPE_FLAGS.damaged : 0)
    );
  };
  return { revision, ...shapeOf(index, layout, { start, count }, flagsOf) };
}

type Draft = {
  readonly bucket: number;
  readonly kind: StripMark['kind'];
  readonly count: number;
  readonly row: number;
  readonly node: number;
  readonly label: string;
};

/** Strips that are kept of a layout: the minimap and what is zoomed out ask for theirs again and again. */
const KEPT_STRIPS = 4;
const counted = new WeakMap<GraphLayout, Map<string, Strip>>();

function countedStrip({ graph, layout }: Laid, { start, count, buckets }: StripSpan): Strip {
  const key = `${start} ${count} ${buckets}`;
  const known = counted.get(layout) ?? new Map<string, Strip>();
  counted.set(layout, known);
  const found = known.get(key) ?? stripOf(graph.index, layout, { start, count, buckets });
  known.delete(key);
  known.set(key, found);
  for (const old of known.keys()) {
    if (known.size <= KEPT_STRIPS) break;
    known.delete(old);
  }
  return found;
}

/** Rows in buckets, with what is marked in each. */
export function strip(
  paths: RepositoryPaths,
  laid: Laid,
  marks: MarkedCalls,
  wanted: StripSpan,
): Result<GraphStrip> {
  const { layout, revision } = laid;
  const { span, cells, times, merges, laneCount } = countedStrip(laid, wanted);
  const drafts = [...refMarks(laid, span), ...callMarks(laid, marks, span)];
  const hashes = hashesOf(paths, laid.graph, drafts);
  if (!hashes.ok) return hashes;
  return ok({
    revision,
    total: layout.rows,
    ...span,
    laneCount,
    cells,
    marks: drafts.map(({ bucket, kind, count, row, node, label }) => ({
      bucket,
      kind,
      count,
      row,
      hash: hashes.value.get(node) ?? '',
      label,
    })),
    times,
    merges,
    failures: marks.failures,
  });
}

const hashes = new WeakMap<VekGraph, Map<number, string>>();

/** The hashes of marked calls, each read from the store once. */
function hashesOf(
  paths: RepositoryPaths,
  graph: VekGraph,
  drafts: readonly Draft[],
): Result<ReadonlyMap<number, string>> {
  const known = hashes.get(graph) ?? new Map<number, string>();
  hashes.set(graph, known);
  const wanted = drafts.filter(({ node }) => !known.has(node));
  if (wanted.length === 0) return ok(known);
  const read = lookAtVek(paths, (s) => {
    for (const { node } of wanted) {
      const record = s.nodeAt(graph.index.rowids[node] as number);
      if (record !== null) known.set(node, record.hash);
    }
  });
  return read.ok ? ok(known) : read;
}

/** Counts what falls into each bucket, and keeps the newest of it. */
function collect(): { add(draft: Omit<Draft, 'count'>): void; all(): Draft[] } {
  const drafts = new Map<string, Draft>();
  return {
    add(draft) {
      const key = `${draft.bucket} ${draft.kind}`;
      const before = drafts.get(key);
      const newest = before === undefined || draft.row < before.row ? draft : before;
      drafts.set(key, { ...newest, count: (before?.count ?? 0) + 1 });
    },
    all: () => [...drafts.values()],
  };
}

function refMarks({ graph, layout }: Laid, span: StripSpan): Draft[] {
  const drafts = collect();
  for (const [i, ref] of graph.refs.entries()) {
    const { node, head } = graph.graphRefs[i] as GraphRef;
    const row = node < 0 ? -1 : (layout.rowOf[node] as number);
    if (!inSpan(span, row)) continue;
    drafts.add({ bucket: bucketOf(span, row), kind: head ? 'head' : ref.kind, row, node, label: ref.label });
  }
  return drafts.all();
}

function callMarks({ graph, layout }: Laid, marks: MarkedCalls, span: StripSpan): Draft[] {
  const labelOf = (node: number): string =>
    graph.index.toolNames[graph.index.tools[node] as number] as string;
  const damaged = collect();
  for (const node of marks.damaged) {
    const row = layout.rowOf[node] as number;
    if (!inSpan(span, row)) continue;
    damaged.add({ bucket: bucketOf(span, row), kind: 'damaged', row, node, label: labelOf(node) });
  }
  const { failed, failures } = marks;
  const some = failed !== null && failures.state === 'known' && failures.failed > 0;
  return some ? [...damaged.all(), ...failedMarks(layout, failed, span, labelOf)] : damaged.all();
}

/** Of failed calls there can be very many: one pass down the rows, in which the first of a bucket is its newest. */
function failedMarks(
  layout: GraphLayout,
  failed: Uint8Array,
  span: StripSpan,
  labelOf: (node: number) => string,
): Draft[] {
  const drafts: Draft[] = [];
  const end = span.start + span.count;
  for (let bucket = 0, row = span.start; bucket < span.buckets; bucket++) {
    const next = Math.min(end, firstRow(span, bucket + 1));
    let [count, newest] = [0, -1];
    for (; row < next; row++) {
      if (failed[layout.order[row] as number] === 0) continue;
      if (count++ === 0) newest = row;
    }
    if (count === 0) continue;
    const node = layout.order[newest] as number;
    drafts.push({ bucket, kind: 'failed', count, row: newest, node, label: labelOf(node) });
  }
  return drafts;
}

function inSpan({ start, count }: StripSpan, row: number): boolean {
  return row >= start && row < start + count;
}
