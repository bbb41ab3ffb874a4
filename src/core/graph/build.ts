import { readKey, slotOf } from './hash-key.ts';
import { FLAG, MISSING, NONE, type GraphIndex } from './index.ts';
import { exactTime, looseTime } from './time.ts';

/** An index under construction; only `addValues` and `finishIndex` touch it. */
export type IndexBuilder = {
  count: number;
  capacity: number;
  rowids: Uint32Array | Float64Array;
  parents: Int32Array;
  mergeParents: Int32Array;
  timeMicros: Float64Array;
  tools: Int32Array;
  keyHigh: Uint32Array;
  keyLow: Uint32Array;
  keyMix: Uint32Array;
  flags: Uint8Array;
  table: Int32Array;
  readonly odd: Map<string, number>;
  readonly toolNames: string[];
  readonly toolIds: Map<string, number>;
  shared: { filled: number };
  readonly pendingSlots: number[];
  readonly pendingHashes: string[];
  readonly key: Uint32Array;
  lastHash: string | null;
  ordered: boolean;
  chronological: boolean;
  lastTime: number;
  missing: number;
};

type Sized<T> = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, offset: number, length: number): T;
};
type Words = { set(from: never): void; readonly buffer: ArrayBufferLike; readonly byteOffset: number };

/** Shared memory: the thread that reads a store hands a million calls over without copying them. */
function room<T>(make: Sized<T>, length: number): T {
  return new make(new SharedArrayBuffer(length * make.BYTES_PER_ELEMENT), 0, length);
}

function grown<T extends Words>(make: Sized<T>, old: T, capacity: number): T {
  const next = room(make, capacity);
  next.set(old as never);
  return next;
}

function tableLength(capacity: number): number {
  let length = 1024;
  while (length * 0.75 < capacity) length *= 2;
  return length;
}

/** Starts an empty index with room for `capacity` nodes. */
export function startIndex(capacity: number): IndexBuilder {
  const size = Math.max(16, capacity);
  return {
    count: 0,
    capacity: size,
    rowids: room(Uint32Array, size),
    parents: room(Int32Array, size),
    mergeParents: room(Int32Array, size),
    timeMicros: room(Float64Array, size),
    tools: room(Int32Array, size),
    keyHigh: room(Uint32Array, size),
    keyLow: room(Uint32Array, size),
    keyMix: room(Uint32Array, size),
    flags: room(Uint8Array, size),
    table: room(Int32Array, tableLength(size)),
    odd: new Map(),
    toolNames: [],
    toolIds: new Map(),
    shared: { filled: 0 },
    pendingSlots: [],
    pendingHashes: [],
    key: new Uint32Array(3),
    lastHash: null,
    ordered: true,
    chronological: true,
    lastTime: -Infinity,
    missing: 0,
  };
}

function full<T extends Words>(make: Sized<T>, view: T, capacity: number): T {
  return new make(view.buffer, view.byteOffset, capacity);
}

/**
 * Starts from an index to which rows were appended. The old index stays valid: new nodes go to the free room of
 * its buffers, or to copies where another extension took that room, or where `rewrite` says that old entries change.
 */
export function continueIndex(index: GraphIndex, more: number, rewrite = false): IndexBuilder {
  const inPlace = !rewrite && index.shared.filled === index.count;
  const builder: IndexBuilder = {
    ...startIndex(0),
    count: index.count,
    capacity: index.count,
    rowids: index.rowids,
    parents: index.parents,
    mergeParents: index.mergeParents,
    timeMicros: index.timeMicros,
    tools: index.tools,
    keyHigh: index.keyHigh,
    keyLow: index.keyLow,
    keyMix: index.keyMix,
    flags: index.flags,
    table: index.table,
    odd: new Map(index.odd),
    toolNames: [...index.toolNames],
    toolIds: new Map(index.toolNames.map((name, id) => [name, id])),
    ordered: index.ordered,
    chronological: index.chronological,
    lastTime: lastTimeOf(index),
    missing: index.missing,
  };
  if (!inPlace || index.count + more > index.capacity) {
    grow(builder, Math.max(index.count + more, Math.ceil(index.count * 1.125) + 64));
  } else {
    widen(builder, index.capacity);
    builder.shared = index.shared;
    // Taken until it is finished: an extension that is given up leaves its rows in the table.
    builder.shared.filled = -1;
  }
  return builder;
}

function lastTimeOf(index: GraphIndex): number {
  for (let i = index.count - 1; i >= 0; i--) {
    const time = index.timeMicros[i]!;
    if (time === time) return time;
  }
  return -Infinity;
}

function widen(b: IndexBuilder, capacity: number): void {
  b.rowids =
    b.rowids instanceof Uint32Array
      ? full(Uint32Array, b.rowids, capacity)
      : full(Float64Array, b.rowids, capacity);
  b.parents = full(Int32Array, b.parents, capacity);
  b.mergeParents = full(Int32Array, b.mergeParents, capacity);
  b.timeMicros = full(Float64Array, b.timeMicros, capacity);
  b.tools = full(Int32Array, b.tools, capacity);
  b.keyHigh = full(Uint32Array, b.keyHigh, capacity);
  b.keyLow = full(Uint32Array, b.keyLow, capacity);
  b.keyMix = full(Uint32Array, b.keyMix, capacity);
  b.flags = full(Uint8Array, b.flags, capacity);
  b.capacity = capacity;
}

function grow(b: IndexBuilder, capacity: number): void {
  b.rowids =
    b.rowids instanceof Uint32Array
      ? grown(Uint32Array, b.rowids, capacity)
      : grown(Float64Array, b.rowids, capacity);
  b.parents = grown(Int32Array, b.parents, capacity);
  b.mergeParents = grown(Int32Array, b.mergeParents, capacity);
  b.timeMicros = grown(Float64Array, b.timeMicros, capacity);
  b.tools = grown(Int32Array, b.tools, capacity);
  b.keyHigh = grown(Uint32Array, b.keyHigh, capacity);
  b.keyLow = grown(Uint32Array, b.keyLow, capacity);
  b.keyMix = grown(Uint32Array, b.keyMix, capacity);
  b.flags = grown(Uint8Array, b.flags, capacity);
  b.capacity = capacity;
  b.shared = { filled: 0 };
  const length = tableLength(capacity);
  if (length > b.table.length) {
    const old = b.table;
    b.table = room(Int32Array, length);
    for (let slot = 0; slot < old.length; slot++) {
      const node = old[slot]! - 1;
      if (node >= 0 && node < b.count) insert(b, node);
    }
  } else {
    b.table = withoutLater(b.table, b);
  }
}

/** A copy of the table for a builder of its own; entries of another extension are left behind by re-inserting. */
function withoutLater(table: Int32Array, b: IndexBuilder): Int32Array {
  b.table = room(Int32Array, table.length);
  if (table.every((entry) => entry <= b.count)) {
    b.table.set(table);
    return b.table;
  }
  for (const entry of table) if (entry > 0 && entry <= b.count) insert(b, entry - 1);
  return b.table;
}

/** Puts a node under its key; false when another node has this key already. */
function insert(b: IndexBuilder, node: number): boolean {
  const { table, keyHigh, keyLow, keyMix } = b;
  const high = keyHigh[node]!;
  const low = keyLow[node]!;
  const mix = keyMix[node]!;
  const mask = table.length - 1;
  for (let slot = slotOf(high, low, mask); ; slot = (slot + 1) & mask) {
    const other = table[slot]! - 1;
    if (other < 0) {
      table[slot] = node + 1;
      return true;
    }
    if (keyHigh[other] === high && keyLow[other] === low && keyMix[other] === mix) return false;
  }
}

function lookUp(b: IndexBuilder, hash: string): number {
  if (b.odd.size > 0) {
    const node = b.odd.get(hash);
    if (node !== undefined) return node;
  }
  const key = b.key;
  if (!readKey(hash, key)) return -1;
  const { table, keyHigh, keyLow, keyMix } = b;
  const high = key[0]!;
  const low = key[1]!;
  const mix = key[2]!;
  const mask = table.length - 1;
  for (let slot = slotOf(high, low, mask); ; slot = (slot + 1) & mask) {
    const node = table[slot]! - 1;
    if (node < 0 || (keyHigh[node] === high && keyLow[node] === low && keyMix[node] === mix)) return node;
  }
}

function parentOf(b: IndexBuilder, slot: number, value: unknown): number {
  if (value === null || value === undefined) return NONE;
  if (typeof value !== 'string') return MISSING;
  if (value === b.lastHash) return b.count - 1;
  const node = lookUp(b, value);
  if (node >= 0) return node;
  b.pendingSlots.push(slot);
  b.pendingHashes.push(value);
  return MISSING;
}

function toolOf(b: IndexBuilder, value: unknown): number {
  const name = typeof value === 'string' ? value : '';
  let id = b.toolIds.get(name);
  if (id === undefined) {
    id = b.toolNames.length;
    b.toolNames.push(name);
    b.toolIds.set(name, id);
  }
  return id;
}

/**
 * Appends a row. Values of a wrong storage class set a flag; the row keeps its place in any case. The values come one
 * by one: no object per row when a million of them are read.
 */
export function addValues(
  b: IndexBuilder,
  rowid: number,
  hash: unknown,
  tool: unknown,
  parent: unknown,
  mergeParent: unknown,
  timestamp: unknown,
): void {
  if (b.count === b.capacity) grow(b, Math.ceil(b.capacity * 1.25) + 64);
  const i = b.count;
  let flags = 0;
  if (b.rowids instanceof Uint32Array && !(rowid >= 0 && rowid <= 0xffffffff)) {
    grow(b, b.capacity);
    b.rowids = grown(Float64Array, b.rowids as never, b.capacity);
  }
  b.rowids[i] = rowid;
  const parentNode = parentOf(b, i * 2, parent);
  const mergeNode = parentOf(b, i * 2 + 1, mergeParent);
  b.parents[i] = parentNode;
  b.mergeParents[i] = mergeNode;
  if (parentNode === MISSING && typeof parent !== 'string') flags |= FLAG.parent;
  if (mergeNode === MISSING && typeof mergeParent !== 'string') flags |= FLAG.mergeParent;
  if (parentNode === MISSING) b.missing++;
  if (mergeNode === MISSING) b.missing++;

  let time = NaN;
  if (typeof timestamp === 'string') {
    time = exactTime(timestamp);
    if (time !== time) {
      time = looseTime(timestamp);
      flags |= time === time ? FLAG.timeForm : FLAG.time;
    }
  } else {
    flags |= FLAG.time;
  }
  b.timeMicros[i] = time;
  if (time < b.lastTime) b.chronological = false;
  if (time === time) b.lastTime = time;

  b.tools[i] = toolOf(b, tool);
  if (typeof tool !== 'string') flags |= FLAG.tool;

  b.count = i + 1;
  if (typeof hash === 'string') {
    const key = b.key;
    if (readKey(hash, key)) {
      b.keyHigh[i] = key[0]!;
      b.keyLow[i] = key[1]!;
      b.keyMix[i] = key[2]!;
      if (!insert(b, i)) b.odd.set(hash, i);
    } else {
      b.keyHigh[i] = b.keyLow[i] = b.keyMix[i] = 0;
      b.odd.set(hash, i);
    }
    b.lastHash = hash;
  } else {
    flags |= FLAG.hash;
    b.keyHigh[i] = b.keyLow[i] = b.keyMix[i] = 0;
    b.lastHash = null;
  }
  b.flags[i] = flags;
}

/** Names a parent that an older row of `continueIndex(…, rewrite)` had missing, in case a new row is it. */
export function retryParent(b: IndexBuilder, node: number, role: 'parent' | 'merge', hash: string): void {
  b.pendingSlots.push(node * 2 + (role === 'merge' ? 1 : 0));
  b.pendingHashes.push(hash);
}

/** Settles parents that stand after their children and gives the finished index. */
export function finishIndex(b: IndexBuilder): GraphIndex {
  for (let k = 0; k < b.pendingSlots.length; k++) {
    const found = lookUp(b, b.pendingHashes[k]!);
    if (found < 0) continue;
    const slot = b.pendingSlots[k]!;
    (slot % 2 === 0 ? b.parents : b.mergeParents)[slot >>> 1] = found;
    b.missing--;
    if (found >= slot >>> 1) b.ordered = false;
  }
  const count = b.count;
  b.shared.filled = count;
  return {
    count,
    capacity: b.capacity,
    shared: b.shared,
    rowids: b.rowids.subarray(0, count),
    parents: b.parents.subarray(0, count),
    mergeParents: b.mergeParents.subarray(0, count),
    timeMicros: b.timeMicros.subarray(0, count),
    tools: b.tools.subarray(0, count),
    toolNames: b.toolNames,
    keyHigh: b.keyHigh.subarray(0, count),
    keyLow: b.keyLow.subarray(0, count),
    keyMix: b.keyMix.subarray(0, count),
    flags: b.flags.subarray(0, count),
    table: b.table,
    odd: b.odd,
    ordered: b.ordered,
    chronological: b.chronological,
    missing: b.missing,
  };
}
