import type { Rate } from '../prices.ts';
import { TextPool } from '../../columns/text-pool.ts';

type Numbers = Float64Array | Int32Array | Uint32Array | Int16Array | Uint16Array;

const fixed = {
  file: Uint32Array,
  offset: Float64Array,
  length: Uint32Array,
  day: Int32Array,
  micros: Float64Array,
  offsetMinutes: Int16Array,
  costNanos: Float64Array,
  recomputedNanos: Float64Array,
  inputTokens: Float64Array,
  outputTokens: Float64Array,
  hitTokens: Float64Array,
  missTokens: Float64Array,
  latencyMs: Float64Array,
  flags: Uint32Array,
  run: Uint32Array,
} as const;

/** Columns that exist only where a record has such a key. */
export const SPARSE = [
  'parent',
  'delegate',
  'summary',
  'error',
  'target',
  'mandate',
  'conversation',
  'workflow',
] as const;
export type Sparse = (typeof SPARSE)[number];

/** Columns with few different texts. */
export const NAMED = ['model', 'trigger', 'primitive', 'status', 'costSource', 'tool'] as const;
export type Named = (typeof NAMED)[number];

type Fixed = { [K in keyof typeof fixed]: InstanceType<(typeof fixed)[K]> };
export const FIXED = Object.keys(fixed) as (keyof Fixed)[];

/** One record before it stands in the columns. Texts are numbers in pools, 0 for absent. */
export type Draft = Record<keyof Fixed | Sparse | Named, number>;

export function emptyDraft(): Draft {
  return Object.fromEntries([...FIXED, ...SPARSE, ...NAMED].map((name) => [name, 0])) as Draft;
}

/** A number for each of few texts; the names are kept as strings beside their bytes, with what follows from them. */
export class NamePool<F = unknown> {
  readonly pool = new TextPool();
  readonly names: (string | null)[];
  readonly #facts: F[] = [];

  constructor(names: readonly (string | null)[] = [null]) {
    this.names = [...names];
    for (const name of this.names) if (name !== null) this.pool.add(name);
  }

  addBytes(from: Uint8Array, start: number, end: number): number {
    const id = this.pool.addBytes(from, start, end);
    if (id === this.names.length) this.names.push(this.pool.text(id));
    return id;
  }

  add(text: string): number {
    const id = this.pool.add(text);
    if (id === this.names.length) this.names.push(this.pool.text(id));
    return id;
  }

  /** What follows from a name, found out once; one pool has one such function. */
  fact(id: number, find: (name: string | null) => F): F {
    const known = this.#facts[id];
    if (known !== undefined) return known;
    while (this.#facts.length <= id) this.#facts.push(find(this.names[this.#facts.length] ?? null));
    return this.#facts[id]!;
  }
}

/** The pools of one agent, which all columns of that agent share. */
export type Pools = {
  readonly runs: TextPool;
  readonly texts: TextPool;
  readonly model: NamePool<{ readonly rate: Rate | null; readonly named: boolean }>;
  readonly trigger: NamePool<{ readonly delegate: boolean; readonly primary: boolean }>;
} & Readonly<Record<Exclude<Named, 'model' | 'trigger'>, NamePool>>;

export function newPools(): Pools {
  return {
    runs: new TextPool(),
    texts: new TextPool(),
    model: new NamePool(),
    trigger: new NamePool(),
    primitive: new NamePool(),
    status: new NamePool(),
    costSource: new NamePool(),
    tool: new NamePool(),
  };
}

export type ColumnArrays = Fixed &
  Record<Sparse, Uint32Array | null> &
  Record<Named, Uint16Array | Uint32Array>;

function shared<T extends Numbers>(
  like: new (buffer: SharedArrayBuffer) => T,
  bytes: number,
  length: number,
): T {
  return new like(new SharedArrayBuffer(bytes * length));
}

function resized<T extends Numbers>(old: T, length: number, keep: number): T {
  const make = old.constructor as unknown as new (buffer: SharedArrayBuffer) => T;
  const next = shared(make, old.BYTES_PER_ELEMENT, length);
  next.set(old.subarray(0, keep));
  return next;
}

/** Rows of numbers that grow, in shared memory. */
export class Columns {
  count: number;
  capacity: number;
  arrays: ColumnArrays;

  constructor(kept?: { readonly count: number; readonly capacity: number; readonly arrays: ColumnArrays }) {
    this.count = kept?.count ?? 0;
    this.capacity = kept?.capacity ?? 64;
    this.arrays = kept?.arrays ?? freshArrays(this.capacity);
  }

  push(draft: Draft): void {
    if (this.count === this.capacity) this.reserve(this.count + 1);
    const row = this.count++;
    const to = this.arrays;
    to.file[row] = draft.file;
    to.offset[row] = draft.offset;
    to.length[row] = draft.length;
    to.day[row] = draft.day;
    to.micros[row] = draft.micros;
    to.offsetMinutes[row] = draft.offsetMinutes;
    to.costNanos[row] = draft.costNanos;
    to.recomputedNanos[row] = draft.recomputedNanos;
    to.inputTokens[row] = draft.inputTokens;
    to.outputTokens[row] = draft.outputTokens;
    to.hitTokens[row] = draft.hitTokens;
    to.missTokens[row] = draft.missTokens;
    to.latencyMs[row] = draft.latencyMs;
    to.flags[row] = draft.flags;
    to.run[row] = draft.run;
    // one by one: a loop over names would take twice as long
    if (draft.parent !== 0 || to.parent !== null) this.#sparse('parent')[row] = draft.parent;
    if (draft.delegate !== 0 || to.delegate !== null) this.#sparse('delegate')[row] = draft.delegate;
    if (draft.summary !== 0 || to.summary !== null) this.#sparse('summary')[row] = draft.summary;
    if (draft.error !== 0 || to.error !== null) this.#sparse('error')[row] = draft.error;
    if (draft.target !== 0 || to.target !== null) this.#sparse('target')[row] = draft.target;
    if (draft.mandate !== 0 || to.mandate !== null) this.#sparse('mandate')[row] = draft.mandate;
    if (draft.conversation !== 0 || to.conversation !== null)
      this.#sparse('conversation')[row] = draft.conversation;
    if (draft.workflow !== 0 || to.workflow !== null) this.#sparse('workflow')[row] = draft.workflow;
    const { model, trigger, primitive, status, costSource, tool } = draft;
    if ((model | trigger | primitive | status | costSource | tool) > 0xffff) this.#widen(draft);
    to.model[row] = model;
    to.trigger[row] = trigger;
    to.primitive[row] = primitive;
    to.status[row] = status;
    to.costSource[row] = costSource;
    to.tool[row] = tool;
  }

  #sparse(name: Sparse): Uint32Array {
    return (this.arrays[name] ??= shared(Uint32Array, 4, this.capacity));
  }

  /** Room for more than 65,535 different names. */
  #widen(draft: Draft): void {
    for (const name of NAMED) {
      const array = this.arrays[name];
      if (draft[name] <= 0xffff || array instanceof Uint32Array) continue;
      const wide = shared(Uint32Array, 4, this.capacity);
      wide.set(array);
      this.arrays[name] = wide;
    }
  }

  /** Makes room for so many rows, and a half more so that growing is rare. */
  reserve(rows: number): void {
    if (rows > this.capacity) this.#resize(Math.max(64, Math.ceil(rows * 1.5)));
  }

  /** A copy that takes no more room than it needs, but for a little to grow into. */
  compacted(): Columns {
    const { count } = this;
    const capacity = Math.ceil(count * 1.02) + 64;
    return new Columns({ count, capacity, arrays: resizedArrays(this.arrays, capacity, count) });
  }

  /** Forgets all rows and keeps the room. */
  clear(): void {
    this.count = 0;
    for (const name of SPARSE) this.arrays[name] = null;
  }

  /** Puts the rows of `other` in place of the rows from `from` up to, without, `to`. Both have the same pools. */
  splice(from: number, to: number, other: Columns | null): void {
    const added = other?.count ?? 0;
    const count = this.count - (to - from) + added;
    this.reserve(count);
    for (const name of SPARSE)
      if (other !== null && other.arrays[name] !== null)
        this.arrays[name] ??= shared(Uint32Array, 4, this.capacity);
    for (const name of NAMED)
      if (
        other !== null &&
        other.arrays[name] instanceof Uint32Array &&
        this.arrays[name] instanceof Uint16Array
      ) {
        const wide = shared(Uint32Array, 4, this.capacity);
        wide.set(this.arrays[name]);
        this.arrays[name] = wide;
      }
    for (const name of [...FIXED, ...SPARSE, ...NAMED]) {
      const array = this.arrays[name];
      if (array === null) continue;
      array.copyWithin(from + added, to, this.count);
      const source = other?.arrays[name] ?? null;
      if (source !== null) array.set(source.subarray(0, added), from);
      else array.fill(0, from, from + added);
    }
    this.count = count;
  }

  #resize(capacity: number): void {
    this.arrays = resizedArrays(this.arrays, capacity, this.count);
    this.capacity = capacity;
  }
}

function resizedArrays(arrays: ColumnArrays, capacity: number, count: number): ColumnArrays {
  const next: Record<string, Numbers | null> = {};
  for (const name of [...FIXED, ...SPARSE, ...NAMED]) {
    const array = arrays[name];
    next[name] = array === null ? null : resized<Numbers>(array, capacity, count);
  }
  return next as ColumnArrays;
}

function freshArrays(capacity: number): ColumnArrays {
  const made: Record<string, Numbers | null> = {};
  for (const name of FIXED)
    made[name] = shared<Numbers>(fixed[name], fixed[name].BYTES_PER_ELEMENT, capacity);
  for (const name of SPARSE) made[name] = null;
  for (const name of NAMED) made[name] = shared(Uint16Array, 2, capacity);
  return made as ColumnArrays;
}
