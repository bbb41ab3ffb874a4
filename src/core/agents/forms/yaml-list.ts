import { isScalar } from 'yaml';
import type { Node, Pair, YAMLSeq } from 'yaml';
import type { TextEdit } from '../../../contract/drafts.ts';
import { plainValue } from '../../yaml/yaml-scalar.ts';
import { removeItems } from './yaml-remove.ts';
import { valueOf } from './yaml-render.ts';
import type { WantedList } from './yaml-render.ts';
import type { Tree } from './yaml-tree.ts';
import { column, rangeOf } from './yaml-tree.ts';
import { sameValue } from './yaml-value-edit.ts';
import { addItem, flowList, overScalar } from './yaml-write.ts';
import type { Edits, Manner } from './yaml-write.ts';

/** A list of single values brought to others: those at both ends that are the same stay as they are written. */
export function editList(
  tree: Tree,
  seq: YAMLSeq,
  pair: Pair | null,
  wanted: WantedList,
  manner: Manner,
): Edits {
  const nodes = seq.items as readonly (Node | null)[];
  const { items } = wanted;
  const same = (at: number, to: number): boolean => {
    const node = nodes[at] ?? null;
    const item = items[to];
    if (!isScalar(node) || item === undefined) return false;
    const source = String(node.value ?? '');
    const value = node.type === 'PLAIN' && node.tag === undefined ? plainValue(source) : source;
    if (typeof value === 'object' && value !== null && 'problem' in value) return false;
    return sameValue(value, valueOf(item));
  };
  if (nodes.length === 0 && seq.flow === true) {
    const [from, to] = rangeOf(seq);
    return [{ from, to, text: flowList(wanted, manner) }];
  }
  let head = 0;
  while (head < nodes.length && head < items.length && same(head, head)) head++;
  let tail = 0;
  while (
    tail < nodes.length - head &&
    tail < items.length - head &&
    same(nodes.length - 1 - tail, items.length - 1 - tail)
  ) {
    tail++;
  }
  const old = nodes.length - head - tail;
  const made = items.length - head - tail;
  const over = Math.min(old, made);
  const edits: TextEdit[] = [];
  for (let i = 0; i < over; i++) {
    const node = nodes[head + i];
    if (node === null || node === undefined) return null;
    const indent = ' '.repeat(column(tree.text, rangeOf(node)[0]));
    const edit = overScalar(tree, node, items[head + i]!, indent, manner);
    if (edit === null) return null;
    edits.push(edit);
  }
  if (old > over) {
    const gone = Array.from({ length: old - over }, (_, i) => head + over + i);
    const removed = removeItems(tree, seq, pair, gone);
    return removed === null ? null : [...edits, ...removed];
  }
  for (let i = over; i < made; i++) {
    const added = addItem(tree, seq, head + over, items[head + i]!, manner);
    if (added === null) return null;
    edits.push(...added);
  }
  return edits;
}
