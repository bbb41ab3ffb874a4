import type { JsonArray, JsonNode } from '../json/tree.ts';
import type { Merging } from './merge-context.ts';
import { weave } from './merge-order.ts';
import { hasDuplicates } from './merge-same.ts';
import type { KeyedElement, Merged, MergedKeyed, Pane, Sides } from './merged.ts';
import { pathText, unitId, type Place } from './path.ts';
import type { Unit } from './unit.ts';

const naming = ['id', 'key', 'name', 'path'];

/**
 * Merges arrays whose elements all bear a name of their own in one field. Null where all are equal, undefined where the
 * elements have no such field.
 */
export function mergeKeyed(
  merging: Merging,
  sides: Sides<JsonArray>,
  place: Place,
  depth: number,
): Merged | null | undefined {
  const keys = keysOf(sides);
  if (keys === null) return undefined;
  const orders = {
    base: [...keys.base.keys()],
    ours: [...keys.ours.keys()],
    theirs: [...keys.theirs.keys()],
  };
  const elements = new Map<string, KeyedElement>();
  let changed = false;
  for (const key of weave(weave(orders.ours, orders.theirs), orders.base)) {
    const at = {
      base: keys.base.get(key) ?? -1,
      ours: keys.ours.get(key) ?? -1,
      theirs: keys.theirs.get(key) ?? -1,
    };
    const of: Pane = at.ours >= 0 ? 'ours' : at.theirs >= 0 ? 'theirs' : 'base';
    const [base, ours, theirs] = [
      sides.base.items[at.base],
      sides.ours.items[at.ours],
      sides.theirs.items[at.theirs],
    ];
    const part = merging.merge(base, ours, theirs, { up: place, step: at[of], of }, depth + 1);
    if (part !== null) changed = true;
    elements.set(key, { at, part: part ?? { kind: 'same', node: ours } });
  }
  const order = orderUnit(orders, keys, place);
  if (!changed && order === null) return null;
  return { kind: 'keyed', elements, orders, order, sides };
}

type Keys = ReadonlyMap<string, number>;

/** The index of each element by its key, on all three sides; null where no field names all elements. */
function keysOf(sides: Sides<JsonArray>): Sides<Keys> | null {
  const first = sides.base.items[0] ?? sides.ours.items[0] ?? sides.theirs.items[0];
  if (first?.kind !== 'object') return null;
  for (const name of naming) {
    const base = keysBy(name, sides.base.items);
    const ours = base && keysBy(name, sides.ours.items);
    const theirs = ours && keysBy(name, sides.theirs.items);
    if (base && ours && theirs) return { base, ours, theirs };
  }
  return null;
}

function keysBy(name: string, items: readonly JsonNode[]): Keys | null {
  const keys = new Map<string, number>();
  for (let i = 0; i < items.length; i += 1) {
    const key = keyOf(name, items[i]!);
    if (key === null || keys.has(key)) return null;
    keys.set(key, i);
  }
  return keys;
}

function keyOf(name: string, node: JsonNode): string | null {
  if (node.kind !== 'object' || hasDuplicates(node.entries)) return null;
  const value = node.entries.find((entry) => entry.key === name)?.value;
  if (value?.kind === 'string') return `s${value.value}`;
  return value?.kind === 'int' ? `i${value.text === '-0' ? '0' : value.text}` : null;
}

/**
 * The unit about the order of the elements that both sides have; null where it is that of the base too. Both sides may
 * have added the same elements in different orders, which nothing decides.
 */
function orderUnit(orders: MergedKeyed['orders'], keys: Sides<Keys>, place: Place): Unit | null {
  const inBase = (key: string): boolean => keys.base.has(key);
  const base = orders.base.filter((key) => keys.ours.has(key) && keys.theirs.has(key));
  const ours = orders.ours.filter((key) => keys.theirs.has(key));
  const theirs = orders.theirs.filter((key) => keys.ours.has(key));
  const alike = sameOrder(ours, theirs);
  const oursIsBase = sameOrder(base, ours.filter(inBase));
  const theirsIsBase = sameOrder(base, theirs.filter(inBase));
  if (alike && oursIsBase) return null;
  const taken = alike ? 'both' : oursIsBase === theirsIsBase ? null : oursIsBase ? 'theirs' : 'ours';
  return {
    id: unitId(place, 'order'),
    path: pathText(place),
    what: 'order',
    kind: taken === null ? 'order' : 'modify',
    taken,
    base: names(base),
    ours: names(ours),
    theirs: names(theirs),
    at: null,
    baseDisputed: false,
  };
}

/** The keys as an array of the values that they are in the elements. */
function names(order: readonly string[]): JsonNode {
  const items = order.map((key): JsonNode =>
    key.startsWith('s') ? { kind: 'string', value: key.slice(1) } : { kind: 'int', text: key.slice(1) },
  );
  return { kind: 'array', items };
}

function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.every((key, i) => key === b[i]);
}
