import type { VekIndex } from '../core/vek/index-read.ts';

/** Calls that a search found in the repository as of `index`, by their ascending row numbers. */
export type Found = { readonly index: VekIndex; readonly rowids: Float64Array };

/** True when `newer` is `older` with calls appended, so that what was found in the old part still holds. */
export function grewFrom(newer: VekIndex, older: VekIndex): boolean {
  if (newer === older) return true;
  const last = older.count - 1;
  return (
    newer.count >= older.count &&
    newer.rowids[last] === older.rowids[last] &&
    newer.keyHigh[last] === older.keyHigh[last] &&
    newer.keyLow[last] === older.keyLow[last]
  );
}

/** The row number up to which a repository was searched. */
export function searchedUpTo({ index }: Found): number {
  return index.rowids[index.count - 1] as number;
}

/** What was found in the old part and what in the calls after it, as of `index`. */
export function extended(before: Found, index: VekIndex, more: Float64Array): Found {
  const rowids = new Float64Array(before.rowids.length + more.length);
  rowids.set(before.rowids);
  rowids.set(more, before.rowids.length);
  return { index, rowids };
}

/** One byte per node: 1 where its row number is among those found. */
export function bitsOf(index: VekIndex, { rowids }: Pick<Found, 'rowids'>): Uint8Array {
  const bits = new Uint8Array(index.count);
  let at = 0;
  for (let node = 0; node < index.count && at < rowids.length; node++) {
    const rowid = index.rowids[node] as number;
    while (at < rowids.length && (rowids[at] as number) < rowid) at++;
    if (rowids[at] === rowid) bits[node] = 1;
  }
  return bits;
}
