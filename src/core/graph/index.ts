/** No parent is named. */
export const NONE = -1;
/** A parent is named and no row of the store has that hash. */
export const MISSING = -2;

/** Bits of `GraphIndex.flags`: what of a row is not as the Python tool writes it. */
export const FLAG = {
  /** the hash is no text: the row keeps its place and can't be found by hash */
  hash: 1,
  /** the tool is no text */
  tool: 2,
  /** the parent hash is neither text nor null */
  parent: 4,
  /** the merge parent is neither text nor null */
  mergeParent: 8,
  /** the timestamp is no time */
  time: 16,
  /** the timestamp is a time in another form than formats/vek.md §3 */
  timeForm: 32,
} as const;

/**
 * All calls of a repository in typed arrays. Node `i` is the i-th row in rowid order. Every array is a view of
 * exactly `count` elements (its buffer may have room for `capacity`). An index never changes: extending gives a
 * new one that shares the buffers. Plain data over shared memory: a message to another thread copies none of it.
 */
export type GraphIndex = {
  readonly count: number;
  readonly capacity: number;
  /** how much of the shared buffers is in use by the newest index over them */
  readonly shared: { filled: number };
  readonly rowids: Uint32Array | Float64Array;
  /** index of the first parent, `NONE` or `MISSING` */
  readonly parents: Int32Array;
  readonly mergeParents: Int32Array;
  /** microseconds since 1970, NaN where the text is no time */
  readonly timeMicros: Float64Array;
  /** index into `toolNames` */
  readonly tools: Int32Array;
  readonly toolNames: readonly string[];
  /** the first 8 bytes of the hash, and a 32-bit mix of the other 24 */
  readonly keyHigh: Uint32Array;
  readonly keyLow: Uint32Array;
  readonly keyMix: Uint32Array;
  readonly flags: Uint8Array;
  /** open-addressing table: node + 1, or 0; its length is a power of two */
  readonly table: Int32Array;
  /** hashes of another form than 64 lower-case hex digits, and hashes whose key another node has already */
  readonly odd: ReadonlyMap<string, number>;
  /** every parent stands before its child */
  readonly ordered: boolean;
  /** times never step back */
  readonly chronological: boolean;
  /** number of `MISSING` entries in both parent arrays */
  readonly missing: number;
};

/**
 * The time that orders a node: its own, or that of the row before it where it has none, so that such a call stays
 * between its neighbours. Minus infinity before the first known time.
 */
export function orderingTimes(index: GraphIndex): Float64Array {
  const times = index.timeMicros.slice();
  let last = -Infinity;
  for (let i = 0; i < times.length; i++) {
    const time = times[i]!;
    if (time === time) last = time;
    else times[i] = last;
  }
  return times;
}
