/**
 * Where the values of a JSON text stand, numbered in the order of the text: a container, then what it holds.
 * Offsets are UTF-16 units.
 */
export type JsonPlaces = {
  readonly count: number;
  /** the first character of a value, and the one behind its last */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** the opening quote of the key; where a value has none, its start */
  readonly key: Uint32Array;
  /** the number of the first value that is behind this one and not within it */
  readonly next: Uint32Array;
};

type Growing = { start: Uint32Array; end: Uint32Array; key: Uint32Array; next: Uint32Array; count: number };

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** The places of all values of a text that `parseJson` reads; of another text they mean nothing. */
export function placesOf(text: string): JsonPlaces {
  const made: Growing = grown({
    start: new Uint32Array(0),
    end: new Uint32Array(0),
    key: new Uint32Array(0),
    next: new Uint32Array(0),
    count: 0,
  });
  const open: number[] = [];
  let key = -1;
  let inObject = false;
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c === COMMA || c === COLON || isBlank(c)) continue;
    if (c === OBJECT_END || c === LIST_END) {
      const closed = open.pop() ?? 0;
      made.end[closed] = at + 1;
      made.next[closed] = made.count;
      const outer = open.at(-1);
      inObject = outer !== undefined && text.charCodeAt(made.start[outer]!) === OBJECT;
      continue;
    }
    if (c === QUOTE && inObject && key < 0) {
      key = at;
      at = stringEnd(text, at) - 1;
      continue;
    }
    if (made.count === made.start.length) grown(made);
    const number = made.count;
    made.count += 1;
    made.start[number] = at;
    made.key[number] = key < 0 ? at : key;
    key = -1;
    if (c === OBJECT || c === LIST) {
      open.push(number);
      inObject = c === OBJECT;
      continue;
    }
    const end = c === QUOTE ? stringEnd(text, at) : wordEnd(text, at);
    made.end[number] = end;
    made.next[number] = number + 1;
    at = end - 1;
  }
  return made;
}

/** The numbers of the values that stand directly within a container, in the order of the text. */
export function childrenOf(places: JsonPlaces, container: number): readonly number[] {
  const children: number[] = [];
  const end = places.next[container]!;
  for (let at = container + 1; at < end; at = places.next[at]!) children.push(at);
  return children;
}

function grown(made: Growing): Growing {
  const size = Math.max(64, made.start.length * 2);
  for (const field of ['start', 'end', 'key', 'next'] as const) {
    const larger = new Uint32Array(size);
    larger.set(made[field]);
    made[field] = larger;
  }
  return made;
}

function isBlank(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}

/** The offset behind the closing quote of the string whose opening quote is at `from`. */
function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = at;
    while (text.charCodeAt(escapes - 1) === BACKSLASH) escapes -= 1;
    if ((at - escapes) % 2 === 0) return at + 1;
  }
  return text.length;
}

function wordEnd(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c === COMMA || c === LIST_END || c === OBJECT_END || isBlank(c)) break;
  }
  return at;
}
