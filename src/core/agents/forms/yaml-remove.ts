import { isMap } from 'yaml';
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { TextEdit } from '../../../contract/drafts.ts';
import {
  colonEnd,
  column,
  dashes,
  keyStart,
  lineEnd,
  lineStart,
  pairEnd,
  pairsOf,
  placeAt,
  rangeOf,
} from './yaml-tree.ts';
import type { Tree, YamlPath } from './yaml-tree.ts';
import { itemEnd } from './yaml-write.ts';
import type { Edits } from './yaml-write.ts';

/** Takes a key out, and the mappings around it that it leaves empty, but nothing above `keep` steps. */
export function removeKey(tree: Tree, path: YamlPath, keep: number): Edits {
  let end = path.length;
  for (;;) {
    const key = path[end - 1];
    const { node: map, depth, aliased } = placeAt(tree, path.slice(0, end - 1));
    if (typeof key !== 'string' || aliased || depth !== end - 1 || !isMap(map)) return null;
    const pairs = pairsOf(map, key);
    if (pairs.length === 0) return [];
    const alone = pairs.length === map.items.length;
    if (alone && end - 1 > keep && typeof path[end - 2] === 'string' && !hasComment(tree, map)) {
      end--;
      continue;
    }
    if (map.flow === true) return pairs.length > 1 ? null : [flowPair(tree, map, pairs[0]!)];
    if (alone && pairs.length > 1) return null;
    const edits = pairs.map((pair) => blockPair(tree, map, pair));
    return edits.some((edit) => edit === null) ? null : edits.flatMap((edit) => edit ?? []);
  }
}

/** A comment on a line of its own, which taking the mapping out would take along. */
function hasComment(tree: Tree, map: YAMLMap): boolean {
  const [start, end] = rangeOf(map);
  return /^[ \t]*#/m.test(tree.text.slice(lineStart(tree.text, start), end));
}

function blockPair(tree: Tree, map: YAMLMap, pair: Pair): Edits {
  const { text } = tree;
  const start = keyStart(pair);
  const behindDash = text.slice(lineStart(text, start), start).trim() !== '';
  if (!behindDash) return [wholeLines(text, lineStart(text, start), pairEnd(tree, pair))];
  const next = map.items[map.items.indexOf(pair) + 1];
  if (next === undefined) return [{ from: start, to: pairEnd(tree, pair), text: '{}' }];
  const between = text.slice(lineEnd(text, pairEnd(tree, pair)), keyStart(next));
  return between.includes('#') ? null : [{ from: start, to: keyStart(next), text: '' }];
}

/** The lines from one place to the end of the line of another, with one line end. */
function wholeLines(text: string, from: number, last: number): TextEdit {
  const end = lineEnd(text, last);
  if (end < text.length) return { from, to: end + 1, text: '' };
  return { from: Math.max(0, from - 1), to: end, text: '' };
}

function flowPair(tree: Tree, map: YAMLMap, pair: Pair): TextEdit {
  const at = map.items.indexOf(pair);
  const next = map.items[at + 1];
  if (at > 0) return { from: pairEnd(tree, map.items[at - 1]!), to: pairEnd(tree, pair), text: '' };
  return { from: keyStart(pair), to: next === undefined ? pairEnd(tree, pair) : keyStart(next), text: '' };
}

/** Takes entries of a list out. `pair` holds the list. */
export function removeItems(tree: Tree, seq: YAMLSeq, pair: Pair | null, indexes: readonly number[]): Edits {
  if (indexes.length === 0) return [];
  const { text } = tree;
  const all = indexes.length === seq.items.length;
  if (seq.flow === true) {
    const nodes = seq.items as readonly (Node | null)[];
    if (nodes.some((node) => node === null)) return null;
    const range = (index: number): readonly [number, number] => rangeOf(nodes[index]!);
    if (all) return [{ from: range(0)[0], to: range(nodes.length - 1)[1], text: '' }];
    const kept = nodes.findIndex((_, index) => !indexes.includes(index));
    return indexes.map((index) =>
      index < kept
        ? { from: range(index)[0], to: range(index + 1)[0], text: '' }
        : { from: range(index - 1)[1], to: range(index)[1], text: '' },
    );
  }
  const places = dashes(seq);
  const edits = merged(
    indexes.map((index) => wholeLines(text, lineStart(text, places[index]!), itemEnd(tree, seq, index))),
  );
  if (!all) return edits;
  if (pair === null) return null;
  const at = colonEnd(pair);
  return [{ from: at, to: at, text: ' []' }, ...edits];
}

/** Edits that touch each other at the end of the text as one. */
function merged(edits: readonly TextEdit[]): readonly TextEdit[] {
  const out: TextEdit[] = [];
  for (const edit of edits) {
    const last = out.at(-1);
    if (last !== undefined && edit.from < last.to) out[out.length - 1] = { ...last, to: edit.to };
    else out.push(edit);
  }
  return out;
}

/** Moves an entry of a list that is written below each other; what stands between the entries stays. */
export function moveItem(tree: Tree, seq: YAMLSeq, from: number, to: number): Edits {
  const { text } = tree;
  if (seq.flow === true) {
    const nodes = seq.items as readonly Node[];
    const slots = nodes.map((node) => rangeOf(node));
    return permuted(text, slots, from, to);
  }
  const places = dashes(seq);
  if (new Set(places.map((at) => column(text, at))).size !== 1) return null;
  const slots = places.map((at, index) => [at, lineEnd(text, itemEnd(tree, seq, index))] as const);
  return permuted(text, slots, from, to);
}

/** The texts of places with one of them moved. */
export function permuted(
  text: string,
  slots: readonly (readonly [number, number])[],
  from: number,
  to: number,
): Edits {
  const order = slots.map((_, index) => index);
  const [moved] = order.splice(from, 1);
  if (moved === undefined || to < 0 || to >= slots.length) return null;
  order.splice(to, 0, moved);
  return slots.flatMap(([start, end], index) =>
    order[index] === index ? [] : [{ from: start, to: end, text: text.slice(...slots[order[index]!]!) }],
  );
}
