import type { JsonEntry, JsonNode, JsonObject } from '../json/tree.ts';
import { mergeArrays } from './merge-array.ts';
import { MAX_DEPTH, type Merging } from './merge-context.ts';
import { createClasses } from './merge-hash.ts';
import { holding } from './merge-disputed.ts';
import { weave } from './merge-order.ts';
import { hasDuplicates, sameKeys, sameScalar, sameValue } from './merge-same.ts';
import { mergeStrings } from './merge-text.ts';
import { mergeWhole } from './merge-value.ts';
import type { Merged, MergedEntry } from './merged.ts';
import type { Pane } from './merged.ts';
import type { Place } from './path.ts';
import type { Value } from './unit.ts';

/**
 * The parts of a three-way merge of JSON values. Objects are merged by key, arrays by element, texts of several lines by
 * line; everything else as a whole, and so is an object with a repeated key, what is in dispute in the base, and what
 * is nested deeper than `MAX_DEPTH`.
 */
export function mergeParts(base: Value, ours: Value, theirs: Value, disputed: ReadonlySet<JsonNode>): Merged {
  const merging: Merging = {
    disputed,
    unequal: holding(disputed, [base, ours, theirs]),
    classOf: createClasses(),
    merge: (b, o, t, place, depth) => mergePlace(merging, b, o, t, place, depth),
  };
  return merging.merge(base, ours, theirs, null, 0) ?? { kind: 'same', node: ours };
}

function mergePlace(
  merging: Merging,
  base: Value,
  ours: Value,
  theirs: Value,
  place: Place,
  depth: number,
): Merged | null {
  // Versions of one file share what they have in common.
  if (base === ours && ours === theirs && merging.unequal.size === 0) return null;
  const byPart = depth < MAX_DEPTH ? mergeByPart(merging, base, ours, theirs, place, depth) : undefined;
  return byPart === undefined ? mergeWhole(merging, base, ours, theirs, place) : byPart;
}

/** Undefined where the three are not of one kind that has parts. */
function mergeByPart(
  merging: Merging,
  base: Value,
  ours: Value,
  theirs: Value,
  place: Place,
  depth: number,
): Merged | null | undefined {
  if (ours === undefined || theirs === undefined || ours.kind !== theirs.kind) return undefined;
  if (base !== undefined && base.kind !== ours.kind) return undefined;
  switch (ours.kind) {
    case 'string':
      return base?.kind === 'string' && theirs.kind === 'string'
        ? mergeStrings(merging, base, ours, theirs, place)
        : undefined;
    case 'array':
      return base?.kind === 'array' && theirs.kind === 'array' && isSettled(merging, base, ours, theirs)
        ? mergeArrays(merging, { base, ours, theirs }, place, depth)
        : undefined;
    case 'object':
      if (theirs.kind !== 'object' || (base !== undefined && base.kind !== 'object')) return undefined;
      return isSettled(merging, base, ours, theirs) && isMergeable(merging, base, ours, theirs)
        ? mergeObjects(merging, base, ours, theirs, place, depth)
        : undefined;
    default:
      return undefined;
  }
}

function isSettled({ disputed }: Merging, base: Value, ours: JsonNode, theirs: JsonNode): boolean {
  if (disputed.size === 0) return true;
  return !(base !== undefined && disputed.has(base)) && !disputed.has(ours) && !disputed.has(theirs);
}

/** Objects whose keys say what is what; two equal ones that were added are one addition. */
function isMergeable(
  merging: Merging,
  base: JsonObject | undefined,
  ours: JsonObject,
  theirs: JsonObject,
): boolean {
  if (hasDuplicates(ours.entries) || hasDuplicates(theirs.entries)) return false;
  if (base === undefined) {
    return merging.classOf(ours) !== merging.classOf(theirs) || !sameValue(ours, theirs);
  }
  return !hasDuplicates(base.entries);
}

const absent: readonly JsonEntry[] = [];

function mergeObjects(
  merging: Merging,
  base: JsonObject | undefined,
  ours: JsonObject,
  theirs: JsonObject,
  place: Place,
  depth: number,
): Merged | null {
  const [b, o, t] = [base?.entries ?? absent, ours.entries, theirs.entries];
  const entries =
    sameKeys(b, o) && sameKeys(b, t)
      ? inStep(merging, b, o, t, place, depth)
      : byKey(merging, b, o, t, place, depth);
  if (entries === null && base !== undefined) return null;
  return { kind: 'object', entries: entries ?? [], sides: { base, ours, theirs } };
}

/** Entries with the same keys in the same order on all sides. */
function inStep(
  merging: Merging,
  base: readonly JsonEntry[],
  ours: readonly JsonEntry[],
  theirs: readonly JsonEntry[],
  place: Place,
  depth: number,
): readonly MergedEntry[] | null {
  let entries: MergedEntry[] | null = null;
  for (let i = 0; i < ours.length; i += 1) {
    const { key, value } = ours[i]!;
    const [old, other] = [base[i]!.value, theirs[i]!.value];
    const part =
      merging.unequal.size === 0 && sameScalar(old, value) && sameScalar(other, value)
        ? null
        : merging.merge(old, value, other, { up: place, step: key, of: 'ours' }, depth + 1);
    if (part !== null && entries === null) entries = ours.slice(0, i).map(unchanged);
    entries?.push(part === null ? unchanged(ours[i]!) : { key, part });
  }
  return entries;
}

function unchanged({ key, value }: JsonEntry): MergedEntry {
  return { key, part: { kind: 'same', node: value } };
}

function byKey(
  merging: Merging,
  base: readonly JsonEntry[],
  ours: readonly JsonEntry[],
  theirs: readonly JsonEntry[],
  place: Place,
  depth: number,
): readonly MergedEntry[] | null {
  const values = { base: valuesOf(base), ours: valuesOf(ours), theirs: valuesOf(theirs) };
  const orders = {
    base: [...values.base.keys()],
    ours: [...values.ours.keys()],
    theirs: [...values.theirs.keys()],
  };
  // the side that did something to the order of the keys is followed
  const woven = sameKeys(base, ours) ? weave(orders.theirs, orders.ours) : weave(orders.ours, orders.theirs);
  let changed = false;
  const entries = weave(woven, orders.base).map((key): MergedEntry => {
    const [old, mine, other] = [values.base.get(key), values.ours.get(key), values.theirs.get(key)];
    const of: Pane = mine !== undefined ? 'ours' : other !== undefined ? 'theirs' : 'base';
    const part = merging.merge(old, mine, other, { up: place, step: key, of }, depth + 1);
    if (part !== null) changed = true;
    return { key, part: part ?? { kind: 'same', node: mine } };
  });
  return changed ? entries : null;
}

function valuesOf(entries: readonly JsonEntry[]): ReadonlyMap<string, JsonNode> {
  return new Map(entries.map(({ key, value }) => [key, value]));
}
