/** How a call ended, and bits beside it, in `CallFacts.shape`. */
export const SHAPE = { odd: 0, commit: 1, release: 2, deny: 3, ends: 3, tool: 4, plainPolicy: 8 } as const;

/**
 * Executions with their reservations as columns, in the order of their rows: 65 bytes each. Only what agrees within its
 * own row is kept; every other row is `odd` and has to be read again.
 */
export type CallFacts = {
  readonly count: number;
  readonly rowid: Uint32Array<ArrayBuffer>;
  /** four numbers of `fingerprint` */
  readonly marks: Int32Array<ArrayBuffer>;
  readonly shape: Uint8Array<ArrayBuffer>;
  /** number of a word */
  readonly agent: Uint32Array<ArrayBuffer>;
  /** settlement of a tool: word `tool:NAME`; of a model: word of the route hash × 8 + place of the endpoint */
  readonly route: Uint32Array<ArrayBuffer>;
  /** beginning and end in seconds, and when the reservation runs out */
  readonly created: Uint32Array<ArrayBuffer>;
  readonly terminal: Uint32Array<ArrayBuffer>;
  readonly expiry: Uint32Array<ArrayBuffer>;
  readonly estimated: Float64Array<ArrayBuffer>;
  /** what was settled; denial: what remained */
  readonly actual: Float64Array<ArrayBuffer>;
  /** prompt tokens by the stored answer; release: the mark of the stored reason */
  readonly first: Uint32Array<ArrayBuffer>;
  /** completion tokens by the stored answer */
  readonly second: Uint32Array<ArrayBuffer>;
};

/** Columns that are being filled. */
export type Making = { -readonly [K in keyof CallFacts]: CallFacts[K] };

export function emptyCalls(size: number): Making {
  return {
    count: 0,
    rowid: new Uint32Array(size),
    marks: new Int32Array(size * 4),
    shape: new Uint8Array(size),
    agent: new Uint32Array(size),
    route: new Uint32Array(size),
    created: new Uint32Array(size),
    terminal: new Uint32Array(size),
    expiry: new Uint32Array(size),
    estimated: new Float64Array(size),
    actual: new Float64Array(size),
    first: new Uint32Array(size),
    second: new Uint32Array(size),
  };
}

/** The same with room for more. */
export function grown(facts: CallFacts): Making {
  const larger = emptyCalls(facts.rowid.length * 2 + 512);
  put(larger, facts);
  return larger;
}

/** Puts the rows of `from` behind those of `into`, which has room for them. */
export function put(into: Making, from: CallFacts): void {
  const at = into.count;
  const { count } = from;
  into.rowid.set(from.rowid.subarray(0, count), at);
  into.marks.set(from.marks.subarray(0, count * 4), at * 4);
  into.shape.set(from.shape.subarray(0, count), at);
  into.agent.set(from.agent.subarray(0, count), at);
  into.route.set(from.route.subarray(0, count), at);
  into.created.set(from.created.subarray(0, count), at);
  into.terminal.set(from.terminal.subarray(0, count), at);
  into.expiry.set(from.expiry.subarray(0, count), at);
  into.estimated.set(from.estimated.subarray(0, count), at);
  into.actual.set(from.actual.subarray(0, count), at);
  into.first.set(from.first.subarray(0, count), at);
  into.second.set(from.second.subarray(0, count), at);
  into.count = at + count;
}
