import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** Where a value stands: keys of mappings and places in lists. */
export type YamlPath = readonly (string | number)[];

/** A text with the places of its values. */
export type Tree = { readonly text: string; readonly root: Node | null };

/** What stands at a path. `depth`: how many steps of it are there; `node` is what they lead to. */
export type Place = {
  readonly depth: number;
  readonly node: Node | null;
  /** the pair that holds the node */
  readonly pair: Pair | null;
  /** the path leads through an alias, whose target stands elsewhere */
  readonly aliased: boolean;
};

export function parseTree(text: string): Tree | null {
  const document = parseDocument(text, {
    version: '1.1',
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    keepSourceTokens: true,
    logLevel: 'error',
  });
  return document.errors.length > 0 ? null : { text, root: document.contents };
}

/** Follows a path as far as it goes. */
export function placeAt(tree: Tree, path: YamlPath): Place {
  let node: Node | null = tree.root;
  let pair: Pair | null = null;
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) return { depth, node, pair, aliased: true };
    if (typeof step === 'string') {
      const found: Pair | undefined = isMap(node) ? pairsOf(node, step).at(-1) : undefined;
      if (found === undefined) return { depth, node, pair, aliased: false };
      pair = found;
      node = found.value as Node | null;
    } else {
      if (!isSeq(node) || step >= node.items.length) return { depth, node, pair, aliased: false };
      pair = null;
      node = node.items[step] as Node | null;
    }
  }
  return { depth: path.length, node, pair, aliased: false };
}

/** The pairs of a mapping with this key; the last one holds. */
export function pairsOf(map: YAMLMap, key: string): readonly Pair[] {
  return map.items.filter((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** A value of which nothing stands in the text, as after `key:`. */
export function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.type === 'PLAIN' && node.source === '' && !node.tag);
}

export function rangeOf(node: Node): readonly [start: number, end: number] {
  const range = node.range ?? [0, 0, 0];
  return [range[0], range[1]];
}

/** Where the text of a value ends, without blanks, comments and empty lines below. */
export function contentEnd(tree: Tree, node: Node): number {
  const [start, end] = rangeOf(node);
  if (isScalar(node) && isBlock(node)) {
    return Math.max(start + 1, start + tree.text.slice(start, end).replace(/\s+$/, '').length);
  }
  if (isMap(node) && node.flow !== true && node.items.length > 0) return pairEnd(tree, node.items.at(-1)!);
  if (isSeq(node) && node.flow !== true && node.items.length > 0) {
    const last = node.items.at(-1) as Node | null;
    return last === null || isEmpty(last) ? dashes(node).at(-1)! + 1 : contentEnd(tree, last);
  }
  return end;
}

/** Where a pair ends, by the same rule. */
export function pairEnd(tree: Tree, pair: Pair): number {
  const value = pair.value as Node | null;
  return value === null || isEmpty(value) ? colonEnd(pair) : contentEnd(tree, value);
}

/** The place directly behind the colon of a pair, or behind its key where there is none. */
export function colonEnd(pair: Pair): number {
  const colon = pair.srcToken?.sep?.find((token) => token.type === 'map-value-ind');
  return colon === undefined ? rangeOf(pair.key as Node)[1] : colon.offset + 1;
}

export function keyStart(pair: Pair): number {
  const explicit = pair.srcToken?.start.find((token) => token.type === 'explicit-key-ind');
  return explicit?.offset ?? rangeOf(pair.key as Node)[0];
}

/** The places of the dashes of a list that is written below each other. */
export function dashes(seq: YAMLSeq): readonly number[] {
  const token = seq.srcToken;
  if (token?.type !== 'block-seq') return [];
  return token.items.flatMap(({ start }) =>
    start.filter(({ type }) => type === 'seq-item-ind').map(({ offset }) => offset),
  );
}

export function isBlock(node: Scalar): boolean {
  return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

export function column(text: string, at: number): number {
  return at - lineStart(text, at);
}
