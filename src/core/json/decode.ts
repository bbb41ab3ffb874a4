import { defaultMaxChars, parseJson, parsePrefix, tooLarge } from './parse.ts';
import type { JsonLimits, JsonParse } from './parse.ts';
import { jsonNull } from './tree.ts';
import type { JsonNode } from './tree.ts';

export type JsonEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

export type DecodedJson =
  | { readonly ok: true; readonly text: string; readonly encoding: JsonEncoding; readonly bom: boolean }
  | { readonly ok: false; readonly reason: string };

/**
 * The text of stored bytes, by the rules of Python's `json.loads`: a byte order mark, else UTF-16 or UTF-32 where
 * the zero bytes of the first four say so, else UTF-8. Encoded surrogates are passed through as they are; two
 * halves that were encoded one by one count as the whole character here, while Python keeps them apart.
 */
export function decodeJsonBytes(bytes: Uint8Array): DecodedJson {
  const { encoding, bom } = detectEncoding(bytes);
  const body = bytes.subarray(bom);
  const text = encoding === 'utf-8' ? decodeUtf8(body) : decodeWide(body, encoding);
  if (typeof text !== 'string') {
    return { ok: false, reason: `The bytes are no valid ${encoding.toUpperCase()} at byte ${text.at + bom}` };
  }
  return { ok: true, text, encoding, bom: bom > 0 };
}

/** Reads stored bytes as vek does. No bytes at all read as null (formats/vek.md §4). */
export function parseJsonBytes(bytes: Uint8Array, limits: JsonLimits = {}): JsonParse {
  if (bytes.length === 0) return { ok: true, node: jsonNull };
  const maxChars = limits.maxChars ?? defaultMaxChars;
  if (bytes.length > maxChars) return { ok: false, error: tooLarge(bytes.length, maxChars) };
  const decoded = decodeJsonBytes(bytes);
  if (decoded.ok) return parseJson(decoded.text, limits);
  return { ok: false, error: { message: decoded.reason, offset: 0, line: 1, column: 1, kind: 'syntax' } };
}

/** What can be read of bytes that were cut off at any place: see `parsePrefix`. */
export function parsePrefixBytes(bytes: Uint8Array): {
  readonly node: JsonNode | null;
  readonly complete: boolean;
} {
  if (bytes.length === 0) return { node: null, complete: false };
  const { encoding, bom } = detectEncoding(bytes);
  const unit = encoding === 'utf-8' ? 1 : encoding.startsWith('utf-16') ? 2 : 4;
  const body = bytes.subarray(bom);
  const whole = body.subarray(0, encoding === 'utf-8' ? wholeUtf8(body) : body.length - (body.length % unit));
  const decoded = decodeJsonBytes(
    whole.length === body.length ? bytes : bytes.subarray(0, bom + whole.length),
  );
  return decoded.ok ? parsePrefix(decoded.text) : { node: null, complete: false };
}

function detectEncoding(b: Uint8Array): { readonly encoding: JsonEncoding; readonly bom: number } {
  const starts = (...mark: readonly number[]): boolean => mark.every((byte, i) => b[i] === byte);
  if (starts(0, 0, 0xfe, 0xff)) return { encoding: 'utf-32be', bom: 4 };
  if (starts(0xff, 0xfe, 0, 0)) return { encoding: 'utf-32le', bom: 4 };
  if (starts(0xfe, 0xff)) return { encoding: 'utf-16be', bom: 2 };
  if (starts(0xff, 0xfe)) return { encoding: 'utf-16le', bom: 2 };
  if (starts(0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', bom: 3 };
  if (b.length >= 4) {
    if (b[0] === 0) return { encoding: b[1] === 0 ? 'utf-32be' : 'utf-16be', bom: 0 };
    if (b[1] === 0) return { encoding: b[2] === 0 && b[3] === 0 ? 'utf-32le' : 'utf-16le', bom: 0 };
  } else if (b.length === 2) {
    if (b[0] === 0) return { encoding: 'utf-16be', bom: 0 };
    if (b[1] === 0) return { encoding: 'utf-16le', bom: 0 };
  }
  return { encoding: 'utf-8', bom: 0 };
}

type Bad = { readonly at: number };

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string | Bad {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return decodeUtf8WithSurrogates(bytes);
  }
}

/** UTF-8 that may hold encoded surrogates, which the platform's decoder refuses and Python passes. */
function decodeUtf8WithSurrogates(bytes: Uint8Array): string | Bad {
  let text = '';
  let from = 0;
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    const second = bytes[at + 1] ?? 0;
    const third = bytes[at + 2] ?? 0;
    if (second < 0xa0 || second > 0xbf || third < 0x80 || third > 0xbf) continue;
    const piece = decodePlainUtf8(bytes, from, at);
    if (typeof piece !== 'string') return piece;
    text += piece + String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f));
    from = at + 3;
  }
  const rest = decodePlainUtf8(bytes, from, bytes.length);
  return typeof rest === 'string' ? text + rest : rest;
}

function decodePlainUtf8(bytes: Uint8Array, from: number, to: number): string | Bad {
  const piece = bytes.subarray(from, to);
  try {
    return strictUtf8.decode(piece);
  } catch {
    return { at: from + firstBadByte(piece) };
  }
}

/** The offset of the first byte that makes UTF-8 invalid. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle;
    }
  }
  return low;
}

/** The length without an unfinished last character. */
function wholeUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
    if (byte < 0x80) break;
  }
  return bytes.length;
}

function decodeWide(bytes: Uint8Array, encoding: JsonEncoding): string | Bad {
  const little = encoding.endsWith('le');
  const size = encoding.startsWith('utf-16') ? 2 : 4;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units: number[] = [];
  let text = '';
  for (let at = 0; at < bytes.length; at += size) {
    if (at + size > bytes.length) return { at };
    const code = size === 2 ? view.getUint16(at, little) : view.getUint32(at, little);
    if (code > 0x10ffff) return { at };
    units.push(code);
    if (units.length === 4096) {
      text += String.fromCodePoint(...units);
      units.length = 0;
    }
  }
  return text + String.fromCodePoint(...units);
}
