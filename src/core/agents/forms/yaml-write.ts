import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { TextEdit } from '../../../contract/drafts.ts';
import { inline, literal, folded } from './yaml-render.ts';
import type { Style, Wanted, WantedList, WantedMap, WantedScalar } from './yaml-render.ts';
import {
  colonEnd,
  column,
  contentEnd,
  dashes,
  isBlock,
  isEmpty,
  keyStart,
  lineEnd,
  lineStart,
  pairEnd,
  rangeOf,
} from './yaml-tree.ts';
import type { Tree } from './yaml-tree.ts';

/** Edits of a text, or null where its form gives no place for them. */
export type Edits = readonly TextEdit[] | null;

/** How new text is written. `style`: of scalars that are new, or of all (`safe`). */
export type Manner = { readonly style: Style; readonly order: readonly string[] };

/** Writes a value over what a pair holds. */
export function writePair(tree: Tree, pair: Pair, wanted: Wanted, manner: Manner): Edits {
  const { text } = tree;
  const node = pair.value as Node | null;
  const indent = ' '.repeat(column(text, keyStart(pair)));
  if (node === null || isEmpty(node)) {
    const at = colonEnd(pair);
    const open = wanted.kind === 'map' || (wanted.kind === 'list' && !inFlow(wanted));
    const below = open ? lineEnd(text, at) : at;
    return [{ from: below, to: below, text: afterColon(wanted, indent, manner) }];
  }
  if (wanted.kind === 'list' && isSeq(node)) return null;
  const edit = overScalar(tree, node, wanted, indent, manner);
  return edit === null ? null : [edit];
}

/** Writes over a scalar, wherever it stands. */
export function overScalar(
  tree: Tree,
  node: Node,
  wanted: Wanted,
  indent: string,
  manner: Manner,
): TextEdit | null {
  const [from] = rangeOf(node);
  const to = contentEnd(tree, node);
  if (wanted.kind === 'map') return null;
  if (wanted.kind === 'list') {
    if (isMap(node) || isSeq(node)) return null;
    return { from, to, text: flowList(wanted, manner) };
  }
  if (isMap(node) || isSeq(node)) return null;
  return { from, to, text: scalarOver(tree, node, wanted, indent, manner) };
}

function scalarOver(tree: Tree, node: Node, wanted: WantedScalar, indent: string, manner: Manner): string {
  const [from, end] = rangeOf(node);
  const block = isScalar(node) && isBlock(node);
  const alone = block || /^[ \t]*(?:\n|$)/.test(tree.text.slice(end));
  if (manner.style !== 'safe' && typeof wanted.value === 'string' && alone) {
    const before = tree.text.slice(from, end);
    const deep = block ? (/\n( +)\S/.exec(before)?.[1] ?? `${indent}  `) : `${indent}  `;
    if (isScalar(node) && node.type === 'BLOCK_FOLDED') {
      const made = folded(wanted.value, deep, before);
      if (made !== null) return made;
    }
    const made = literal(wanted.value, deep, block);
    if (made !== null && (block || !isScalar(node) || node.type === 'PLAIN' || node.type === undefined))
      return made;
  }
  return inline(wanted, styleOf(node, manner), inFlowText(tree, node));
}

function styleOf(node: Node, manner: Manner): Style {
  if (manner.style === 'safe') return 'safe';
  const type = isScalar(node) ? node.type : undefined;
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? type : 'PLAIN';
}

/** Whether a value stands within brackets: being careful costs at most a pair of quotes. */
function inFlowText(tree: Tree, node: Node): boolean {
  const [from] = rangeOf(node);
  return /[[{,]\s*$/.test(tree.text.slice(lineStart(tree.text, from), from));
}

/** A new pair of a mapping, at the place that the order of the format gives it. */
export function addPair(tree: Tree, map: YAMLMap, key: string, wanted: Wanted, manner: Manner): Edits {
  const { text } = tree;
  const pairs = map.items;
  if (map.flow === true) {
    const made = `${keyText(key)}: ${inlineAny(wanted, manner)}`;
    const at = pairs.length === 0 ? rangeOf(map)[0] + 1 : pairEnd(tree, pairs.at(-1)!);
    return [{ from: at, to: at, text: pairs.length === 0 ? made : `, ${made}` }];
  }
  const indent = ' '.repeat(column(text, keyStart(pairs[0]!)));
  const rank = manner.order.indexOf(key);
  const rankOf = (pair: Pair): number =>
    isScalar(pair.key) ? manner.order.indexOf(String(pair.key.value)) : -1;
  const known = pairs.filter((pair) => rankOf(pair) !== -1);
  const before = rank === -1 ? undefined : known.findLast((pair) => rankOf(pair) < rank);
  const next = before === undefined && rank !== -1 ? known.find((pair) => rankOf(pair) > rank) : undefined;
  const line = pairText(key, wanted, indent, manner);
  if (next !== undefined && !commented(text, keyStart(next))) {
    const at = keyStart(next);
    return [{ from: at, to: at, text: `${line}\n${indent}` }];
  }
  const at = lineEnd(text, pairEnd(tree, before ?? pairs.at(-1)!));
  return [{ from: at, to: at, text: `\n${indent}${line}` }];
}

function commented(text: string, at: number): boolean {
  const start = lineStart(text, at);
  return start > 0 && /^\s*#/.test(text.slice(lineStart(text, start - 1), start));
}

/** A new entry of a list; `index` is its place. */
export function addItem(tree: Tree, seq: YAMLSeq, index: number, wanted: Wanted, manner: Manner): Edits {
  const { text } = tree;
  const before = seq.items[index - 1] as Node | null | undefined;
  if (seq.flow === true) {
    const made = inlineAny(wanted, manner);
    if (before !== undefined && before !== null) {
      const at = rangeOf(before)[1];
      return [{ from: at, to: at, text: `, ${made}` }];
    }
    const at = rangeOf(seq)[0] + 1;
    return [{ from: at, to: at, text: seq.items.length === 0 ? made : `${made}, ` }];
  }
  const places = dashes(seq);
  const first = places[0];
  if (first === undefined) return null;
  const indent = ' '.repeat(column(text, first));
  const made = itemText(wanted, indent, manner);
  if (index === 0) return [{ from: first, to: first, text: `${made}\n${indent}` }];
  const at = lineEnd(text, itemEnd(tree, seq, index - 1));
  return [{ from: at, to: at, text: `\n${indent}${made}` }];
}

/** Where the text of an entry ends. */
export function itemEnd(tree: Tree, seq: YAMLSeq, index: number): number {
  const node = seq.items[index] as Node | null;
  return node === null || isEmpty(node) ? dashes(seq)[index]! + 1 : contentEnd(tree, node);
}

/** `key: value` with what stands below it. */
export function pairText(key: string, wanted: Wanted, indent: string, manner: Manner): string {
  return `${keyText(key)}:${afterColon(wanted, indent, manner)}`;
}

function keyText(key: string): string {
  return inline({ kind: 'scalar', value: key, plain: key }, 'PLAIN', true);
}

/** What follows a colon. */
export function afterColon(wanted: Wanted, indent: string, manner: Manner): string {
  const deeper = `${indent}  `;
  switch (wanted.kind) {
    case 'scalar': {
      const block =
        manner.style === 'safe' || typeof wanted.value !== 'string' ? null : literal(wanted.value, deeper);
      return ` ${block ?? inline(wanted, manner.style, false)}`;
    }
    case 'list':
      if (inFlow(wanted)) return ` ${flowList(wanted, manner)}`;
      return wanted.items.map((item) => `\n${deeper}${itemText(item, deeper, manner)}`).join('');
    case 'map':
      if (wanted.entries.length === 0) return ' {}';
      return wanted.entries
        .map(([key, value]) => `\n${deeper}${pairText(key, value, deeper, manner)}`)
        .join('');
  }
}

function inFlow(wanted: WantedList): boolean {
  return wanted.items.length === 0 || (wanted.flow && wanted.items.every(({ kind }) => kind === 'scalar'));
}

/** `- value`, a mapping with its first key behind the dash. */
function itemText(wanted: Wanted, indent: string, manner: Manner): string {
  if (wanted.kind !== 'map' || wanted.entries.length === 0) return `- ${inlineAny(wanted, manner, false)}`;
  return `- ${mapLines(wanted, `${indent}  `, manner)}`;
}

/** The pairs of a mapping below each other; the first one stands where it is put. */
export function mapLines(wanted: WantedMap, indent: string, manner: Manner): string {
  return wanted.entries.map(([key, value]) => pairText(key, value, indent, manner)).join(`\n${indent}`);
}

function inlineAny(wanted: Wanted, manner: Manner, flow = true): string {
  switch (wanted.kind) {
    case 'scalar':
      return inline(wanted, manner.style, flow);
    case 'list':
      return flowList(wanted, manner);
    case 'map':
      return `{${wanted.entries.map(([key, value]) => `${keyText(key)}: ${inlineAny(value, manner)}`).join(', ')}}`;
  }
}

export function flowList(wanted: WantedList, manner: Manner): string {
  return `[${wanted.items.map((item) => inlineAny(item, manner)).join(', ')}]`;
}
