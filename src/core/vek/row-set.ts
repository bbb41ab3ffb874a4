/** A set of row numbers that stays small: a bit per row, and a Set only for numbers no such array can hold. */
export type RowSet = {
  /** Adds a row; false when it was there already. */
  readonly add: (rowid: number) => boolean;
  readonly has: (rowid: number) => boolean;
};

const mostBits = 2 ** 31;

/** An empty set for row numbers up to about `largest`. */
export function rowSet(largest: number): RowSet {
  const bits = new Uint8Array(largest >= 0 && largest < mostBits ? (largest >> 3) + 1 : 0);
  const others = new Set<number>();
  const has = (rowid: number): boolean => {
    const byte = rowid >= 0 && rowid < mostBits ? bits[rowid >> 3] : undefined;
    return byte === undefined ? others.has(rowid) : (byte & (1 << (rowid & 7))) !== 0;
  };
  const add = (rowid: number): boolean => {
    if (has(rowid)) return false;
    const at = rowid >> 3;
    if (rowid >= 0 && rowid < mostBits && at < bits.length) bits[at]! |= 1 << (rowid & 7);
    else others.add(rowid);
    return true;
  };
  return { add, has };
}
