import type { CutOff, CutOffPart } from '../../contract/problem.ts';
import { CUT_OFF_PARTS } from '../../contract/problem.ts';

/** Parents by number; anything below zero is none. `rowOf` gives the row number of a call. */
type Links = {
  readonly parents: Int32Array;
  readonly mergeParents: Int32Array;
  readonly rowOf: (node: number) => number;
};

/** A part that no ref reaches: its newest call, and how many calls hang on it that no newer part has. */
export type Unreached = { readonly node: number; readonly row: number; readonly calls: number };

/** Where the history stops: a call (or a ref, without a row) that names a call which is not in the store. */
export type Gap = { readonly name: string; readonly row: number | null };

/** The calls that no ref reaches along both parents, by their newest ends, the largest first. Linear in the calls. */
export function unreachedParts(links: Links, tips: Iterable<number>): readonly Unreached[] {
  const { parents, mergeParents, rowOf } = links;
  const count = parents.length;
  const seen = new Uint8Array(count);
  const claim = (from: number): number => {
    if (seen[from] !== 0) return 0;
    const stack = [from];
    let calls = 0;
    seen[from] = 1;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      calls++;
      for (const parent of [parents[node] as number, mergeParents[node] as number]) {
        if (parent < 0 || seen[parent] !== 0) continue;
        seen[parent] = 1;
        stack.push(parent);
      }
    }
    return calls;
  };
  let left = count;
  for (const tip of tips) if (tip >= 0) left -= claim(tip);
  if (left === 0) return [];
  const hasChild = new Uint8Array(count);
  for (let node = 0; node < count; node++) {
    if (seen[node] !== 0) continue;
    for (const parent of [parents[node] as number, mergeParents[node] as number]) {
      if (parent >= 0) hasChild[parent] = 1;
    }
  }
  const ends: number[] = [];
  for (let node = 0; node < count; node++) if (seen[node] === 0 && hasChild[node] === 0) ends.push(node);
  ends.sort((a, b) => rowOf(b) - rowOf(a));
  const found = ends.map((node) => ({ node, row: rowOf(node), calls: claim(node) }));
  // What is left stands on circles, which have no newest end.
  for (let node = count - 1; node >= 0; node--) {
    if (seen[node] === 0) found.push({ node, row: rowOf(node), calls: claim(node) });
  }
  return found.sort((a, b) => b.calls - a.calls || b.row - a.row);
}

/**
 * Which part likely stood before which gap: calls are recorded one after the other, so before a gap stands the part
 * that was recorded last before it. A ref has no row: the newest part that is left.
 */
export function partsBeforeGaps(parts: readonly Unreached[], gaps: readonly Gap[]): Map<Unreached, string> {
  const before = new Map<Unreached, string>();
  const newest = parts.toSorted((a, b) => b.row - a.row);
  const ordered = gaps.toSorted((a, b) => (b.row ?? -1) - (a.row ?? -1));
  let at = 0;
  const waiting: Unreached[] = [];
  for (const { name, row } of ordered) {
    if (row === null) continue;
    while (at < newest.length && (newest[at] as Unreached).row >= row)
      waiting.push(newest[at++] as Unreached);
    const part = newest[at];
    if (part === undefined) break;
    before.set(part, name);
    at++;
  }
  const free = [...waiting, ...newest.slice(at)];
  for (const { name, row } of ordered) {
    if (row !== null) continue;
    const part = free.shift();
    if (part !== undefined) before.set(part, name);
  }
  return before;
}

/** What is told of the parts; null where nothing is cut off. `describe` reads the call of a part. */
export function cutOffOf(
  parts: readonly Unreached[],
  gaps: readonly Gap[],
  describe: (part: Unreached) => Omit<CutOffPart, 'calls' | 'before'>,
): CutOff | null {
  if (parts.length === 0 || gaps.length === 0) return null;
  const before = partsBeforeGaps(parts, gaps);
  return {
    calls: parts.reduce((sum, part) => sum + part.calls, 0),
    parts: parts.length,
    listed: parts
      .slice(0, CUT_OFF_PARTS)
      .map((part) => Object.assign(describe(part), { calls: part.calls, before: before.get(part) ?? null })),
  };
}
