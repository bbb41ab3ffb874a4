import { distinctEntries, type JsonEntry, type JsonNode } from '../json/tree.ts';
import type { Value } from './unit.ts';

/** Whether two values are equal, which their canonical forms decide (formats/vek.md §4). Of any depth. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const open: JsonNode[] = [];
  if (!samePart(a, b, open)) return false;
  for (let y = open.pop(); y !== undefined; y = open.pop()) {
    if (!sameContainer(open.pop()!, y, open)) return false;
  }
  return true;
}

/** Compares scalars at once; pairs of containers wait in `open`. */
function samePart(a: JsonNode, b: JsonNode, open: JsonNode[]): boolean {
  if (a === b) return true;
  if (a.kind === 'array') {
    if (b.kind !== 'array' || a.items.length !== b.items.length) return false;
  } else if (a.kind !== 'object') return sameScalar(a, b);
  else if (b.kind !== 'object') return false;
  open.push(a, b);
  return true;
}

/** Whether two values are equal and neither an array nor an object. */
export function sameScalar(a: JsonNode, b: JsonNode): boolean {
  switch (a.kind) {
    case 'null':
      return b.kind === 'null';
    case 'bool':
      return b.kind === 'bool' && a.value === b.value;
    case 'int':
      return b.kind === 'int' && (a.text === b.text || (isZero(a.text) && isZero(b.text)));
    case 'float':
      return b.kind === 'float' && (a.text === b.text || Object.is(Number(a.text), Number(b.text)));
    case 'string':
      return b.kind === 'string' && a.value === b.value;
    case 'array':
    case 'object':
      return false;
  }
}

const isZero = (text: string): boolean => text === '0' || text === '-0';

function sameContainer(a: JsonNode, b: JsonNode, open: JsonNode[]): boolean {
  if (a.kind === 'array' && b.kind === 'array') {
    for (let i = 0; i < a.items.length; i += 1) {
      if (!samePart(a.items[i]!, b.items[i]!, open)) return false;
    }
    return true;
  }
  return a.kind === 'object' && b.kind === 'object' && sameEntries(a.entries, b.entries, open);
}

function sameEntries(a: readonly JsonEntry[], b: readonly JsonEntry[], open: JsonNode[]): boolean {
  const olds = withoutDuplicates(a);
  const news = withoutDuplicates(b);
  if (olds.length !== news.length) return false;
  if (sameKeys(olds, news)) {
    return olds.every((entry, i) => samePart(entry.value, news[i]!.value, open));
  }
  const values = new Map(news.map((entry) => [entry.key, entry.value]));
  return olds.every((entry) => {
    const other = values.get(entry.key);
    return other !== undefined && samePart(entry.value, other, open);
  });
}

/** Whether two lists of entries have the same keys in the same order. */
export function sameKeys(a: readonly JsonEntry[], b: readonly JsonEntry[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i]!.key !== b[i]!.key) return false;
  return true;
}

function withoutDuplicates(entries: readonly JsonEntry[]): readonly JsonEntry[] {
  return hasDuplicates(entries) ? distinctEntries(entries) : entries;
}

/** Whether a key stands in an object twice. */
export function hasDuplicates(entries: readonly JsonEntry[]): boolean {
  if (entries.length > 8) return distinctEntries(entries) !== entries;
  for (let i = 1; i < entries.length; i += 1) {
    for (let j = 0; j < i; j += 1) if (entries[i]!.key === entries[j]!.key) return true;
  }
  return false;
}
