import { compareCodePoints, distinctEntries } from './tree.ts';
import type { JsonNode } from './tree.ts';

/** Digits of an integer that Python still reads and writes (formats/vek.md §4). */
export const pythonIntegerDigits = 4_300;

/**
 * The canonical form: the text that Python's `json.dumps` writes with sorted keys, no blanks and non-ASCII raw
 * (formats/vek.md §4). Lone surrogates and integers of more than 4,300 digits have none.
 */
export function canonicalText(
  node: JsonNode,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string } {
  const state: { reason: string | null } = { reason: null };
  const text = write(node, state);
  return state.reason === null ? { ok: true, text } : { ok: false, reason: state.reason };
}

/** The canonical form as UTF-8, as it is hashed and stored. */
export function canonicalBytes(
  node: JsonNode,
): { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string } {
  const result = canonicalText(node);
  return result.ok ? { ok: true, bytes: new TextEncoder().encode(result.text) } : result;
}

function write(node: JsonNode, state: { reason: string | null }): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return node.value ? 'true' : 'false';
    case 'int':
      return pythonInteger(node.text, state);
    case 'float':
      return pythonFloat(Number(node.text));
    case 'string':
      return quoted(node.value, state);
    case 'array': {
      let text = '[';
      for (let i = 0; i < node.items.length; i++) {
        text += (i === 0 ? '' : ',') + write(node.items[i]!, state);
      }
      return `${text}]`;
    }
    case 'object': {
      const entries = distinctEntries(node.entries).toSorted((a, b) => compareCodePoints(a.key, b.key));
      let text = '{';
      for (let i = 0; i < entries.length; i++) {
        const { key, value } = entries[i]!;
        text += `${i === 0 ? '' : ','}${quoted(key, state)}:${write(value, state)}`;
      }
      return `${text}}`;
    }
  }
}

function pythonInteger(text: string, state: { reason: string | null }): string {
  const digits = text.length - (text.startsWith('-') ? 1 : 0);
  if (digits > pythonIntegerDigits) {
    state.reason ??= `An integer has ${digits} digits; Python reads and writes at most ${pythonIntegerDigits}`;
  }
  return text === '-0' ? '0' : text;
}

function quoted(value: string, state: { reason: string | null }): string {
  if (!value.isWellFormed()) {
    state.reason ??= 'A text holds half of a surrogate pair, which can’t be written as UTF-8';
  }
  return JSON.stringify(value);
}

/** A double as Python prints it: the shortest digits that read back the same, in Python's layout (§4). */
export function pythonFloat(x: number): string {
  if (x === 0) return Object.is(x, -0) ? '-0.0' : '0.0';
  if (!Number.isFinite(x)) return String(x);
  const size = Math.abs(x);
  if (size >= 1e-4 && size < 1e16) {
    const plain = String(x);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const text = x.toExponential();
  const e = text.indexOf('e');
  return `${text.slice(0, e + 2)}${text.slice(e + 2).padStart(2, '0')}`;
}
