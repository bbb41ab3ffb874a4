import type { Reach } from '../core/vek/failed-cache.ts';
import type { VekIndex } from '../core/vek/index-read.ts';

/** Calls that a search found, by their ascending row numbers, and how far it went. */
export type Found = { readonly reach: Reach; readonly rowids: Float64Array };

/** All calls of an index. */
export function reachOf(index: VekIndex): Reach {
  const last = index.count - 1;
  return {
    count: index.count,
    rowid: index.rowids[last] ?? 0,
    keyHigh: index.keyHigh[last] ?? 0,
    keyLow: index.keyLow[last] ?? 0,
  };
}

/** True when an index begins with the calls of `reach`, so that what was found among them still holds. */
export function beginsWith(index: VekIndex, reach: Reach): boolean {
  const last = reach.count - 1;
  return (
    last >= 0 &&
    index.count > last &&
    index.rowids[last] === reach.rowid &&
    index.keyHigh[last] === reach.keyHigh &&
    index.keyLow[last] === reach.keyLow
  );
}

/** What was found before and what in the calls after that, as of `index`. */
export function extended(before: Found | null, index: VekIndex, more: Float64Array): Found {
  const reach = reachOf(index);
  if (before === null) return { reach, rowids: more };
  const rowids = new Float64Array(before.rowids.length + more.length);
  rowids.set(before.rowids);
  rowids.set(more, before.rowids.length);
  return { reach, rowids };
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
