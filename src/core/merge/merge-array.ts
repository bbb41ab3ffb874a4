import { ALIKE, likeness } from '../json/delta-pairs.ts';
import type { JsonArray, JsonNode } from '../json/tree.ts';
import { chunksOf, narrowed, verdictOf, type Chunk } from './merge-chunks.ts';
import type { Merging } from './merge-context.ts';
import { elementNumbers } from './merge-elements.ts';
import { mergeKeyed } from './merge-keyed.ts';
import { takenOf } from './merge-value.ts';
import type { ListPart, Merged, Sides } from './merged.ts';
import { pathText, unitId, type Place } from './path.ts';
import type { Unit, UnitKind } from './unit.ts';

/** Merges arrays by element: by what names them all, else by runs of equal elements. Null where all are equal. */
export function mergeArrays(
  merging: Merging,
  sides: Sides<JsonArray>,
  place: Place,
  depth: number,
): Merged | null {
  const keyed = mergeKeyed(merging, sides, place, depth);
  return keyed === undefined ? mergeList(merging, sides, place, depth) : keyed;
}

function mergeList(merging: Merging, sides: Sides<JsonArray>, place: Place, depth: number): Merged | null {
  const numbers = elementNumbers(merging, sides);
  if (numbers === null) return null;
  const parts: ListPart[] = [];
  let units = 0;
  let changed = false;
  const putItems = (chunk: Chunk): void => {
    parts.push({ kind: 'items', unit: itemsUnit(merging, sides, chunk, numbers, place, units) });
    units += 1;
    changed = true;
  };
  for (const chunk of chunksOf(numbers.base, numbers.ours, numbers.theirs)) {
    const verdict = chunk.equal ? 'none' : verdictOf(chunk, numbers.base, numbers.ours, numbers.theirs);
    if (verdict === 'none') {
      parts.push({ kind: 'run', at: chunk.from, count: chunk.to.ours - chunk.from.ours });
    } else if (isByPosition(merging, sides, chunk)) {
      for (let i = 0; i < chunk.to.ours - chunk.from.ours; i += 1) {
        const element = byPosition(merging, sides, chunk, i, place, depth);
        parts.push(element);
        if (element.kind !== 'run') changed = true;
      }
    } else if (verdict === 'conflict') {
      for (const part of narrowed(chunk, numbers.base, numbers.ours, numbers.theirs)) putItems(part);
    } else putItems(chunk);
  }
  return changed ? { kind: 'list', parts, sides } : null;
}

/** As many elements on each side, each a container that is much alike on all three. */
function isByPosition(
  { classOf, disputed }: Merging,
  { base, ours, theirs }: Sides<JsonArray>,
  chunk: Chunk,
): boolean {
  const { from, to } = chunk;
  const count = to.base - from.base;
  if (count === 0 || to.ours - from.ours !== count || to.theirs - from.theirs !== count) return false;
  for (let i = 0; i < count; i += 1) {
    const old = base.items[from.base + i]!;
    const mine = ours.items[from.ours + i]!;
    const other = theirs.items[from.theirs + i]!;
    if (old.kind !== 'object' && old.kind !== 'array') return false;
    if (mine.kind !== old.kind || other.kind !== old.kind) return false;
    if (disputed.has(old) || disputed.has(mine) || disputed.has(other)) return false;
    if (likeness(old, mine, classOf) < ALIKE || likeness(old, other, classOf) < ALIKE) return false;
  }
  return true;
}

function byPosition(
  merging: Merging,
  sides: Sides<JsonArray>,
  { from }: Chunk,
  i: number,
  place: Place,
  depth: number,
): ListPart {
  const at = { base: from.base + i, ours: from.ours + i, theirs: from.theirs + i };
  const step: Place = { up: place, step: at.ours, of: 'ours' };
  const { base, ours, theirs } = sides;
  const part = merging.merge(
    base.items[at.base],
    ours.items[at.ours],
    theirs.items[at.theirs],
    step,
    depth + 1,
  );
  return part === null ? { kind: 'run', at, count: 1 } : { kind: 'element', at, part };
}

function itemsUnit(
  { unequal }: Merging,
  sides: Sides<JsonArray>,
  chunk: Chunk,
  numbers: Sides<Int32Array>,
  place: Place,
  count: number,
): Unit {
  const { from, to } = chunk;
  const base = sides.base.items.slice(from.base, to.base);
  const ours = sides.ours.items.slice(from.ours, to.ours);
  const theirs = sides.theirs.items.slice(from.theirs, to.theirs);
  const taken = takenOf(verdictOf(chunk, numbers.base, numbers.ours, numbers.theirs));
  return {
    id: unitId(place, count),
    path: pathText(place),
    what: 'items',
    kind: taken === null ? 'array' : itemsKind(base, taken === 'theirs' ? theirs : ours),
    taken,
    base: { kind: 'array', items: base },
    ours: { kind: 'array', items: ours },
    theirs: { kind: 'array', items: theirs },
    at: from,
    baseDisputed: base.some((item) => unequal.has(item)),
  };
}

function itemsKind(base: readonly JsonNode[], now: readonly JsonNode[]): UnitKind {
  return base.length === 0 ? 'add' : now.length === 0 ? 'delete' : 'modify';
}
