import { pythonFloat } from './canonical.ts';
import { distinctEntries, type JsonNode } from './tree.ts';

/** Gives equal values the same number: values are equal whose canonical forms are (formats/vek.md §4). */
export type Interner = (node: JsonNode) => number;

/** Makes an interner; its numbers mean nothing to another one. One pass over a tree, whatever its depth. */
export function createInterner(): Interner {
  const numbers = new Map<string, number>();
  const known = new Map<JsonNode, number>();
  const numberOf = (key: string): number => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  const intern = (node: JsonNode): number => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const number = numberOf(keyOf(node, intern));
    known.set(node, number);
    return number;
  };
  return intern;
}

function keyOf(node: JsonNode, intern: Interner): string {
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
    case 'array':
      return `[${node.items.map(intern).join()}`;
    case 'object': {
      const entries = distinctEntries(node.entries).map(
        ({ key, value }) => `${JSON.stringify(key)}${intern(value)}`,
      );
      return `{${entries.toSorted().join()}`;
    }
  }
}
