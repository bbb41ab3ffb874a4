import type { JsonNode } from '../json/tree.ts';
import type { Merging } from './merge-context.ts';
import type { Merged } from './merged.ts';
import { sameValue } from './merge-same.ts';
import { pathText, unitId, type Place } from './path.ts';
import type { Side, Unit, UnitKind, Value } from './unit.ts';

/** Merges what has no parts, as one: taken from the side that changed it, or a conflict. Null where all are equal. */
export function mergeWhole(
  merging: Merging,
  base: Value,
  ours: Value,
  theirs: Value,
  place: Place,
): Merged | null {
  const { unequal } = merging;
  const isOpen = (node: Value): boolean => node !== undefined && unequal.has(node);
  const same = (a: Value, b: Value): boolean => !isOpen(a) && !isOpen(b) && sameValue(a, b);
  const oursIsBase = same(base, ours);
  const theirsIsBase = same(base, theirs);
  if (oursIsBase && theirsIsBase) return null;
  const taken = oursIsBase ? 'theirs' : theirsIsBase ? 'ours' : same(ours, theirs) ? 'both' : null;
  const unit: Unit = {
    id: unitId(place),
    path: pathText(place),
    what: 'value',
    kind:
      taken === null ? conflictKind(base, ours, theirs) : takenKind(base, taken === 'theirs' ? theirs : ours),
    taken,
    base,
    ours,
    theirs,
    at: null,
    baseDisputed: isOpen(base),
  };
  return { kind: 'unit', unit };
}

/** How the side that was taken changed what stood there. */
export function takenKind(base: Value, now: Value): UnitKind {
  return base === undefined ? 'add' : now === undefined ? 'delete' : 'modify';
}

function conflictKind(base: Value, ours: Value, theirs: Value): UnitKind {
  if (ours === undefined) return 'delete/modify';
  if (theirs === undefined) return 'modify/delete';
  if (base === undefined) return 'add/add';
  const type = typeOf(base);
  return typeOf(ours) === type && typeOf(theirs) === type ? 'modify/modify' : 'type';
}

/** The JSON type of a value; integers and floats are both numbers. */
function typeOf(node: JsonNode): string {
  return node.kind === 'int' || node.kind === 'float' ? 'number' : node.kind;
}

/** Who is taken, of a chunk that was judged. */
export function takenOf(verdict: Side | 'both' | 'none' | 'conflict'): Side | 'both' | null {
  return verdict === 'conflict' ? null : verdict === 'none' ? 'both' : verdict;
}
