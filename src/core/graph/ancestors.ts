import { components } from './cycles.ts';
import type { GraphIndex } from './index.ts';

/** A bitmap (one byte per node) of everything that the tips reach along both parents, the tips included. */
export function reachable(index: GraphIndex, tips: Iterable<number>): Uint8Array {
  const { parents, mergeParents } = index;
  const seen = new Uint8Array(index.count);
  let highest = -1;
  const stack: number[] = [];
  for (const tip of tips) {
    if (tip < 0 || tip >= index.count) continue;
    seen[tip] = 1;
    if (tip > highest) highest = tip;
    if (!index.ordered) stack.push(tip);
  }
  if (index.ordered) {
    for (let node = highest; node >= 0; node--) {
      if (seen[node] === 0) continue;
      const parent = parents[node]!;
      const merge = mergeParents[node]!;
      if (parent >= 0) seen[parent] = 1;
      if (merge >= 0) seen[merge] = 1;
    }
    return seen;
  }
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const parent = parents[node]!;
    const merge = mergeParents[node]!;
    if (merge >= 0 && seen[merge] === 0) {
      seen[merge] = 1;
      stack.push(merge);
    }
    if (parent >= 0 && seen[parent] === 0) {
      seen[parent] = 1;
      stack.push(parent);
    }
  }
  return seen;
}

/** True when `ancestor` is `node` or is reached from it along both parents. */
export function isAncestor(index: GraphIndex, ancestor: number, node: number): boolean {
  if (ancestor < 0 || node < 0) return false;
  if (ancestor === node) return true;
  if (!index.ordered) return reachable(index, [node])[ancestor] === 1;
  if (ancestor > node) return false;
  const seen = new Uint8Array(node - ancestor + 1);
  seen[node - ancestor] = 1;
  for (let at = node; at > ancestor; at--) {
    if (seen[at - ancestor] === 0) continue;
    const parent = index.parents[at]! - ancestor;
    const merge = index.mergeParents[at]! - ancestor;
    if (parent === 0 || merge === 0) return true;
    if (parent > 0) seen[parent] = 1;
    if (merge > 0) seen[merge] = 1;
  }
  return false;
}

/**
 * The best common ancestors of two nodes, newest row first: those that no other common ancestor reaches. Several
 * for criss-cross merges, none for unrelated histories. Of a cycle (damage) one member stands for all.
 */
export function mergeBases(index: GraphIndex, a: number, b: number): number[] {
  if (a < 0 || b < 0) return [];
  return index.ordered ? basesBelow(index, a, b) : basesInAll(index, a, b);
}

/** Reached from the first node, from the second, from a base that was found. */
const ONE = 1;
const OTHER = 2;
const BELOW = 4;

/** Goes down from the newer of the two and ends where everything left lies below a base. */
function basesBelow({ parents, mergeParents }: GraphIndex, a: number, b: number): number[] {
  const marks = new Uint8Array(Math.max(a, b) + 1);
  let open = 0;
  const mark = (node: number, more: number): void => {
    if (node < 0) return;
    const old = marks[node]!;
    const now = old | more;
    marks[node] = now;
    if (old === 0 && now < BELOW) open++;
    else if (old !== 0 && old < BELOW && now >= BELOW) open--;
  };
  mark(a, ONE);
  mark(b, OTHER);
  const bases: number[] = [];
  for (let node = marks.length - 1; open > 0; node--) {
    const reached = marks[node]!;
    if (reached === 0) continue;
    if (reached < BELOW) open--;
    if (reached === (ONE | OTHER)) bases.push(node);
    const above = reached >= (ONE | OTHER) ? BELOW : reached;
    mark(parents[node]!, above);
    mark(mergeParents[node]!, above);
  }
  return bases;
}

/** Looks at all nodes, in whatever order they stand. */
function basesInAll(index: GraphIndex, a: number, b: number): number[] {
  const common = reachable(index, [a]);
  const other = reachable(index, [b]);
  const { parents, mergeParents, count } = index;
  let size = 0;
  for (let i = 0; i < count; i++) size += common[i]! &= other[i]!;
  // A common ancestor that another one reaches is the parent of a common ancestor: all between are common too.
  const dominated = other.fill(0);
  for (let i = 0; i < count; i++) {
    if (common[i] === 0) continue;
    const parent = parents[i]!;
    const merge = mergeParents[i]!;
    if (parent >= 0 && parent !== i) dominated[parent] = 1;
    if (merge >= 0 && merge !== i) dominated[merge] = 1;
  }
  const bases: number[] = [];
  for (let i = count - 1; i >= 0; i--) if (common[i] === 1 && dominated[i] === 0) bases.push(i);
  return withCycles(index, common, size, bases);
}

/** Common ancestors in cycles dominate each other: the newest of each group that no other common ancestor reaches. */
function withCycles(index: GraphIndex, common: Uint8Array, size: number, bases: number[]): number[] {
  if (reachable(index, bases).reduce((sum, bit) => sum + bit, 0) === size) return bases;
  const { parents, mergeParents, count } = index;
  const { ids, count: groups } = components(parents, mergeParents, (node) => common[node] === 1);
  const reached = new Uint8Array(groups);
  const newest = new Int32Array(groups).fill(-1);
  for (let i = 0; i < count; i++) {
    const group = ids[i]!;
    if (group < 0) continue;
    newest[group] = i;
    for (const parent of [parents[i]!, mergeParents[i]!]) {
      if (parent >= 0 && ids[parent] !== group) reached[ids[parent]!] = 1;
    }
  }
  return Array.from(newest.filter((_, group) => reached[group] === 0)).sort((x, y) => y - x);
}

/** How many calls only `a` reaches (ahead) and only `b` reaches (behind), along both parents. */
export function aheadBehind(
  index: GraphIndex,
  a: number,
  b: number,
): { readonly ahead: number; readonly behind: number } {
  if (a === b) return { ahead: 0, behind: 0 };
  return index.ordered ? countDown(index, a, b) : countAll(index, a, b);
}

function countAll(index: GraphIndex, a: number, b: number): { ahead: number; behind: number } {
  const fromA = reachable(index, [a]);
  const fromB = reachable(index, [b]);
  let [ahead, behind] = [0, 0];
  for (let i = 0; i < fromA.length; i++) {
    ahead += fromA[i]! & ~fromB[i]!;
    behind += fromB[i]! & ~fromA[i]!;
  }
  return { ahead, behind };
}

/** Goes down from the newer of the two and ends where everything left is reached from both. */
function countDown(index: GraphIndex, a: number, b: number): { ahead: number; behind: number } {
  const { parents, mergeParents } = index;
  const sides = new Uint8Array(Math.max(a, b) + 1);
  let [ahead, behind, open] = [0, 0, 0];
  const mark = (node: number, side: number): void => {
    if (node < 0) return;
    const old = sides[node]!;
    const now = old | side;
    if (now === old) return;
    sides[node] = now;
    if (now === 3) open--;
    else open++;
    if (old === 0 && now === 3) open++;
  };
  mark(a, 1);
  mark(b, 2);
  for (let node = sides.length - 1; node >= 0 && open > 0; node--) {
    const side = sides[node]!;
    if (side === 0) continue;
    if (side === 1) ahead++;
    if (side === 2) behind++;
    if (side !== 3) open--;
    mark(parents[node]!, side);
    mark(mergeParents[node]!, side);
  }
  return { ahead, behind };
}
