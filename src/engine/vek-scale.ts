import { SHAPE_FLAGS, type GraphShape, type GraphStrip, type StripMark } from '../contract/scale.ts';
import { NONE } from '../core/graph/index.ts';
import { positionOf } from '../core/graph/search.ts';
import { shapeOf } from '../core/graph/shape.ts';
import { bucketOf, stripOf, type StripSpan } from '../core/graph/strip.ts';
import { ok, type Result } from '../core/result.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek } from '../core/vek/store.ts';
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
  bucket: number;
  kind: StripMark['kind'];
  count: number;
  row: number;
  node: number;
  label: string;
};

/** Rows in buckets, with what is marked in each. */
export function strip(
  paths: RepositoryPaths,
  laid: Laid,
  marks: MarkedCalls,
  wanted: StripSpan,
): Result<GraphStrip> {
  const { graph, layout, revision } = laid;
  const counted = stripOf(graph.index, layout, wanted);
  const { span } = counted;
  const drafts = [...refMarks(laid, span), ...callMarks(laid, marks, span)];
  const hashes = lookAtVek(paths, (s) =>
    drafts.map(({ node }) => s.nodeAt(graph.index.rowids[node] as number)?.hash ?? ''),
  );
  if (!hashes.ok) return hashes;
  return ok({
    revision,
    total: layout.rows,
    start: span.start,
    count: span.count,
    buckets: span.buckets,
    laneCount: counted.laneCount,
    cells: counted.cells,
    marks: drafts.map(({ bucket, kind, count, row, label }, i) => ({
      bucket,
      kind,
      count,
      row,
      hash: hashes.value[i] as string,
      label,
    })),
    times: counted.times,
    merges: counted.merges,
    failures: marks.failures,
  });
}

function draftsByBucket(): { add(draft: Omit<Draft, 'count'>): void; all(): Draft[] } {
  const drafts = new Map<string, Draft>();
  return {
    add(draft) {
      const key = `${draft.bucket} ${draft.kind}`;
      const before = drafts.get(key);
      if (before === undefined) drafts.set(key, { ...draft, count: 1 });
      else {
        const newest = draft.row < before.row ? draft : before;
        drafts.set(key, { ...newest, count: before.count + 1 });
      }
    },
    all: () => [...drafts.values()],
  };
}

function inSpan({ start, count }: StripSpan, row: number): boolean {
  return row >= start && row < start + count;
}

function refMarks({ graph, layout }: Laid, span: StripSpan): Draft[] {
  const drafts = draftsByBucket();
  for (const [i, ref] of graph.refs.entries()) {
    const { node, head } = graph.graphRefs[i] as { node: number; head: boolean };
    const row = node < 0 ? -1 : (layout.rowOf[node] as number);
    if (!inSpan(span, row)) continue;
    drafts.add({ bucket: bucketOf(span, row), kind: head ? 'head' : ref.kind, row, node, label: ref.label });
  }
  return drafts.all();
}

function callMarks({ graph, layout }: Laid, marks: MarkedCalls, span: StripSpan): Draft[] {
  const drafts = draftsByBucket();
  const label = (node: number): string => graph.index.toolNames[graph.index.tools[node] as number] as string;
  const { failed, failures } = marks;
  if (failed !== null && failures.state === 'known' && failures.failed > 0) {
    for (let row = span.start; row < span.start + span.count; row++) {
      const node = layout.order[row] as number;
      if (failed[node] !== 1) continue;
      drafts.add({ bucket: bucketOf(span, row), kind: 'failed', row, node, label: label(node) });
    }
  }
  for (const node of marks.damaged) {
    const row = layout.rowOf[node] as number;
    if (!inSpan(span, row)) continue;
    drafts.add({ bucket: bucketOf(span, row), kind: 'damaged', row, node, label: label(node) });
  }
  return drafts.all();
}
