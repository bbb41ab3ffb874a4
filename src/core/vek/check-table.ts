import { hash as digest } from 'node:crypto';

/**
 * A set of hashes in memory that several threads fill at once and then read: the full 256 bits of each in the order
 * of insertion, and an open-addressed table of their numbers. 40 to 48 bytes a hash, whatever the store holds.
 */
export type HashTable = {
  readonly keys: Uint32Array<SharedArrayBuffer>;
  /** number of an entry + 1; 0 is free */
  readonly slots: Int32Array<SharedArrayBuffer>;
  /** [entries] */
  readonly used: Int32Array<SharedArrayBuffer>;
  /** odd multipliers, different in each run: a store can't be made so that its hashes collide */
  readonly mix: Uint32Array<SharedArrayBuffer>;
};

const WORDS = 8;
const hex = new Int8Array(128).fill(-1);
for (let i = 0; i < 16; i++) hex['0123456789abcdef'.charCodeAt(i)] = i;

/** Makes an empty table that holds up to `capacity` hashes. */
export function makeTable(capacity: number): HashTable {
  let slots = 16;
  while (slots < capacity * 2) slots *= 2;
  const mix = new Uint32Array(new SharedArrayBuffer(WORDS * 4));
  crypto.getRandomValues(mix).forEach((word, i) => (mix[i] = word | 1));
  return {
    keys: new Uint32Array(new SharedArrayBuffer(Math.max(1, capacity) * WORDS * 4)),
    slots: new Int32Array(new SharedArrayBuffer(slots * 4)),
    used: new Int32Array(new SharedArrayBuffer(4)),
    mix,
  };
}

/** How many hashes the table can hold. */
function capacityOf(table: HashTable): number {
  return table.keys.length / WORDS;
}

/**
 * Reads a hash into eight words; true when it is 64 lower-case hex digits. Any other text (anything may stand in a
 * foreign store) gets the words of a digest of its own, so that it equals only itself.
 */
export function keyOf(text: string, out: Uint32Array): boolean {
  if (text.length === WORDS * 8 && keyAt(text, 0, out)) return true;
  const bytes = digest('sha256', `no hash: ${JSON.stringify(text)}`, 'buffer');
  for (let word = 0; word < WORDS; word++) out[word] = bytes.readUInt32BE(word * 4);
  return false;
}

/** Reads the hash that begins at `start` of a text of hashes; false when it is no hash. */
export function keyAt(text: string, start: number, out: Uint32Array): boolean {
  let bad = 0;
  for (let word = 0, i = start; word < WORDS; word++) {
    let value = 0;
    for (const end = i + 8; i < end; i++) {
      const code = text.charCodeAt(i);
      const digit = code < 128 ? (hex[code] as number) : -1;
      bad |= digit;
      value = (value << 4) | digit;
    }
    out[word] = value;
  }
  return bad >= 0;
}

/** Adds a hash; returns its number, or -1 when it is in the table already. Throws a RangeError when it is full. */
export function insert(table: HashTable, key: Uint32Array): number {
  const number = Atomics.add(table.used, 0, 1);
  if (number >= capacityOf(table)) throw new RangeError('More rows than were counted.');
  for (let i = 0, at = number * WORDS; i < WORDS; i++) table.keys[at + i] = key[i] as number;
  const { slots } = table;
  const mask = slots.length - 1;
  for (let slot = slotOf(table, key); ; slot = (slot + 1) & mask) {
    let there = Atomics.load(slots, slot);
    if (there === 0) there = Atomics.compareExchange(slots, slot, 0, number + 1);
    if (there === 0) return number;
    if (equals(table.keys, there - 1, key)) return -1;
  }
}

/** The number of a hash, or -1 when it is not in the table, or not yet where others still insert. */
export function find(table: HashTable, key: Uint32Array): number {
  const { slots, keys } = table;
  const mask = slots.length - 1;
  for (let slot = slotOf(table, key); ; slot = (slot + 1) & mask) {
    // Loaded in order: whoever sees the number also sees the key, while others still insert.
    const there = Atomics.load(slots, slot);
    if (there === 0) return -1;
    if (equals(keys, there - 1, key)) return there - 1;
  }
}

function slotOf({ mix, slots }: HashTable, key: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < WORDS; i++) sum = (sum + Math.imul(key[i] as number, mix[i] as number)) | 0;
  sum ^= sum >>> 15;
  return (Math.imul(sum, 0x2c1b3c6d) >>> 7) & (slots.length - 1);
}

function equals(keys: Uint32Array, number: number, key: Uint32Array): boolean {
  const at = number * WORDS;
  for (let i = 0; i < WORDS; i++) if (keys[at + i] !== key[i]) return false;
  return true;
}
