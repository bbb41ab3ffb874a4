import { field } from '../../../../core/json/build.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';

/**
 * Where a value stands: the positions of the entries and items that lead to it, so that repeated keys stay apart.
 * `INSIDE` begins what was read out of a text, such as the arguments of a call: from there on the text is the place.
 */
export type Path = readonly number[];
export const INSIDE = -1;

/** The path of a value of an embedded document is the path of the text that holds it. */
export function outside(path: Path): Path {
  const end = path.indexOf(INSIDE);
  return end < 0 ? path : path.slice(0, end);
}

/** The JSON pointer (RFC 6901) of a path, for people and for copying. */
export function pointerOf(root: JsonNode, path: Path): string {
  let node: JsonNode | undefined = root;
  let pointer = '';
  for (const position of outside(path)) {
    if (node?.kind === 'array') {
      pointer += `/${position}`;
      node = node.items[position];
    } else if (node?.kind === 'object') {
      const entry: { readonly key: string; readonly value: JsonNode } | undefined = node.entries[position];
      pointer += `/${(entry?.key ?? '').replaceAll('~', '~0').replaceAll('/', '~1')}`;
      node = entry?.value;
    }
  }
  return pointer;
}

/** The line, from 1, on which a value begins in the indented text that `prettyJson` writes. */
export function lineOf(root: JsonNode, path: Path): number {
  let line = 1;
  let node: JsonNode | undefined = root;
  for (const position of outside(path)) {
    const parts = childrenOf(node);
    line += 1;
    for (let i = 0; i < position && i < parts.length; i += 1) line += heightOf(parts[i]!);
    node = parts[position];
  }
  return line;
}

function childrenOf(node: JsonNode | undefined): readonly JsonNode[] {
  if (node?.kind === 'array') return node.items;
  return node?.kind === 'object' ? node.entries.map((entry) => entry.value) : [];
}

/** Lines of a value in the indented text. Walks with its own stack: nesting may be deep. */
function heightOf(root: JsonNode): number {
  let lines = 0;
  const open: JsonNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const parts = childrenOf(node);
    lines += parts.length === 0 ? 1 : 2;
    for (const part of parts) open.push(part);
  }
  return lines;
}

export type Place = { readonly node: JsonNode; readonly path: Path };

/** The value of a key with its path; of a repeated key the last, as Python reads it. */
export function at(place: Place, key: string): Place | null {
  if (place.node.kind !== 'object' || field(place.node, key) === undefined) return null;
  const position = place.node.entries.findLastIndex((entry) => entry.key === key);
  return { node: place.node.entries[position]!.value, path: [...place.path, position] };
}

/** The items of an array with their paths. */
export function itemsAt(place: Place): readonly Place[] {
  if (place.node.kind !== 'array') return [];
  return place.node.items.map((node, i) => ({ node, path: [...place.path, i] }));
}

/** An object that is being taken apart: what was taken by its key, and what is left over. */
export type Opened = {
  /** looks without taking */
  readonly see: (key: string) => Place | null;
  readonly take: (key: string) => Place | null;
  /** takes a text; another kind of value stays where it is */
  readonly takeText: (key: string) => string | null;
  readonly rest: (prefix?: string) => readonly { path: Path; label: string; node: JsonNode }[];
};

/** Opens an object so that nothing of it gets lost: whatever is not taken is in `rest`. */
export function openObject(place: Place): Opened {
  const taken = new Set<number>();
  const take = (key: string): Place | null => {
    const found = at(place, key);
    if (found !== null) taken.add(found.path.at(-1)!);
    return found;
  };
  return {
    see: (key) => at(place, key),
    take,
    takeText: (key) => {
      const found = at(place, key);
      if (found?.node.kind !== 'string') return null;
      take(key);
      return found.node.value;
    },
    rest: (prefix = '') =>
      place.node.kind !== 'object'
        ? [{ path: place.path, label: prefix, node: place.node }]
        : place.node.entries.flatMap(({ key, value }, i) =>
            taken.has(i) ? [] : [{ path: [...place.path, i], label: prefix + key, node: value }],
          ),
  };
}
