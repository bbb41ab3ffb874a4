import { components } from './cycles.ts';
import { makeHeap, pop, push } from './heap.ts';
import { orderingTimes, type GraphIndex } from './index.ts';

/** Rounds of breaking cycles one by one; a knot that needs more is ordered by time alone. */
const CYCLE_ROUNDS = 16;

/**
 * All nodes, newest first, never a parent above its child, also where clocks step back. Equal and unknown times
 * fall back to the order of insertion. A cycle (damage) is broken at its newest node.
 */
export function topologicalOrder(index: GraphIndex): Int32Array {
  const { count } = index;
  const order = new Int32Array(count);
  if (index.ordered && index.chronological) {
    for (let row = 0; row < count; row++) order[row] = count - 1 - row;
    return order;
  }
  return byHeap(index, order);
}

/**
 * The order of an index whose first nodes are those of `previous`, with order `previousOrder`. Where the new nodes
 * are newer than all others, only these are put on top; else everything is ordered anew.
 */
export function extendedOrder(
  index: GraphIndex,
  previous: GraphIndex,
  previousOrder: Int32Array,
): Int32Array {
  if (!isOnTop(index, previous)) return topologicalOrder(index);
  const order = new Int32Array(index.count);
  const more = index.count - previous.count;
  for (let row = 0; row < more; row++) order[row] = index.count - 1 - row;
  order.set(previousOrder, more);
  return order;
}

function isOnTop(index: GraphIndex, previous: GraphIndex): boolean {
  if (index.count < previous.count || previousDiffers(index, previous)) return false;
  let newest = -Infinity;
  const { timeMicros, count } = previous;
  for (let i = 0; i < count; i++) if (timeMicros[i]! > newest) newest = timeMicros[i]!;
  for (let i = previous.count; i < index.count; i++) {
    const time = index.timeMicros[i]!;
    if (!(time >= newest) || index.parents[i]! >= i || index.mergeParents[i]! >= i) return false;
    newest = time;
  }
  return true;
}

/** Whether the first nodes are others than before: then the index was read anew, or a missing parent came later. */
function previousDiffers(index: GraphIndex, previous: GraphIndex): boolean {
  if (index.shared === previous.shared) return false;
  for (let i = 0; i < previous.count; i++) {
    const time = index.timeMicros[i]!;
    const before = previous.timeMicros[i]!;
    if (index.parents[i] !== previous.parents[i] || index.mergeParents[i] !== previous.mergeParents[i])
      return true;
    if (time !== before && (time === time || before === before)) return true;
  }
  return false;
}

function byHeap(index: GraphIndex, order: Int32Array): Int32Array {
  const { count, parents, mergeParents } = index;
  const times = orderingTimes(index);
  const before = (a: number, b: number): boolean => {
    const x = times[a]!;
    const y = times[b]!;
    return x > y || (x === y && a > b);
  };
  // Children that are not placed yet; -1 once the node itself is in the heap or placed.
  const waiting = new Int32Array(count);
  const count1 = (parent: number, child: number): void => {
    if (parent >= 0 && parent !== child) waiting[parent]!++;
  };
  for (let i = 0; i < count; i++) {
    count1(parents[i]!, i);
    count1(mergeParents[i]!, i);
  }
  const heap = makeHeap(before);
  const ready = (node: number): void => {
    waiting[node] = -1;
    push(heap, node);
  };
  const release = (parent: number, child: number): void => {
    if (parent < 0 || parent === child || waiting[parent]! < 0) return;
    waiting[parent]!--;
    if (waiting[parent] === 0) ready(parent);
  };
  for (let i = 0; i < count; i++) if (waiting[i] === 0) ready(i);

  let row = 0;
  for (let round = 0; row < count; round++) {
    for (let node = pop(heap); node >= 0; node = pop(heap)) {
      order[row++] = node;
      release(parents[node]!, node);
      release(mergeParents[node]!, node);
    }
    if (row < count)
      for (const node of breakCycles(index, waiting, before, round >= CYCLE_ROUNDS)) ready(node);
  }
  return order;
}

/**
 * What to place next when every remaining node waits for a child: the newest node of each cycle that nothing
 * outside it waits to come before. With `all` the inner edges of every cycle are given up at once.
 */
function breakCycles(
  index: GraphIndex,
  waiting: Int32Array,
  before: (a: number, b: number) => boolean,
  all: boolean,
): number[] {
  const { count, parents, mergeParents } = index;
  const active = (node: number): boolean => waiting[node]! > 0;
  const { ids, count: groups } = components(parents, mergeParents, active);
  const hasChildren = new Uint8Array(groups);
  const newest = new Int32Array(groups).fill(-1);
  const free: number[] = [];
  const each = (visit: (parent: number, child: number) => void): void => {
    for (let i = 0; i < count; i++) {
      if (ids[i]! < 0) continue;
      const p = parents[i]!;
      const m = mergeParents[i]!;
      if (p >= 0 && p !== i && ids[p]! >= 0) visit(p, i);
      if (m >= 0 && m !== i && ids[m]! >= 0) visit(m, i);
    }
  };
  if (all) {
    each((parent, child) => {
      if (ids[parent] === ids[child]) waiting[parent]!--;
    });
    for (let i = 0; i < count; i++) if (ids[i]! >= 0 && waiting[i] === 0) free.push(i);
    return free;
  }
  each((parent, child) => {
    if (ids[parent] !== ids[child]) hasChildren[ids[parent]!] = 1;
  });
  for (let i = 0; i < count; i++) {
    const group = ids[i]!;
    if (group >= 0 && (newest[group] === -1 || before(i, newest[group]!))) newest[group] = i;
  }
  for (let group = 0; group < groups; group++) if (hasChildren[group] === 0) free.push(newest[group]!);
  return free;
}
