/**
 * Steps over JSON in bytes, strictly by its grammar, without making values. All return the position behind, or -1
 * where the text is no JSON, ends too early, or has something that the caller had better give to `JSON.parse`.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const DOT = 0x2e;
const DEEP = 64;

/** Whether the last string that was stepped over has escapes or is not ASCII. */
export const last = { odd: false, wide: false };

export function skipBlanks(bytes: Uint8Array, from: number, to: number): number {
  let p = from;
  while (p < to) {
    const c = bytes[p]!;
    // a line ends at LF, which is no blank here
    if (c !== 0x20 && c !== 0x09 && c !== 0x0d) return p;
    p += 1;
  }
  return p;
}

/** `from` is behind the opening quotation mark; the result is the position of the closing one. */
export function skipString(bytes: Uint8Array, from: number, to: number): number {
  let p = from;
  last.odd = false;
  while (p < to) {
    const c = bytes[p]!;
    if (c === QUOTE) return p;
    if (c < 0x20) return -1;
    if (c === BACKSLASH) {
      last.odd = true;
      p = skipEscape(bytes, p + 1, to);
      if (p === -1) return -1;
      continue;
    }
    if (c > 0x7f) {
      last.odd = true;
      last.wide = true;
    }
    p += 1;
  }
  return -1;
}

function skipEscape(bytes: Uint8Array, p: number, to: number): number {
  switch (bytes[p]) {
    case 0x22:
    case 0x5c:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return p + 1;
    case 0x75:
      if (p + 5 > to) return -1;
      for (let i = 1; i < 5; i++) if (!isHex(bytes[p + i]!)) return -1;
      return p + 5;
    default:
      return -1;
  }
}

const isHex = (c: number): boolean =>
  (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);

export const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;

export function skipNumber(bytes: Uint8Array, from: number, to: number): number {
  let p = from;
  if (bytes[p] === MINUS) p += 1;
  if (p >= to || !isDigit(bytes[p]!)) return -1;
  if (bytes[p] === 0x30) p += 1;
  else while (p < to && isDigit(bytes[p]!)) p += 1;
  if (p < to && bytes[p] === DOT) {
    p += 1;
    const digits = p;
    while (p < to && isDigit(bytes[p]!)) p += 1;
    if (p === digits) return -1;
  }
  if (p < to && (bytes[p]! | 0x20) === 0x65) {
    p += 1;
    if (bytes[p] === 0x2b || bytes[p] === MINUS) p += 1;
    const digits = p;
    while (p < to && isDigit(bytes[p]!)) p += 1;
    if (p === digits) return -1;
  }
  return p < to ? p : -1;
}

export function skipWord(bytes: Uint8Array, from: number, to: number, word: string): number {
  if (from + word.length >= to) return -1;
  for (let i = 0; i < word.length; i++) if (bytes[from + i] !== word.charCodeAt(i)) return -1;
  return from + word.length;
}

/** Any value; `from` is at its first byte. */
export function skipValue(bytes: Uint8Array, from: number, to: number, depth = 0): number {
  switch (bytes[from]) {
    case QUOTE: {
      const end = skipString(bytes, from + 1, to);
      return end === -1 ? -1 : end + 1;
    }
    case 0x7b:
      return skipMembers(bytes, from + 1, to, depth + 1, 0x7d, true);
    case 0x5b:
      return skipMembers(bytes, from + 1, to, depth + 1, 0x5d, false);
    case 0x74:
      return skipWord(bytes, from, to, 'true');
    case 0x66:
      return skipWord(bytes, from, to, 'false');
    case 0x6e:
      return skipWord(bytes, from, to, 'null');
    default:
      return skipNumber(bytes, from, to);
  }
}

function skipMembers(
  bytes: Uint8Array,
  from: number,
  to: number,
  depth: number,
  close: number,
  named: boolean,
): number {
  if (depth > DEEP) return -1;
  let p = skipBlanks(bytes, from, to);
  if (bytes[p] === close) return p + 1;
  while (p < to) {
    if (named) {
      if (bytes[p] !== QUOTE) return -1;
      p = skipString(bytes, p + 1, to);
      if (p === -1) return -1;
      p = skipBlanks(bytes, p + 1, to);
      if (bytes[p] !== 0x3a) return -1;
      p = skipBlanks(bytes, p + 1, to);
    }
    p = skipValue(bytes, p, to, depth);
    if (p === -1) return -1;
    p = skipBlanks(bytes, p, to);
    if (bytes[p] === close) return p + 1;
    if (bytes[p] !== 0x2c) return -1;
    p = skipBlanks(bytes, p + 1, to);
  }
  return -1;
}
