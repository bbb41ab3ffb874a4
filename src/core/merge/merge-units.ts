import { weave } from './merge-order.ts';
import type { Merged, MergedKeyed, Pane } from './merged.ts';
import type { Unit } from './unit.ts';

/** All units of a merge, in the order of the document; the order of a list comes before its elements. */
export function unitsOf(root: Merged): readonly Unit[] {
  const units: Unit[] = [];
  collect(root, units);
  return units;
}

function collect(part: Merged, units: Unit[]): void {
  switch (part.kind) {
    case 'same':
      return;
    case 'unit':
      units.push(part.unit);
      return;
    case 'object':
      for (const entry of part.entries) collect(entry.part, units);
      return;
    case 'list':
      for (const item of part.parts) {
        if (item.kind === 'items') units.push(item.unit);
        else if (item.kind === 'element') collect(item.part, units);
      }
      return;
    case 'keyed':
      if (part.order !== null) units.push(part.order);
      for (const key of keysInOrder(part, part.order?.taken === 'theirs' ? 'theirs' : 'ours')) {
        collect(part.elements.get(key)!.part, units);
      }
      return;
    case 'text':
      for (const piece of part.parts) if (piece.kind === 'lines') units.push(piece.unit);
  }
}

/**
 * All keys of merged arrays in the order that one side gives them. Elements that only another side has stand after the
 * one before them there; at one place, what the base had comes first, then what ours added, then what theirs did.
 */
export function keysInOrder({ orders }: MergedKeyed, by: Pane): readonly string[] {
  const { base, ours, theirs } = orders;
  if (by === 'base') return weave(weave(base, ours), theirs);
  const places = new Map<string, number>();
  const rank = (key: string): number => {
    if (places.size === 0) for (const [i, each] of base.entries()) places.set(each, i);
    return places.get(key) ?? Infinity;
  };
  const woven =
    by === 'ours' ? weave(ours, theirs, { rank }) : weave(theirs, ours, { rank, secondFirst: true });
  return weave(woven, base);
}
