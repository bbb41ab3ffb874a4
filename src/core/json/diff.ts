import { compareCodePoints, distinctEntries } from './tree.ts';
import type { JsonNode } from './tree.ts';

/** One change, with the keys and their order of vek's `json_diff`. */
export type JsonChange =
  | { readonly op: 'add'; readonly path: string; readonly new: JsonNode }
  | { readonly op: 'remove'; readonly path: string; readonly old: JsonNode }
  | { readonly op: 'change'; readonly path: string; readonly old: JsonNode; readonly new: JsonNode };

/**
 * What changed from `a` to `b`, depth first, exactly as vek's `json_diff` (formats/vek.md §6): integers, floats
 * and booleans are different types, arrays compare by index, NaN differs from NaN, 0.0 equals -0.0.
 */
export function jsonDiff(a: JsonNode, b: JsonNode): readonly JsonChange[] {
  const changes: JsonChange[] = [];
  compare(a, b, '', changes);
  return changes;
}

function compare(a: JsonNode, b: JsonNode, path: string, changes: JsonChange[]): void {
  if (a.kind === 'object' && b.kind === 'object') {
    const olds = new Map(distinctEntries(a.entries).map((entry) => [entry.key, entry.value]));
    const news = new Map(distinctEntries(b.entries).map((entry) => [entry.key, entry.value]));
    const keys = [...new Set([...olds.keys(), ...news.keys()])].sort(compareCodePoints);
    for (const key of keys) step(olds.get(key), news.get(key), `${path}/${key}`, changes);
  } else if (a.kind === 'array' && b.kind === 'array') {
    const length = Math.max(a.items.length, b.items.length);
    for (let i = 0; i < length; i++) step(a.items[i], b.items[i], `${path}[${i}]`, changes);
  } else if (!sameLeaf(a, b)) {
    changes.push({ op: 'change', path: path === '' ? '/' : path, old: a, new: b });
  }
}

function step(a: JsonNode | undefined, b: JsonNode | undefined, path: string, changes: JsonChange[]): void {
  if (a !== undefined && b !== undefined) compare(a, b, path, changes);
  else if (b !== undefined) changes.push({ op: 'add', path, new: b });
  else if (a !== undefined) changes.push({ op: 'remove', path, old: a });
}

function sameLeaf(a: JsonNode, b: JsonNode): boolean {
  switch (a.kind) {
    case 'null':
      return b.kind === 'null';
    case 'bool':
      return b.kind === 'bool' && a.value === b.value;
    case 'int':
      return b.kind === 'int' && (a.text === '-0' ? '0' : a.text) === (b.text === '-0' ? '0' : b.text);
    case 'float':
      return b.kind === 'float' && Number(a.text) === Number(b.text);
    case 'string':
      return b.kind === 'string' && a.value === b.value;
    case 'array':
    case 'object':
      return false;
  }
}
