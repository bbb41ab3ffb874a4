import { clamp } from './geometry.ts';
import type { Scroll } from './scroll.ts';

/** Rows from `start` up to, not including, `end`. */
export type Range = { readonly start: number; readonly end: number };

/** Rows are mounted and unmounted in groups of this size: with larger ones, or more over, a full window of rows with a badge each has over 300 elements. */
const MOUNT_ROWS = 4;
const OVER_ROWS = 2;
/** Rows between two origins: 200,000 rows of 28 px stay far below the 2^24 px where positions get rough. */
const ORIGIN_ROWS = 200_000;

/** The rows that are at least partly visible. */
export function visibleRows(scroll: Scroll): Range {
  const start = clamp(Math.floor(scroll.offset / scroll.rowHeight), 0, scroll.total);
  const end = clamp(Math.ceil((scroll.offset + scroll.height) / scroll.rowHeight), start, scroll.total);
  return { start, end };
}

/**
 * How many rows are mounted at a time, the same wherever the window stands: each has a slot of its own, `row % slots`,
 * whose elements the next row takes over.
 */
export function mountedSlots({ height, rowHeight }: Pick<Scroll, 'height' | 'rowHeight'>): number {
  const seen = Math.ceil(height / rowHeight) + 1;
  return Math.ceil((seen + 2 * OVER_ROWS + MOUNT_ROWS - 1) / MOUNT_ROWS) * MOUNT_ROWS;
}

/** The rows to mount: the visible ones and some over, in whole groups, so that small moves change nothing. */
export function mountedRows(scroll: Scroll): Range {
  const first = visibleRows(scroll).start - OVER_ROWS;
  const start = Math.max(0, Math.floor(first / MOUNT_ROWS) * MOUNT_ROWS);
  return { start, end: Math.min(scroll.total, start + mountedSlots(scroll)) };
}

/** The row that y = 0 stands for while `range` is mounted. */
export function originRow(range: Range): number {
  return Math.floor(range.start / ORIGIN_ROWS) * ORIGIN_ROWS;
}

/** Whether two ranges are the same. */
export function sameRange(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}
