import { readNumber, readString, type Cursor } from '../json/scan.ts';
import {
  jsonFalse,
  jsonNull,
  jsonTrue,
  type JsonArray,
  type JsonEntry,
  type JsonNode,
  type JsonObject,
} from '../json/tree.ts';
import { childrenOf } from './file-places.ts';
import type { PlacedText } from './file-style.ts';

/** A value of a file whose parts are read when they are first asked for. */
export type Tree = { readonly file: PlacedText; readonly node: JsonNode; readonly at: number };

/**
 * The value of a text as a tree. It is read as far as it is looked at, so that what nobody asks for costs nothing. What
 * stands in `like` (another version of the same file) at the same place with the same characters is the very same
 * object in both trees.
 */
export function treeOf(file: PlacedText, like: Tree | null = null): Tree {
  return { file, node: nodeAt(file, 0, like), at: 0 };
}

function nodeAt(file: PlacedText, at: number, like: Tree | null): JsonNode {
  if (like !== null && sameText(file, at, like)) return like.node;
  const { text, places } = file;
  switch (text[places.start[at]!]) {
    case '{':
      return new LazyObject(file, at, like?.node.kind === 'object' ? like : null);
    case '[':
      return new LazyArray(file, at, like?.node.kind === 'array' ? like : null);
    default:
      return scalarAt(text, places.start[at]!);
  }
}

function sameText({ text, places }: PlacedText, at: number, like: Tree): boolean {
  const [from, to] = [places.start[at]!, places.end[at]!];
  const { places: others, text: other } = like.file;
  const [otherFrom, otherTo] = [others.start[like.at]!, others.end[like.at]!];
  if (to - from !== otherTo - otherFrom) return false;
  return text.slice(from, to) === other.slice(otherFrom, otherTo);
}

function scalarAt(text: string, from: number): JsonNode {
  const cursor: Cursor = { text, at: from, problem: null };
  switch (text[from]) {
    case '"':
      return { kind: 'string', value: readString(cursor) };
    case 't':
      return jsonTrue;
    case 'f':
      return jsonFalse;
    case 'n':
      return jsonNull;
    case 'N':
      return { kind: 'float', text: 'NaN' };
    case 'I':
      return { kind: 'float', text: 'Infinity' };
    default:
      return readNumber(cursor) ?? jsonNull;
  }
}

class LazyArray implements JsonArray {
  readonly kind = 'array';
  #file: PlacedText | null;
  #at: number;
  #like: Tree | null;
  #items: readonly JsonNode[] = [];

  constructor(file: PlacedText, at: number, like: Tree | null) {
    this.#file = file;
    this.#at = at;
    this.#like = like;
  }

  get items(): readonly JsonNode[] {
    if (this.#file !== null) {
      this.#items = readItems(this.#file, this.#at, this.#like);
      this.#file = null;
      this.#like = null;
    }
    return this.#items;
  }
}

class LazyObject implements JsonObject {
  readonly kind = 'object';
  #file: PlacedText | null;
  #at: number;
  #like: Tree | null;
  #entries: readonly JsonEntry[] = [];

  constructor(file: PlacedText, at: number, like: Tree | null) {
    this.#file = file;
    this.#at = at;
    this.#like = like;
  }

  get entries(): readonly JsonEntry[] {
    if (this.#file !== null) {
      this.#entries = readEntries(this.#file, this.#at, this.#like);
      this.#file = null;
      this.#like = null;
    }
    return this.#entries;
  }
}

/** Elements are like those at the same distance from where the two lists last agreed. */
function readItems(file: PlacedText, at: number, like: Tree | null): readonly JsonNode[] {
  const children = childrenOf(file.places, at);
  if (like?.node.kind !== 'array') return children.map((child) => nodeAt(file, child, null));
  const others = childrenOf(like.file.places, like.at);
  const nodes = like.node.items;
  const twin = (i: number): Tree => ({ file: like.file, node: nodes[i]!, at: others[i]! });
  const fromEnd = others.length - children.length;
  let shift = 0;
  return children.map((child, i) => {
    for (const step of [shift, shift + 1, shift - 1, fromEnd]) {
      const other = i + step;
      if (other < 0 || other >= others.length || !sameText(file, child, twin(other))) continue;
      shift = step;
      return nodes[other]!;
    }
    const beside = i + shift;
    return nodeAt(file, child, beside >= 0 && beside < others.length ? twin(beside) : null);
  });
}

function readEntries(file: PlacedText, at: number, like: Tree | null): readonly JsonEntry[] {
  const children = childrenOf(file.places, at);
  const keyed = children.map((child) => ({ child, key: keyAt(file, child) }));
  if (like?.node.kind !== 'object') {
    return keyed.map(({ child, key }) => ({ key, value: nodeAt(file, child, null) }));
  }
  const { entries } = like.node;
  const others = childrenOf(like.file.places, like.at);
  let places: ReadonlyMap<string, number> | null = null;
  return keyed.map(({ child, key }, i) => {
    let other = i;
    if (entries[i]?.key !== key) {
      places ??= new Map(entries.map((entry, j) => [entry.key, j]));
      other = places.get(key) ?? -1;
    }
    const twin = other < 0 ? null : { file: like.file, node: entries[other]!.value, at: others[other]! };
    return { key, value: nodeAt(file, child, twin) };
  });
}

function keyAt({ text, places }: PlacedText, child: number): string {
  return readString({ text, at: places.key[child]!, problem: null });
}
