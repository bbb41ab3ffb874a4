/**
 * A JSON document as a tree that keeps what Python keeps apart and JavaScript loses: integers and floats with
 * their source text, key order, duplicate keys, lone surrogates (formats/vek.md §4).
 */
export type JsonNode =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly text: string }
  /** source text; NaN, Infinity and -Infinity are floats */
  | { readonly kind: 'float'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | JsonArray
  | JsonObject;

export type JsonArray = { readonly kind: 'array'; readonly items: readonly JsonNode[] };
export type JsonObject = { readonly kind: 'object'; readonly entries: readonly JsonEntry[] };

/** One `"key": value` of an object, in source order. */
export type JsonEntry = { readonly key: string; readonly value: JsonNode };

export const jsonNull: JsonNode = { kind: 'null' };
export const jsonTrue: JsonNode = { kind: 'bool', value: true };
export const jsonFalse: JsonNode = { kind: 'bool', value: false };

/**
 * Order of two texts by Unicode code point, as Python sorts keys: negative, zero or positive. JavaScript's own
 * order is by UTF-16 unit and puts astral characters before U+E000 (formats/vek.md §4).
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      return codePointRank(x) - codePointRank(y);
    }
  }
  return a.length - b.length;
}

function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** The entries as a Python dict holds them: a repeated key keeps its first place and its last value. */
export function distinctEntries(entries: readonly JsonEntry[]): readonly JsonEntry[] {
  if (entries.length < 2) return entries;
  const last = new Map<string, JsonNode>();
  for (const entry of entries) last.set(entry.key, entry.value);
  if (last.size === entries.length) return entries;
  return Array.from(last, ([key, value]) => ({ key, value }));
}
