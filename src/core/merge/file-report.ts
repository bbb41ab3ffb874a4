import type { Merge, Merged, Sides } from './merged.ts';
import type { Unit, UnitKind, Value } from './unit.ts';

/** One place that is left to a person. `hunks`: the parts of a text or list that are in conflict; else null. */
export type FileConflict = {
  readonly path: string;
  readonly kind: UnitKind;
  readonly sides: Sides<Value>;
  readonly hunks: readonly Sides<Value>[] | null;
};

/** What a merge found, by path, in the order of the document. A path in conflict is not listed as taken. */
export type MergeReport = {
  readonly taken: {
    readonly ours: readonly string[];
    readonly theirs: readonly string[];
    readonly both: readonly string[];
  };
  readonly conflicts: readonly FileConflict[];
};

/** What was taken from whom, and what is left open. Parts of one text or list are one place. */
export function reportOf(merge: Merge): MergeReport {
  const wholes = wholesOf(merge.root);
  const conflicts = new Map<string, { conflict: FileConflict; hunks: Sides<Value>[] }>();
  for (const unit of merge.units) {
    if (unit.taken !== null) continue;
    const { path, kind, base, ours, theirs } = unit;
    const sides = { base, ours, theirs };
    if (unit.what === 'value') {
      conflicts.set(path, { conflict: { path, kind, sides, hunks: null }, hunks: [] });
      continue;
    }
    const known = conflicts.get(path);
    const hunks = known?.hunks ?? [];
    hunks.push(sides);
    if (known !== undefined) continue;
    const whole = wholes.get(unit) ?? sides;
    conflicts.set(path, { conflict: { path, kind, sides: whole, hunks }, hunks });
  }
  const taken = (side: Unit['taken']): readonly string[] => [
    ...new Set(merge.units.filter((unit) => unit.taken === side).map(({ path }) => path)),
  ];
  const settled = (side: 'ours' | 'theirs' | 'both'): readonly string[] =>
    taken(side).filter((path) => !conflicts.has(path));
  return {
    taken: { ours: settled('ours'), theirs: settled('theirs'), both: settled('both') },
    conflicts: [...conflicts.values()].map(({ conflict }) => conflict),
  };
}

/** The whole text or list on each side, of every unit that is a part of one. */
function wholesOf(root: Merged): ReadonlyMap<Unit, Sides<Value>> {
  const wholes = new Map<Unit, Sides<Value>>();
  const open: Merged[] = [root];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    switch (part.kind) {
      case 'same':
      case 'unit':
        break;
      case 'object':
        for (const entry of part.entries) open.push(entry.part);
        break;
      case 'list':
        for (const item of part.parts) {
          if (item.kind === 'items') wholes.set(item.unit, part.sides);
          else if (item.kind === 'element') open.push(item.part);
        }
        break;
      case 'keyed':
        if (part.order !== null) wholes.set(part.order, part.sides);
        for (const element of part.elements.values()) open.push(element.part);
        break;
      case 'text': {
        const { base, ours, theirs } = part.sides;
        const sides = { base: textNode(base), ours: textNode(ours), theirs: textNode(theirs) };
        for (const piece of part.parts) if (piece.kind === 'lines') wholes.set(piece.unit, sides);
      }
    }
  }
  return wholes;
}

function textNode(value: string): Value {
  return { kind: 'string', value };
}
