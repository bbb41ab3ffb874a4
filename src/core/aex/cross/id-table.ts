import { NONE } from '../columns.ts';

/**
 * Numbers for ids, without keeping the ids: 128 bits of each are compared. 330,000 ids take about 12 MB, where a Map
 * of the texts would take 45.
 */
export type IdTable = {
  /** the number of an id, a new one where it was not seen */
  add(id: string): number;
  /** the same for the id with the four numbers at `at` */
  addMark(marks: Int32Array, at: number): number;
  /** the number of an id, or NONE */
  find(id: string): number;
  /** the number of the id with the four numbers at `at`, or NONE; `hint` is tried first */
  findMark(marks: Int32Array, at: number, hint: number): number;
  /** whether a number is that of the id with the four numbers at `at` */
  isMark(number: number, marks: Int32Array, at: number): boolean;
  readonly count: number;
};

/** Ids that are remembered as texts. */
const RECENT = 1_024;

const recentPlace = (id: string): number =>
  (id.charCodeAt(0) ^ (id.charCodeAt(5) << 3) ^ (id.charCodeAt(11) << 6)) & (RECENT - 1);

export function idTable(expected: number): IdTable {
  let capacity = 1024;
  while (capacity < expected * 2) capacity *= 2;
  let slots = new Uint32Array(capacity).fill(NONE);
  let marks = new Int32Array(4 * Math.max(256, expected));
  let count = 0;
  // Entries of one call stand near each other: the last ids are known by their letters.
  const recent: string[] = Array.from({ length: RECENT }, () => '');
  const recentNumbers = new Uint32Array(RECENT);
  const mark = new Int32Array(4);

  const place = (): number => {
    let slot = (mark[0]! ^ Math.imul(mark[2]!, 0x9e3779b1)) & (capacity - 1);
    for (;;) {
      const number = slots[slot]!;
      if (number === NONE) return slot;
      const at = number * 4;
      if (
        marks[at] === mark[0] &&
        marks[at + 1] === mark[1] &&
        marks[at + 2] === mark[2] &&
        marks[at + 3] === mark[3]
      ) {
        return slot;
      }
      slot = (slot + 1) & (capacity - 1);
    }
  };
  const isMark = (number: number, others: Int32Array, at: number): boolean => {
    if (number >= count) return false;
    const own = number * 4;
    return (
      marks[own] === others[at] &&
      marks[own + 1] === others[at + 1] &&
      marks[own + 2] === others[at + 2] &&
      marks[own + 3] === others[at + 3]
    );
  };
  const grow = (): void => {
    capacity *= 2;
    slots = new Uint32Array(capacity).fill(NONE);
    for (let number = 0; number < count; number++) {
      mark.set(marks.subarray(number * 4, number * 4 + 4));
      slots[place()] = number;
    }
  };
  const add = (): number => {
    const slot = place();
    const known = slots[slot]!;
    if (known !== NONE) return known;
    if ((count + 1) * 4 > marks.length) {
      const larger = new Int32Array(marks.length * 2);
      larger.set(marks);
      marks = larger;
    }
    marks.set(mark, count * 4);
    slots[slot] = count;
    count += 1;
    if (count * 2 > capacity) grow();
    return count - 1;
  };
  return {
    add: (id) => {
      const at = recentPlace(id);
      if (recent[at] === id) return recentNumbers[at]!;
      fingerprint(id, mark, 0);
      const number = add();
      recent[at] = id;
      recentNumbers[at] = number;
      return number;
    },
    addMark: (others, at) => {
      for (let i = 0; i < 4; i++) mark[i] = others[at + i]!;
      return add();
    },
    find: (id) => {
      fingerprint(id, mark, 0);
      return slots[place()]!;
    },
    findMark: (others, at, hint) => {
      if (isMark(hint, others, at)) return hint;
      for (let i = 0; i < 4; i++) mark[i] = others[at + i]!;
      return slots[place()]!;
    },
    isMark,
    get count() {
      return count;
    },
  };
}

/**
 * Writes four numbers to `out` from `at` on: lanes of multiply and shift over the characters, four at a time, mixed at the
 * end; not meant to withstand an attack.
 */
export function fingerprint(id: string, out: Int32Array, at: number): void {
  let a = LANES.a;
  let b = LANES.b;
  let c = LANES.c;
  let d = LANES.d;
  const n = id.length;
  for (let i = 0; i < n; i += 4) {
    let word = id.charCodeAt(i);
    if (i + 1 < n) word ^= id.charCodeAt(i + 1) << 8;
    if (i + 2 < n) word ^= id.charCodeAt(i + 2) << 16;
    if (i + 3 < n) word ^= id.charCodeAt(i + 3) << 24;
    a = Math.imul(a ^ (a >>> 15) ^ word, 0x85ebca6b);
    b = Math.imul((b ^ (b >>> 13)) + word, 0xc2b2ae35);
    c = Math.imul(c ^ (c >>> 17) ^ word, 0x27d4eb2f) + i;
    d = Math.imul(d ^ (d >>> 14) ^ Math.imul(word, 0x165667b1), 0x01000193) ^ a;
  }
  finish(a, b, c, d, n, out, at);
}

/** The same of a text of `n` signs of ASCII that stands in bytes. */
export function fingerprintIn(bytes: DataView, from: number, n: number, out: Int32Array, at: number): void {
  let a = LANES.a;
  let b = LANES.b;
  let c = LANES.c;
  let d = LANES.d;
  for (let i = 0; i < n; i += 4) {
    let word = 0;
    if (i + 4 <= n) word = bytes.getInt32(from + i, true);
    else for (let k = 0; i + k < n; k++) word |= bytes.getUint8(from + i + k) << (k * 8);
    a = Math.imul(a ^ (a >>> 15) ^ word, 0x85ebca6b);
    b = Math.imul((b ^ (b >>> 13)) + word, 0xc2b2ae35);
    c = Math.imul(c ^ (c >>> 17) ^ word, 0x27d4eb2f) + i;
    d = Math.imul(d ^ (d >>> 14) ^ Math.imul(word, 0x165667b1), 0x01000193) ^ a;
  }
  finish(a, b, c, d, n, out, at);
}

type Lanes = { readonly a: number; readonly b: number; readonly c: number; readonly d: number };
const LANES: Lanes = { a: 0x243f6a88, b: 0x05a308d3, c: 0x13198a2e, d: 0x03707344 };

function finish(a: number, b: number, c: number, d: number, n: number, out: Int32Array, at: number): void {
  const first = mixed(a ^ n);
  const second = mixed(b ^ first);
  const third = mixed(c ^ second);
  out[at] = first;
  out[at + 1] = second;
  out[at + 2] = third;
  out[at + 3] = mixed(d ^ third);
}

/** Spreads what a lane came to over all its bits. */
export function mixed(value: number): number {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return x ^ (x >>> 16);
}

/** 32 bits of a text, for comparing texts that are not kept. */
export function textMark(text: string): number {
  let a = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) a = Math.imul(a ^ text.charCodeAt(i), 0x01000193) ^ (a >>> 15);
  return mixed(a ^ text.length) >>> 0;
}
