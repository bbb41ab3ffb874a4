import type { GraphRow, Located, RowWindow } from '../contract/vek.ts';
import { edgesIn } from '../core/graph/edges.ts';
import { findNode } from '../core/graph/find.ts';
import { MISSING, NONE } from '../core/graph/index.ts';
import type { GraphLayout } from '../core/graph/layout.ts';
import { positionOf } from '../core/graph/search.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import type { ReadRecord } from '../core/vek/record.ts';
import { resolveHash } from '../core/vek/resolve.ts';
import { lookAtVek, type VekLook } from '../core/vek/store.ts';
import { foldAt } from './vek-fold.ts';
import { childrenOf, type VekGraph } from './vek-graph.ts';
import { callRow, vanishedRow, type GraphFacts, type RowPlace } from './vek-row.ts';

/** A view of a graph with the layout it has. */
export type Laid = { readonly graph: VekGraph; readonly layout: GraphLayout; readonly revision: number };

/** Where the call of a row stands in a view. */
function placeOf(s: VekLook, { graph, layout }: Laid, row: number): RowPlace {
  const gap = positionOf(layout.gaps.rows, row);
  return {
    row,
    lane: layout.lanes[row] as number,
    colour: layout.colours[row] as number,
    fold: foldAt(s, graph.index, layout, row),
    idleMicros: gap < 0 ? null : (layout.gaps.micros[gap] as number),
  };
}

/** What the graph knows of a call in any view. */
export function factsOf({ index, badges }: VekGraph, node: number): GraphFacts {
  const time = index.timeMicros[node] as number;
  return {
    timeMicros: Number.isNaN(time) ? null : time,
    refs: badges.get(node) ?? [],
    missingParent: index.parents[node] === MISSING || index.mergeParents[node] === MISSING,
  };
}

/** True when the stored record is still the one that the index was made from. */
function fits(graph: VekGraph, node: number, { record }: ReadRecord): boolean {
  const { index } = graph;
  const parentFits = (hash: string | null, indexed: number): boolean =>
    hash === null ? indexed === NONE : Math.max(indexed, NONE) === findNode(index, hash);
  return (
    findNode(index, record.hash) === node &&
    index.toolNames[index.tools[node] as number] === record.tool &&
    parentFits(record.parent_hash, index.parents[node] as number) &&
    parentFits(record.merge_parent, index.mergeParents[node] as number)
  );
}

function readRow(s: VekLook, laid: Laid, row: number): { readonly row: GraphRow; readonly fits: boolean } {
  const node = laid.layout.order[row] as number;
  const place = placeOf(s, laid, row);
  const facts = factsOf(laid.graph, node);
  const read = s.nodeReadAt(laid.graph.index.rowids[node] as number);
  if (read === null) return { row: { ...vanishedRow(facts), ...place }, fits: false };
  return {
    row: { ...callRow(s, read, facts), ...place },
    fits: read.broken.length > 0 || fits(laid.graph, node, read),
  };
}

/** Calls that have no row of their own. */
const foldedAway = ({ folds }: GraphLayout): number =>
  folds === null ? 0 : folds.members.length - folds.rows.length;

/**
 * The rows `start` to `start + count` of a view with all lines that cross them. `stale` is true when a row in the
 * store is no longer the one that the index was made from, so the index has to be made anew.
 */
export function readWindow(
  paths: RepositoryPaths,
  laid: Laid,
  start: number,
  count: number,
): Result<{ readonly window: RowWindow; readonly stale: boolean }> {
  const { layout, graph, revision } = laid;
  const end = Math.min(layout.rows, start + count);
  const looked = lookAtVek(paths, (s) => {
    const rows: GraphRow[] = [];
    let stale = false;
    for (let row = Math.min(start, end); row < end; row++) {
      const read = readRow(s, laid, row);
      rows.push(read.row);
      if (!read.fits) stale = true;
    }
    return { rows, stale };
  });
  if (!looked.ok) return looked;
  const edges = start < end ? edgesIn(layout, start, end) : [];
  let lanes = 1;
  for (const row of looked.value.rows) lanes = Math.max(lanes, row.lane + 1);
  for (const edge of edges) lanes = Math.max(lanes, edge.lane + 1, edge.fromLane + 1, edge.toLane + 1);
  return ok({
    window: {
      revision,
      total: layout.rows,
      calls: layout.rows + foldedAway(layout),
      all: graph.index.count,
      start,
      rows: looked.value.rows,
      edges,
      lanes,
      viewLanes: layout.laneCount,
    },
    stale: looked.value.stale,
  });
}

/** Finds a call by its hash or the beginning of it, and its row in the view. */
export function locate(paths: RepositoryPaths, { graph, layout }: Laid, text: string): Result<Located> {
  const wanted = text.trim();
  const direct = findNode(graph.index, wanted.toLowerCase());
  if (wanted.length === 64 && direct >= 0) {
    return ok({ hash: wanted.toLowerCase(), ...placeIn(layout, direct) });
  }
  const looked = lookAtVek(paths, (s): Result<string> => {
    const resolved = resolveHash(s, wanted);
    if (!resolved.ok || s.node(resolved.value) !== null) return resolved;
    return fail('not-found', `No call has a hash that begins with ${wanted}.`, 'Check the digits.');
  });
  if (!looked.ok) return looked;
  if (!looked.value.ok) return looked.value;
  const hash = looked.value.value;
  const node = findNode(graph.index, hash);
  return ok({ hash, ...placeIn(layout, node) });
}

function placeIn(layout: GraphLayout, node: number): Omit<Located, 'hash'> {
  const row = node < 0 ? -1 : (layout.rowOf[node] ?? -1);
  if (row < 0) return { row: null, folded: false };
  return { row, folded: layout.order[row] !== node };
}

/** The nearest parent (first parent first) or child (newest first) of a call that the view shows. */
export function step(
  paths: RepositoryPaths,
  laid: Laid,
  hash: string,
  to: 'parent' | 'child',
): Result<Located> {
  const { graph, layout } = laid;
  const node = findNode(graph.index, hash);
  if (node < 0) return fail('not-found', `The call ${hash} is not in the store.`, 'Select another call.');
  const target = to === 'parent' ? parentRow(layout, node) : childRow(laid, node);
  if (target < 0) {
    return fail(
      'not-found',
      to === 'parent' ? 'No parent of this call is shown.' : 'No call that came after this one is shown.',
      'Clear the filter to see all calls.',
    );
  }
  const looked = lookAtVek(paths, (s) =>
    s.nodeAt(graph.index.rowids[layout.order[target] as number] as number),
  );
  if (!looked.ok) return looked;
  if (looked.value === null)
    return fail('not-found', 'The call is no longer in the store.', 'Wait for the view to catch up.');
  return ok({ hash: looked.value.hash, row: target, folded: false });
}

function parentRow(layout: GraphLayout, node: number): number {
  const row = layout.rowOf[node] ?? -1;
  if (row < 0) return -1;
  const first = layout.parentRows[row] as number;
  return first >= 0 ? first : (layout.mergeRows[row] as number);
}

function childRow({ graph, layout }: Laid, node: number): number {
  const row = layout.rowOf[node] ?? -1;
  if (row < 0) return -1;
  let merge = -1;
  for (let above = row - 1; above >= 0; above--) {
    if (layout.parentRows[above] === row) return above;
    if (merge < 0 && layout.mergeRows[above] === row) merge = above;
  }
  if (merge >= 0) return merge;
  // A cycle can put a child below its parent.
  const child = childrenOf(graph.index, node, 1).nodes[0];
  return child === undefined ? -1 : (layout.rowOf[child.node] ?? -1);
}
