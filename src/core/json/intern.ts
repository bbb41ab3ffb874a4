import { pythonFloat } from './canonical.ts';
import { compareCodePoints, distinctEntries, type JsonEntry, type JsonNode } from './tree.ts';

/** Gives equal values the same number: values are equal whose canonical forms are (formats/vek.md §4). */
export type Interner = (node: JsonNode) => number;

/** Makes an interner; its numbers mean nothing to another one. One pass over a tree, whatever its depth. */
export function createInterner(): Interner {
  const numbers = new Map<string, number>();
  const known = new Map<JsonNode, number>();
  const numberOf = (key: string): number => {
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size));
    return number;
  };
  const intern = (node: JsonNode): number => {
    if (node.kind !== 'array' && node.kind !== 'object') return numberOf(scalarKey(node));
    let number = known.get(node);
    if (number === undefined) {
      number = numberOf(node.kind === 'array' ? arrayKey(node.items) : objectKey(node.entries));
      known.set(node, number);
    }
    return number;
  };
  const arrayKey = (items: readonly JsonNode[]): string => {
    let key = '[';
    for (const item of items) key += `${intern(item)},`;
    return key;
  };
  const objectKey = (entries: readonly JsonEntry[]): string => {
    let key = '{';
    for (const entry of sortedEntries(entries))
      key += `${entry.key.length}:${entry.key}${intern(entry.value)},`;
    return key;
  };
  return intern;
}

/**
 * Which of two values stands first in an order that nothing but the values decides: negative, zero where they are
 * equal, or positive.
 */
export function compareValues(a: JsonNode, b: JsonNode, intern: Interner): number {
  if (intern(a) === intern(b)) return 0;
  if (a.kind === 'array' && b.kind === 'array') {
    if (a.items.length !== b.items.length) return a.items.length - b.items.length;
    const at = a.items.findIndex((item, i) => intern(item) !== intern(b.items[i]!));
    return compareValues(a.items[at]!, b.items[at]!, intern);
  }
  if (a.kind === 'object' && b.kind === 'object') {
    const [olds, news] = [sortedEntries(a.entries), sortedEntries(b.entries)];
    if (olds.length !== news.length) return olds.length - news.length;
    const differs = (entry: JsonEntry, i: number): boolean =>
      entry.key !== news[i]!.key || intern(entry.value) !== intern(news[i]!.value);
    const at = olds.findIndex(differs);
    const byKey = compareCodePoints(olds[at]!.key, news[at]!.key);
    return byKey === 0 ? compareValues(olds[at]!.value, news[at]!.value, intern) : byKey;
  }
  const [one, two] = [rankOf(a), rankOf(b)];
  return one < two ? -1 : 1;
}

function rankOf(node: JsonNode): string {
  return node.kind === 'array' || node.kind === 'object' ? node.kind : scalarKey(node);
}

/** The text of a scalar that two have in common exactly where they are equal. */
export function scalarKey(node: Exclude<JsonNode, { kind: 'array' | 'object' }>): string {
  switch (node.kind) {
    case 'null':
      return 'n';
    case 'bool':
      return node.value ? 't' : 'f';
    case 'int':
      return `i${node.text === '-0' ? '0' : node.text}`;
    case 'float':
      return `d${pythonFloat(Number(node.text))}`;
    case 'string':
      return `s${node.value}`;
  }
}

function sortedEntries(entries: readonly JsonEntry[]): readonly JsonEntry[] {
  const sorted = entries.every(
    (entry, i) => i === 0 || compareCodePoints(entries[i - 1]!.key, entry.key) < 0,
  );
  return sorted ? entries : distinctEntries(entries).toSorted((x, y) => compareCodePoints(x.key, y.key));
}
