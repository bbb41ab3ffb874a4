import { clamp } from '../geometry.ts';
import type { Scroll } from '../scroll.ts';
import { visibleRows } from '../window.ts';

/**
 * A tile by name: `call/3` holds rows one by one, `sum/64/3` holds 64 rows in each bucket, `whole/700` everything in
 * 700 buckets. Text, so that it can be a key.
 */
export type TileId = `call/${number}` | `sum/${number}/${number}` | `whole/${number}`;

/** Rows of a tile in which calls stand one by one. */
export const CALL_ROWS = 512;
/** Buckets of a tile in which they are summed up. */
const SUM_BUCKETS = 1024;

/** The rows that a tile asks for; `buckets` is null where calls stand one by one. */
export function tileStart(
  id: TileId,
  total: number,
): { readonly start: number; readonly count: number; readonly buckets: number | null } {
  const [kind, first, second] = id.split('/');
  if (kind === 'whole') {
    return { start: 0, count: Math.max(1, total), buckets: Math.max(1, Math.min(Number(first), total)) };
  }
  if (kind === 'call') return { start: Number(first) * CALL_ROWS, count: CALL_ROWS, buckets: null };
  const each = Number(first);
  const start = Number(second) * SUM_BUCKETS * each;
  const count = clamp(total - start, 1, SUM_BUCKETS * each);
  return { start, count, buckets: Math.ceil(count / each) };
}

/** The tiles that a window shows, in order. */
export function tilesIn(scroll: Scroll): TileId[] {
  const seen = visibleRows(scroll);
  if (seen.end <= seen.start) return [];
  const each = scroll.rowHeight >= 1 ? null : Math.round(1 / scroll.rowHeight);
  const rows = each === null ? CALL_ROWS : SUM_BUCKETS * each;
  const first = Math.floor(seen.start / rows);
  const last = Math.floor((seen.end - 1) / rows);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    each === null ? (`call/${first + i}` as const) : (`sum/${each}/${first + i}` as const),
  );
}

/** The tiles in sight, then the ones below and above, for what comes next. */
export function tilesAround(scroll: Scroll): TileId[] {
  const inSight = tilesIn(scroll);
  const below = tilesIn({ ...scroll, offset: scroll.offset + scroll.height });
  const above = tilesIn({ ...scroll, offset: Math.max(0, scroll.offset - scroll.height) });
  return [...new Set([...inSight, ...below, ...above])];
}
