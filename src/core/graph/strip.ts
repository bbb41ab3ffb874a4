import { NONE, type GraphIndex } from './index.ts';
import type { GraphLayout } from './layout.ts';

/** Cells that a bucket lists one by one; what more there are is one cell, of the largest among them. */
export const STRIP_CELLS = 24;

/** Lane colours 0 to 8; a cell is counted under `lane * COLOURS + colour`. */
const COLOURS = 9;

/** Rows of a layout in buckets: bucket `i` holds the rows from `ceil(start + i * count / buckets)` on. */
export type StripSpan = { readonly start: number; readonly count: number; readonly buckets: number };

export type Strip = {
  readonly span: StripSpan;
  /** flat, four numbers a cell: bucket, lane, colour, calls */
  readonly cells: readonly number[];
  readonly times: readonly (number | null)[];
  readonly merges: readonly number[];
  readonly laneCount: number;
};

/** The span as far as the view goes. */
export function clampSpan(layout: GraphLayout, { start, count, buckets }: StripSpan): StripSpan {
  const first = Math.min(start, layout.rows);
  return { start: first, count: Math.min(count, layout.rows - first), buckets };
}

/** The bucket that holds a row of the span. */
export function bucketOf({ start, count, buckets }: StripSpan, row: number): number {
  return Math.floor(((row - start) * buckets) / count);
}

/** The first row of a bucket, or of what lies behind the last one. */
export function firstRow({ start, count, buckets }: StripSpan, bucket: number): number {
  return start + Math.ceil((bucket * count) / buckets);
}

/** Counts the calls of every bucket by lane and colour, its merges, and finds its newest time. */
export function stripOf(index: GraphIndex, layout: GraphLayout, wanted: StripSpan): Strip {
  const span = clampSpan(layout, wanted);
  const { order, lanes, colours } = layout;
  const { timeMicros, mergeParents } = index;
  const counts = new Int32Array(Math.max(1, layout.laneCount) * COLOURS);
  const touched: number[] = [];
  const cells: number[] = [];
  const times: (number | null)[] = [];
  const merges: number[] = [];
  let highest = 0;
  for (let bucket = 0; bucket < span.buckets; bucket++) {
    const end = firstRow(span, bucket + 1);
    let time = NaN;
    let merged = 0;
    touched.length = 0;
    for (let row = firstRow(span, bucket); row < end; row++) {
      const node = order[row]!;
      const lane = lanes[row]!;
      const cell = lane * COLOURS + colours[row]!;
      if (counts[cell]!++ === 0) touched.push(cell);
      if (lane > highest) highest = lane;
      if (mergeParents[node] !== NONE) merged++;
      if (time !== time) time = timeMicros[node]!;
    }
    addCells(cells, bucket, touched, counts);
    times.push(time === time ? time : null);
    merges.push(merged);
  }
  return { span, cells, times, merges, laneCount: highest + 1 };
}

function addCells(cells: number[], bucket: number, touched: number[], counts: Int32Array): void {
  const add = (cell: number, calls: number): void => {
    cells.push(bucket, Math.floor(cell / COLOURS), cell % COLOURS, calls);
  };
  if (touched.length > STRIP_CELLS) {
    touched.sort((a, b) => counts[b]! - counts[a]! || a - b);
    const rest = touched.splice(STRIP_CELLS - 1);
    let calls = 0;
    for (const cell of rest) {
      calls += counts[cell]!;
      counts[cell] = 0;
    }
    touched.sort((a, b) => a - b);
    for (const cell of touched) add(cell, counts[cell]!);
    add(rest[0]!, calls);
  } else {
    touched.sort((a, b) => a - b);
    for (const cell of touched) add(cell, counts[cell]!);
  }
  for (const cell of touched) counts[cell] = 0;
}
