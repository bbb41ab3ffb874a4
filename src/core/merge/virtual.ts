import { itemsOf, textOf } from '../json/build.ts';
import type { JsonNode } from '../json/tree.ts';
import { linesOf } from '../json/text-diff.ts';
import { keysInOrder } from './merge-units.ts';
import type { ListPart, Merge, Merged, MergedKeyed, MergedText } from './merged.ts';
import type { Unit, Value } from './unit.ts';
import { textWithDisputedLines } from './virtual-lines.ts';

/** A base made of several. `disputed` are the nodes of `value` (by identity) at which those do not agree. */
export type VirtualBase = { readonly value: Value; readonly disputed: ReadonlySet<JsonNode> };

/**
 * The base that a merge of two bases is: what it merges, and at each conflict one of the two values (so that the place
 * can be told apart), marked as in dispute. Give it to `mergeJson` with `disputed`.
 */
export function virtualBase(merge: Merge): VirtualBase {
  const disputed = new Set(merge.disputed);
  const value = valueIn(merge.root, disputed);
  return { value, disputed };
}

function valueIn(part: Merged, disputed: Set<JsonNode>): Value {
  switch (part.kind) {
    case 'same':
      return part.node;
    case 'unit':
      return valueOfUnit(part.unit, disputed);
    case 'object': {
      const entries = part.entries.flatMap(({ key, part: inner }) => {
        const value = valueIn(inner, disputed);
        return value === undefined ? [] : [{ key, value }];
      });
      return { kind: 'object', entries };
    }
    case 'list':
      return {
        kind: 'array',
        items: part.parts.flatMap((inner) => itemsIn(inner, part.sides.ours.items, disputed)),
      };
    case 'keyed':
      return keyedIn(part, disputed);
    case 'text':
      return textIn(part, disputed);
  }
}

function valueOfUnit(unit: Unit, disputed: Set<JsonNode>): Value {
  if (unit.taken !== null) return unit.taken === 'theirs' ? unit.theirs : unit.ours;
  const value = unit.ours ?? unit.theirs;
  return value === undefined ? undefined : marked(value, disputed);
}

/** A node of its own for a value in dispute: scalars may be shared by many places. */
function marked(node: JsonNode, disputed: Set<JsonNode>): JsonNode {
  const own: JsonNode = node.kind === 'string' ? { kind: 'string', value: node.value } : { ...node };
  disputed.add(own);
  return own;
}

function itemsIn(part: ListPart, ours: readonly JsonNode[], disputed: Set<JsonNode>): readonly JsonNode[] {
  if (part.kind === 'run') return ours.slice(part.at.ours, part.at.ours + part.count);
  if (part.kind === 'element') {
    const value = valueIn(part.part, disputed);
    return value === undefined ? [] : [value];
  }
  const { taken, ours: mine, theirs } = part.unit;
  if (taken !== null) return itemsOf(taken === 'theirs' ? theirs : mine);
  const items = itemsOf(mine).length > 0 ? itemsOf(mine) : itemsOf(theirs);
  return items.map((item) => marked(item, disputed));
}

function keyedIn(part: MergedKeyed, disputed: Set<JsonNode>): JsonNode {
  const keys = keysInOrder(part, part.order?.taken === 'theirs' ? 'theirs' : 'ours');
  const items = keys.flatMap((key) => {
    const value = valueIn(part.elements.get(key)!.part, disputed);
    return value === undefined ? [] : [value];
  });
  const array: JsonNode = { kind: 'array', items };
  if (part.order !== null && part.order.taken === null) disputed.add(array);
  return array;
}

function textIn(part: MergedText, disputed: Set<JsonNode>): JsonNode {
  let text = '';
  let line = 0;
  const open: number[] = [];
  for (const piece of part.parts) {
    const { chosen, conflict } =
      piece.kind === 'same' ? { chosen: piece.text, conflict: false } : linesOfUnit(piece.unit);
    const count = linesOf(chosen).length;
    if (conflict) for (let i = 0; i < count; i += 1) open.push(line + i);
    text += chosen;
    line += count;
  }
  if (open.length === 0) return { kind: 'string', value: text };
  const node = textWithDisputedLines(text, open);
  disputed.add(node);
  return node;
}

function linesOfUnit({ taken, ours, theirs }: Unit): { readonly chosen: string; readonly conflict: boolean } {
  if (taken !== null) return { chosen: textOf(taken === 'theirs' ? theirs : ours) ?? '', conflict: false };
  return { chosen: textOf(ours) || (textOf(theirs) ?? ''), conflict: true };
}
