import { skipBlanks } from '../json/scan.ts';

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

/** Levels of nesting that `parseJson` reads unless told otherwise. */
const DEEPEST = 2_000;

/** The places of all values of a text; null exactly where `parseJson` would read no value of it. */
export function placesOf(text: string): JsonPlaces | null {
  const made: Growing = {
    start: new Uint32Array(64),
    end: new Uint32Array(64),
    key: new Uint32Array(64),
    next: new Uint32Array(64),
    count: 0,
  };
  const open: number[] = [];
  let inObject = false;
  let key = -1;
  for (let at = 0; ;) {
    at = skipBlanks(text, at);
    const c = text.charCodeAt(at);
    if (made.count === made.start.length) grow(made);
    const number = made.count;
    made.count += 1;
    made.start[number] = at;
    made.key[number] = inObject ? key : at;
    if (c === OBJECT || c === LIST) {
      if (open.length >= DEEPEST) return null;
      at = skipBlanks(text, at + 1);
      if (text.charCodeAt(at) !== c + 2) {
        open.push(number);
        inObject = c === OBJECT;
        key = at;
        if (inObject && (at = keyEnd(text, at)) < 0) return null;
        continue;
      }
      at += 1;
    } else if ((at = scalarEnd(text, at, c)) < 0) return null;
    made.end[number] = at;
    made.next[number] = number + 1;
    for (;;) {
      at = skipBlanks(text, at);
      if (open.length === 0) return at >= text.length ? made : null;
      const next = text.charCodeAt(at);
      if (next === COMMA) {
        at += 1;
        if (!inObject) break;
        at = key = skipBlanks(text, at);
        if ((at = keyEnd(text, at)) < 0) return null;
        break;
      }
      if (next !== (inObject ? OBJECT_END : LIST_END)) return null;
      at += 1;
      const closed = open.pop()!;
      made.end[closed] = at;
      made.next[closed] = made.count;
      inObject = open.length > 0 && text.charCodeAt(made.start[open.at(-1)!]!) === OBJECT;
    }
  }
}

/** The numbers of the values that stand directly within a container, in the order of the text. */
export function childrenOf(places: JsonPlaces, container: number): readonly number[] {
  const children: number[] = [];
  const end = places.next[container]!;
  for (let at = container + 1; at < end; at = places.next[at]!) children.push(at);
  return children;
}

function grow(made: Growing): void {
  for (const field of ['start', 'end', 'key', 'next'] as const) {
    const larger = new Uint32Array(made[field].length * 2);
    larger.set(made[field]);
    made[field] = larger;
  }
}

/** The offset behind the colon of a key that begins at `from`; -1 where there is none. */
function keyEnd(text: string, from: number): number {
  if (text.charCodeAt(from) !== QUOTE) return -1;
  const end = stringEnd(text, from);
  if (end < 0) return -1;
  const colon = skipBlanks(text, end);
  return text.charCodeAt(colon) === COLON ? colon + 1 : -1;
}

function scalarEnd(text: string, from: number, c: number): number {
  if (c === QUOTE) return stringEnd(text, from);
  if (c === 0x2d || isDigit(c)) return numberEnd(text, from);
  for (const word of ['true', 'false', 'null', 'NaN', 'Infinity']) {
    if (text.startsWith(word, from)) return from + word.length;
  }
  return -1;
}

/** The offset behind the closing quote of the string whose opening quote is at `from`. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) return at + 1;
    if (c < 0x20) return -1;
    if (c !== BACKSLASH) continue;
    at += 1;
    const escape = text.charCodeAt(at);
    if (escape === 0x75) {
      for (let i = 0; i < 4; i += 1) {
        at += 1;
        if (!isHexDigit(text.charCodeAt(at))) return -1;
      }
    } else if (!isEscape(escape)) return -1;
  }
  return -1;
}

function isEscape(c: number): boolean {
  switch (c) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return true;
    default:
      return false;
  }
}

function numberEnd(text: string, from: number): number {
  let at = text.charCodeAt(from) === 0x2d ? from + 1 : from;
  if (at > from && text.startsWith('Infinity', at)) return at + 8;
  if (!isDigit(text.charCodeAt(at))) return -1;
  const digits = skipDigits(text, at);
  if (text.charCodeAt(at) === 0x30 && digits > at + 1) return -1;
  at = digits;
  if (text.charCodeAt(at) === 0x2e) {
    const end = skipDigits(text, at + 1);
    if (end === at + 1) return -1;
    at = end;
  }
  const e = text.charCodeAt(at);
  if (e !== 0x65 && e !== 0x45) return at;
  const sign = text.charCodeAt(at + 1);
  at += sign === 0x2b || sign === 0x2d ? 2 : 1;
  const end = skipDigits(text, at);
  return end === at ? -1 : end;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function isHexDigit(c: number): boolean {
  return isDigit(c) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);
}
