import { codeName, readNumber, readString, skipBlanks } from './scan.ts';
import type { Cursor } from './scan.ts';
import { jsonFalse, jsonNull, jsonTrue } from './tree.ts';
import type { JsonEntry, JsonNode } from './tree.ts';

/** `maxDepth`: levels of nesting. `maxChars`: UTF-16 units of text (bytes, where bytes are read). */
export type JsonLimits = { readonly maxDepth?: number; readonly maxChars?: number };

/** Levels that every function of this folder walks without overflowing a stack; a larger limit is cut to it. */
const deepest = 2_000;

/** Size of a text, in UTF-16 units, or of bytes that is read when the caller names none. */
export const defaultMaxChars = 64 * 1024 * 1024;

/** Why a text is no JSON. `offset` counts UTF-16 units from 0, `line` and `column` from 1. */
export type JsonProblem = {
  readonly message: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly kind: 'syntax' | 'too-deep' | 'too-large';
};

export type JsonParse =
  { readonly ok: true; readonly node: JsonNode } | { readonly ok: false; readonly error: JsonProblem };

/**
 * Reads a text as Python's `json.loads` does (formats/vek.md §4): NaN, Infinity and -Infinity are accepted, raw
 * control characters in strings are not. Integers of more than 4,300 digits, which Python refuses, are read here
 * and have no canonical form.
 */
export function parseJson(text: string, limits: JsonLimits = {}): JsonParse {
  const maxChars = limits.maxChars ?? defaultMaxChars;
  if (text.length > maxChars) return { ok: false, error: tooLarge(text.length, maxChars) };
  const reading = read(text, Math.min(limits.maxDepth ?? deepest, deepest), false);
  if (reading.problem === null && reading.node !== null) return { ok: true, node: reading.node };
  return {
    ok: false,
    error: problemAt(text, reading.at, reading.problem ?? 'There is no value', reading.tooDeep),
  };
}

/**
 * What can be read of a text that was cut off: open arrays and objects are closed, a string ends where the text
 * ends, an unfinished number or word is left out. `node` is null when not even a first value began.
 */
export function parsePrefix(text: string): { readonly node: JsonNode | null; readonly complete: boolean } {
  const reading = read(text, deepest, true);
  return { node: reading.node, complete: reading.problem === null };
}

/** The problem of a text or a blob beyond the limit of size. */
export function tooLarge(size: number, limit: number): JsonProblem {
  const message = `The document has a size of ${size}, more than the ${limit} that are read at once`;
  return { message, offset: 0, line: 1, column: 1, kind: 'too-large' };
}

type Frame =
  | { readonly kind: 'array'; readonly items: JsonNode[] }
  | { readonly kind: 'object'; readonly entries: JsonEntry[]; key: string };

type Reading = {
  readonly node: JsonNode | null;
  readonly problem: string | null;
  readonly at: number;
  readonly tooDeep: boolean;
};

/** The parser itself: a loop with its own stack, so that no nesting overflows the engine's. */
function read(text: string, maxDepth: number, keepBroken: boolean): Reading {
  const cursor: Cursor = { text, at: 0, problem: null };
  const stack: Frame[] = [];
  let top: Frame | undefined;
  for (;;) {
    cursor.at = skipBlanks(text, cursor.at);
    const c = text.charCodeAt(cursor.at);
    let node: JsonNode | null;
    if (c === 0x7b || c === 0x5b) {
      if (stack.length >= maxDepth) {
        cursor.problem = `Values are nested more than ${maxDepth} levels deep`;
        return { ...broken(cursor, stack, null, keepBroken), tooDeep: true };
      }
      cursor.at = skipBlanks(text, cursor.at + 1);
      const closing = text.charCodeAt(cursor.at) === c + 2;
      top = c === 0x5b ? { kind: 'array', items: [] } : { kind: 'object', entries: [], key: '' };
      if (closing) {
        cursor.at++;
        node = closed(top);
        top = stack.at(-1);
      } else {
        stack.push(top);
        if (top.kind === 'object' && !readKey(cursor, top)) return broken(cursor, stack, null, keepBroken);
        continue;
      }
    } else {
      node = readScalar(cursor, c, keepBroken);
      if (cursor.problem !== null || node === null) return broken(cursor, stack, node, keepBroken);
    }
    for (;;) {
      if (top === undefined) {
        cursor.at = skipBlanks(text, cursor.at);
        if (cursor.at < text.length) cursor.problem = 'More text follows after the end of the value';
        return { node, problem: cursor.problem, at: cursor.at, tooDeep: false };
      }
      attach(top, node);
      cursor.at = skipBlanks(text, cursor.at);
      const next = text.charCodeAt(cursor.at);
      if (next === 0x2c) {
        cursor.at++;
        if (top.kind === 'object') {
          cursor.at = skipBlanks(text, cursor.at);
          if (!readKey(cursor, top)) return broken(cursor, stack, null, keepBroken);
        }
        break;
      }
      if (next !== (top.kind === 'array' ? 0x5d : 0x7d)) {
        cursor.problem = unexpected(
          cursor,
          `a comma or the end of the ${top.kind === 'array' ? 'list' : 'object'}`,
        );
        return broken(cursor, stack, null, keepBroken);
      }
      cursor.at++;
      node = closed(top);
      stack.pop();
      top = stack.at(-1);
    }
  }
}

function closed(frame: Frame): JsonNode {
  return frame.kind === 'array'
    ? { kind: 'array', items: frame.items }
    : { kind: 'object', entries: frame.entries };
}

function attach(frame: Frame, node: JsonNode): void {
  if (frame.kind === 'array') frame.items.push(node);
  else frame.entries.push({ key: frame.key, value: node });
}

/** Ends the reading. In tolerant mode everything open is closed around what was read last. */
function broken(cursor: Cursor, stack: Frame[], last: JsonNode | null, keepBroken: boolean): Reading {
  let node: JsonNode | null = last;
  if (keepBroken) {
    for (let frame = stack.pop(); frame !== undefined; frame = stack.pop()) {
      if (node !== null) attach(frame, node);
      node = closed(frame);
    }
  }
  return { node, problem: cursor.problem ?? 'There is no value', at: cursor.at, tooDeep: false };
}

function readKey(cursor: Cursor, frame: { key: string }): boolean {
  const { text } = cursor;
  if (text.charCodeAt(cursor.at) !== 0x22) {
    cursor.problem = unexpected(cursor, 'a key in double quotes');
    return false;
  }
  frame.key = readString(cursor);
  if (cursor.problem !== null) return false;
  cursor.at = skipBlanks(text, cursor.at);
  if (text.charCodeAt(cursor.at) !== 0x3a) {
    cursor.problem = unexpected(cursor, 'a colon after the key');
    return false;
  }
  cursor.at++;
  return true;
}

function readScalar(cursor: Cursor, c: number, keepBroken: boolean): JsonNode | null {
  const { text } = cursor;
  if (c === 0x22) return { kind: 'string', value: readString(cursor) };
  if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
    const number = readNumber(cursor);
    if (!keepBroken || cursor.at < text.length) return number;
    cursor.problem ??= 'The text ends inside a number';
    return null;
  }
  if (c === 0x6e && text.startsWith('null', cursor.at)) return word(cursor, 4, jsonNull);
  if (c === 0x74 && text.startsWith('true', cursor.at)) return word(cursor, 4, jsonTrue);
  if (c === 0x66 && text.startsWith('false', cursor.at)) return word(cursor, 5, jsonFalse);
  if (c === 0x4e && text.startsWith('NaN', cursor.at)) return word(cursor, 3, { kind: 'float', text: 'NaN' });
  if (c === 0x49 && text.startsWith('Infinity', cursor.at)) {
    return word(cursor, 8, { kind: 'float', text: 'Infinity' });
  }
  cursor.problem = unexpected(cursor, 'a value');
  return null;
}

function word(cursor: Cursor, length: number, node: JsonNode): JsonNode {
  cursor.at += length;
  return node;
}

function unexpected(cursor: Cursor, wanted: string): string {
  const code = cursor.text.codePointAt(cursor.at);
  if (code === undefined) return `The text ends where ${wanted} should be`;
  const seen = code > 0x20 && code < 0x7f ? `“${String.fromCodePoint(code)}”` : codeName(code);
  return `There is ${seen} where ${wanted} should be`;
}

function problemAt(text: string, offset: number, message: string, tooDeep: boolean): JsonProblem {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { message, offset, line, column: offset - lineStart + 1, kind: tooDeep ? 'too-deep' : 'syntax' };
}
