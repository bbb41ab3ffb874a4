const SEPARATOR = 0xff;

export type PoolData = Pick<TextPool, 'bytes' | 'starts' | 'size' | 'upper' | 'wide'>;

/**
 * Texts as UTF-8, each kept once and known by its number; number 0 is "absent". The bytes lie in one block, parted by a
 * byte that no UTF-8 holds, so that a search runs over the block and can't cross from one text to the next. Both
 * blocks are shared memory: a thread hands them over without a copy.
 */
export class TextPool {
  bytes: Uint8Array;
  /** text `id` is `bytes[starts[id] .. starts[id + 1] - 1)` */
  starts: Uint32Array;
  /** numbers given, 0 included */
  size: number;
  /** some text has capital letters of ASCII */
  upper: boolean;
  /** some text is not ASCII */
  wide: boolean;
  #table: Int32Array | null = null;
  #last = 0;

  constructor(kept?: PoolData) {
    this.upper = kept?.upper ?? false;
    this.wide = kept?.wide ?? false;
    this.bytes = kept?.bytes ?? sharedBytes(1024);
    this.starts = kept?.starts ?? sharedNumbers(64);
    this.size = kept?.size ?? 1;
    if (kept === undefined) {
      this.bytes[0] = SEPARATOR;
      this.starts[1] = 1;
    }
  }

  /** Bytes in use. */
  get used(): number {
    return this.starts[this.size]!;
  }

  /** The number of a text that stands in `from`, which is added where it is new. */
  addBytes(from: Uint8Array, start: number, end: number): number {
    if (this.#isLast(from, start, end)) return this.#last;
    const table = this.#tableFor();
    const slot = this.#slotOf(table, from, start, end);
    if (table[slot] !== 0) {
      this.#last = table[slot]!;
      return this.#last;
    }
    const at = this.used;
    const length = end - start;
    if (at + length + 1 > this.bytes.length) this.bytes = grownBytes(this.bytes, at + length + 1);
    const { bytes } = this;
    for (let i = 0; i < length; i++) {
      const byte = from[start + i]!;
      bytes[at + i] = byte;
      if (byte > 0x5a) {
        if (byte > 0x7f) this.wide = true;
      } else if (byte > 0x40) this.upper = true;
    }
    bytes[at + length] = SEPARATOR;
    const id = this.size++;
    if (this.size + 1 > this.starts.length) this.starts = grownNumbers(this.starts, this.size + 1);
    this.starts[this.size] = at + length + 1;
    table[slot] = id;
    this.#last = id;
    return id;
  }

  /** Whether a text is the one that was given last: records of a run stand together. */
  #isLast(from: Uint8Array, start: number, end: number): boolean {
    const id = this.#last;
    if (id === 0) return false;
    const { bytes } = this;
    const at = this.starts[id]!;
    const length = end - start;
    if (this.starts[id + 1]! - 1 - at !== length) return false;
    for (let i = length - 1; i >= 0; i--) if (bytes[at + i] !== from[start + i]) return false;
    return true;
  }

  add(text: string): number {
    const bytes = Buffer.from(text, 'utf8');
    return this.addBytes(bytes, 0, bytes.length);
  }

  /** The number of a text, 0 where it is not there. */
  find(from: Uint8Array, start: number, end: number): number {
    const table = this.#tableFor();
    return table[this.#slotOf(table, from, start, end)]!;
  }

  findText(text: string): number {
    const bytes = Buffer.from(text, 'utf8');
    return this.find(bytes, 0, bytes.length);
  }

  text(id: number): string | null {
    if (id === 0) return null;
    const start = this.starts[id]!;
    return Buffer.from(
      this.bytes.buffer,
      this.bytes.byteOffset + start,
      this.starts[id + 1]! - 1 - start,
    ).toString('utf8');
  }

  /** A copy that takes no more room than it needs, but for a little to grow into. */
  compacted(): TextPool {
    const { size, upper, wide, used } = this;
    const bytes = resizedBytes(this.bytes, Math.ceil(used * 1.02) + 4096, used);
    const starts = resizedNumbers(this.starts, Math.ceil(size * 1.02) + 256, size + 1);
    return new TextPool({ bytes, starts, size, upper, wide });
  }

  /** Forgets all texts and keeps the room. */
  clear(): void {
    this.size = 1;
    this.upper = false;
    this.wide = false;
    this.#last = 0;
    this.#table?.fill(0);
  }

  #slotOf(table: Int32Array, from: Uint8Array, start: number, end: number): number {
    const mask = table.length - 1;
    const { bytes, starts } = this;
    const length = end - start;
    let slot = hash(from, start, end) & mask;
    for (;;) {
      const id = table[slot]!;
      if (id === 0) return slot;
      const at = starts[id]!;
      if (starts[id + 1]! - at - 1 === length) {
        let i = 0;
        while (i < length && bytes[at + i] === from[start + i]) i++;
        if (i === length) return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** The table is not kept with the texts: it is made at the first use, and grows before it is two thirds full. */
  #tableFor(): Int32Array {
    const table = this.#table;
    if (table !== null && this.size * 3 < table.length * 2) return table;
    let length = 64;
    while (length * 2 < this.size * 5) length *= 2;
    const grown = new Int32Array(length);
    for (let id = 1; id < this.size; id++) {
      let slot = hash(this.bytes, this.starts[id]!, this.starts[id + 1]! - 1) & (length - 1);
      while (grown[slot] !== 0) slot = (slot + 1) & (length - 1);
      grown[slot] = id;
    }
    this.#table = grown;
    return grown;
  }
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let h = end - start;
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

const sharedBytes = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));
const sharedNumbers = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));

function grownBytes(old: Uint8Array, least: number): Uint8Array {
  return resizedBytes(old, Math.max(least, old.length * 2), old.length);
}

function grownNumbers(old: Uint32Array, least: number): Uint32Array {
  return resizedNumbers(old, Math.max(least, old.length * 2), old.length);
}

function resizedBytes(old: Uint8Array, length: number, keep: number): Uint8Array {
  const next = sharedBytes(length);
  next.set(old.subarray(0, keep));
  return next;
}

function resizedNumbers(old: Uint32Array, length: number, keep: number): Uint32Array {
  const next = sharedNumbers(length);
  next.set(old.subarray(0, keep));
  return next;
}
