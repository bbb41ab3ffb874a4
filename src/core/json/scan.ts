import type { JsonNode } from './tree.ts';

/** A place in a text that is being read. `problem` is set by the first thing that is no JSON, at `at`. */
export type Cursor = {
  readonly text: string;
  at: number;
  problem: string | null;
};

/** The offset of the next character that is not one of JSON's four blanks. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const c = text.charCodeAt(at);
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return at;
    at++;
  }
}

/**
 * Reads a string whose opening quote is at `cursor.at`, and leaves the cursor behind the closing quote. Where the
 * string is broken, `problem` is set and the value is what could be read of it.
 */
export function readString(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at + 1;
  let at = start;
  let pieces = '';
  let from = start;
  for (;;) {
    const c = text.charCodeAt(at);
    if (c === 0x22) {
      cursor.at = at + 1;
      return from === start ? text.slice(start, at) : pieces + text.slice(from, at);
    }
    if (c === 0x5c) {
      pieces += text.slice(from, at);
      cursor.at = at;
      const piece = readEscape(cursor);
      if (piece === null) return pieces;
      pieces += piece;
      at = cursor.at;
      from = at;
    } else if (c >= 0x20) {
      at++;
    } else {
      pieces += text.slice(from, at);
      cursor.at = at;
      cursor.problem =
        at >= text.length
          ? 'The text ends inside a string'
          : `A string holds the raw control character ${codeName(c)}; JSON wants it escaped`;
      return pieces;
    }
  }
}

const shortEscapes = new Map([
  [0x22, '"'],
  [0x5c, '\\'],
  [0x2f, '/'],
  [0x62, '\b'],
  [0x66, '\f'],
  [0x6e, '\n'],
  [0x72, '\r'],
  [0x74, '\t'],
]);

function readEscape(cursor: Cursor): string | null {
  const { text, at } = cursor;
  if (at + 1 >= text.length) {
    cursor.at = text.length;
    cursor.problem = 'The text ends inside a string';
    return null;
  }
  const c = text.charCodeAt(at + 1);
  if (c === 0x75) {
    const unit = hexUnit(text, at + 2);
    if (unit < 0) {
      cursor.problem =
        at + 6 > text.length
          ? 'The text ends inside a string'
          : 'A \\u escape does not have four hexadecimal digits';
      return null;
    }
    cursor.at = at + 6;
    return String.fromCharCode(unit);
  }
  const short = shortEscapes.get(c);
  if (short === undefined) {
    cursor.problem = `\\${text.charAt(at + 1)} is not an escape of JSON`;
    return null;
  }
  cursor.at = at + 2;
  return short;
}

function hexUnit(text: string, at: number): number {
  let unit = 0;
  for (let i = at; i < at + 4; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0x30 && c <= 0x39) unit = unit * 16 + (c - 0x30);
    else if (c >= 0x61 && c <= 0x66) unit = unit * 16 + (c - 0x57);
    else if (c >= 0x41 && c <= 0x46) unit = unit * 16 + (c - 0x37);
    else return -1;
  }
  return unit;
}

/** Reads a number or `-Infinity` at the cursor; null with `problem` set where there is none. */
export function readNumber(cursor: Cursor): JsonNode | null {
  const { text } = cursor;
  const start = cursor.at;
  let at = start;
  if (text.charCodeAt(at) === 0x2d) at++;
  const first = text.charCodeAt(at);
  if (first === 0x49 && text.startsWith('Infinity', at)) {
    cursor.at = at + 8;
    return { kind: 'float', text: '-Infinity' };
  }
  if (!isDigit(first)) {
    cursor.problem = 'A minus sign is not followed by a digit';
    return null;
  }
  at = first === 0x30 ? at + 1 : skipDigits(text, at);
  if (isDigit(text.charCodeAt(at))) {
    cursor.problem = 'A number begins with a zero that JSON does not allow';
    return null;
  }
  let float = false;
  if (text.charCodeAt(at) === 0x2e) {
    float = true;
    const end = skipDigits(text, at + 1);
    if (end === at + 1) return unfinishedNumber(cursor, end);
    at = end;
  }
  const e = text.charCodeAt(at);
  if (e === 0x65 || e === 0x45) {
    float = true;
    const sign = text.charCodeAt(at + 1);
    const digits = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
    const end = skipDigits(text, digits);
    if (end === digits) return unfinishedNumber(cursor, end);
    at = end;
  }
  cursor.at = at;
  return { kind: float ? 'float' : 'int', text: text.slice(start, at) };
}

function unfinishedNumber(cursor: Cursor, at: number): null {
  cursor.at = at;
  cursor.problem = 'A number lacks digits after its point or exponent';
  return null;
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** A character by its code, such as `U+0009`. */
export function codeName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
