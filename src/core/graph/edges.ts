import type { GraphEdge } from '../../contract/vek.ts';
import { MISSING } from './index.ts';
import type { Lanes } from './lanes.ts';
import type { GraphLayout } from './layout.ts';
import { lowerBound } from './search.ts';

/** Rows of a bucket, unless so many lines run side by side that the lists would outgrow the graph. */
const BUCKET_ROWS = 256;

/**
 * Finds the edges of a window. An edge has the id `row * 2 + role` of its child (role 0: parent, 1: merge). For
 * each bucket of rows the ids of the edges that begin above it and reach it are listed.
 */
export type EdgeIndex = {
  readonly bucketRows: number;
  readonly starts: Int32Array;
  readonly crossing: Int32Array;
  readonly mergeAt: Int32Array;
  readonly mergeLanes: Int32Array;
  readonly backwardTops: Int32Array;
  readonly backwardIds: Int32Array;
  readonly backwardLanes: Int32Array;
};

type Visit = (id: number, top: number, bottom: number) => void;

function eachEdge(parentRows: Int32Array, mergeRows: Int32Array, visit: Visit): void {
  for (let row = 0; row < parentRows.length; row++) {
    const parent = parentRows[row]!;
    const merge = mergeRows[row]!;
    if (parent >= 0) visit(row * 2, parent > row ? row : parent, parent > row ? parent : row);
    if (merge >= 0) visit(row * 2 + 1, merge > row ? row : merge, merge > row ? merge : row);
  }
}

/** Builds the bucket lists. Their total stays below about one entry per row, by larger buckets where need be. */
export function indexEdges(parentRows: Int32Array, mergeRows: Int32Array, lanes: Lanes): EdgeIndex {
  const rows = parentRows.length;
  let shift = Math.log2(BUCKET_ROWS);
  let ends = countCrossing(parentRows, mergeRows, shift);
  while (ends[ends.length - 1]! > rows + 65_536) ends = countCrossing(parentRows, mergeRows, ++shift);

  const starts = ends.slice();
  const crossing = new Int32Array(ends[ends.length - 1]!);
  eachEdge(parentRows, mergeRows, (id, top, bottom) => {
    for (let bucket = (top >>> shift) + 1; bucket <= bottom >>> shift; bucket++)
      crossing[starts[bucket]!++] = id;
  });
  return {
    bucketRows: 2 ** shift,
    starts: ends,
    crossing,
    mergeAt: lanes.mergeAt,
    mergeLanes: lanes.mergeLanes,
    backwardTops: lanes.backwardTops,
    backwardIds: lanes.backwardIds,
    backwardLanes: lanes.backwardLanes,
  };
}

/** Where each bucket's list begins; the last element is the total. */
function countCrossing(parentRows: Int32Array, mergeRows: Int32Array, shift: number): Int32Array {
  const buckets = parentRows.length === 0 ? 0 : ((parentRows.length - 1) >>> shift) + 1;
  const change = new Int32Array(buckets + 2);
  eachEdge(parentRows, mergeRows, (_id, top, bottom) => {
    const from = (top >>> shift) + 1;
    const to = bottom >>> shift;
    if (from > to) return;
    change[from]!++;
    change[to + 1]!--;
  });
  const starts = new Int32Array(buckets + 1);
  let open = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    open += change[bucket]!;
    starts[bucket + 1] = starts[bucket]! + open;
  }
  return starts;
}

/**
 * Every edge that touches or crosses the rows `start` to `end - 1`, each once. An edge to a missing parent has `to`
 * equal to `from`; so has that of a call that names itself.
 */
export function edgesIn(layout: GraphLayout, start: number, end: number): GraphEdge[] {
  const { parentRows, mergeRows, edges } = layout;
  const stop = Math.min(end, layout.rows);
  const from = Math.max(0, start);
  const found: GraphEdge[] = [];
  if (from >= stop) return found;
  const bucket = Math.floor(from / edges.bucketRows);
  const bucketStart = bucket * edges.bucketRows;

  for (let at = edges.starts[bucket]!; at < edges.starts[bucket + 1]!; at++) {
    const id = edges.crossing[at]!;
    const row = id >>> 1;
    const to = ((id & 1) === 0 ? parentRows : mergeRows)[row]!;
    if (to > row ? to >= from : row >= from) found.push(edgeOf(layout, id));
  }
  for (let row = bucketStart; row < stop; row++) {
    const parent = parentRows[row]!;
    const merge = mergeRows[row]!;
    if ((parent > row && parent >= from) || (parent === MISSING && row >= from))
      found.push(edgeOf(layout, row * 2));
    if ((merge > row && merge >= from) || (merge === MISSING && row >= from))
      found.push(edgeOf(layout, row * 2 + 1));
  }
  for (let at = lowerBound(edges.backwardTops, bucketStart); at < edges.backwardTops.length; at++) {
    if (edges.backwardTops[at]! >= stop) break;
    if (edges.backwardIds[at]! >>> 1 >= from) found.push(edgeOf(layout, edges.backwardIds[at]!));
  }
  return found;
}

function edgeOf(layout: GraphLayout, id: number): GraphEdge {
  const { lanes, colours, hidden, edges } = layout;
  const row = id >>> 1;
  const isMerge = (id & 1) === 1;
  const role = isMerge ? 'merge' : 'parent';
  const to = (isMerge ? layout.mergeRows : layout.parentRows)[row]!;
  const fromLane = lanes[row]!;
  if (to < 0) {
    return {
      from: row,
      to: row,
      fromLane,
      toLane: fromLane,
      lane: fromLane,
      colour: colours[row]!,
      role,
      style: 'missing',
    };
  }
  const ends = { from: row, to, fromLane, toLane: lanes[to]! };
  if (to <= row) {
    return { ...ends, lane: backwardLane(edges, id, to), colour: colours[row]!, role, style: 'backward' };
  }
  const style = hidden !== null && (hidden[row]! & (isMerge ? 2 : 1)) !== 0 ? 'hidden' : 'solid';
  if (!isMerge) return { ...ends, lane: fromLane, colour: colours[row]!, role, style };
  const lane = edges.mergeLanes[lowerBound(edges.mergeAt, row)]!;
  return { ...ends, lane, colour: colours[to]!, role, style };
}

function backwardLane(edges: EdgeIndex, id: number, top: number): number {
  const low = lowerBound(edges.backwardTops, top);
  const same = edges.backwardIds.subarray(low, lowerBound(edges.backwardTops, top + 1));
  return edges.backwardLanes[low + lowerBound(same, id)]!;
}
