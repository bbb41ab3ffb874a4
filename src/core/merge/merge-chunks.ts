import { align, type Run } from '../json/align.ts';
import type { Sides } from './merged.ts';

/** A half-open range of each of three lists. `equal`: the elements are the same ones on all three sides. */
export type Chunk = {
  readonly equal: boolean;
  readonly from: Sides<number>;
  readonly to: Sides<number>;
};

type List = ArrayLike<number>;

/**
 * Cuts three lists (of numbers that stand for equal elements) into stretches that all three share and what lies between
 * those, as diff3 does. The same for swapped sides.
 */
export function chunksOf(base: List, ours: List, theirs: List): readonly Chunk[] {
  const inOurs = places(align(base, ours), base.length);
  const inTheirs = places(align(base, theirs), base.length);
  const chunks: Chunk[] = [];
  let at: Sides<number> = { base: 0, ours: 0, theirs: 0 };
  const cut = (equal: boolean, to: Sides<number>): void => {
    if (to.base > at.base || to.ours > at.ours || to.theirs > at.theirs) chunks.push({ equal, from: at, to });
    at = to;
  };
  for (let b = 0; b < base.length; b += 1) {
    if (inOurs[b]! < 0 || inTheirs[b]! < 0) continue;
    cut(false, { base: b, ours: inOurs[b]!, theirs: inTheirs[b]! });
    let count = 1;
    while (inOurs[b + count] === inOurs[b]! + count && inTheirs[b + count] === inTheirs[b]! + count)
      count += 1;
    cut(true, { base: b + count, ours: inOurs[b]! + count, theirs: inTheirs[b]! + count });
    b += count - 1;
  }
  cut(false, { base: base.length, ours: ours.length, theirs: theirs.length });
  return chunks;
}

function places(runs: readonly Run[], length: number): Int32Array {
  const at = new Int32Array(length).fill(-1);
  for (const run of runs) for (let i = 0; i < run.length; i += 1) at[run.a + i] = run.b + i;
  return at;
}

/** Who changed a chunk: one side, both equally, nobody, or both differently (`conflict`). */
export function verdictOf(
  chunk: Chunk,
  base: List,
  ours: List,
  theirs: List,
): 'ours' | 'theirs' | 'both' | 'none' | 'conflict' {
  const { from, to } = chunk;
  const oursIsBase = sameRange(base, from.base, to.base, ours, from.ours, to.ours);
  const theirsIsBase = sameRange(base, from.base, to.base, theirs, from.theirs, to.theirs);
  if (oursIsBase) return theirsIsBase ? 'none' : 'theirs';
  if (theirsIsBase) return 'ours';
  return sameRange(ours, from.ours, to.ours, theirs, from.theirs, to.theirs) ? 'both' : 'conflict';
}

function sameRange(a: List, aFrom: number, aTo: number, b: List, bFrom: number, bTo: number): boolean {
  if (aTo - aFrom !== bTo - bFrom) return false;
  for (let i = 0; i < aTo - aFrom; i += 1) if (a[aFrom + i] !== b[bFrom + i]) return false;
  return true;
}

/**
 * A place where both inserted something different, without what both inserted alike at its beginning and end: those
 * parts are cut off and only the rest is in dispute. Left whole where the rest would be of one side alone, and where
 * something of the base was replaced (which of the parts replaced it, nothing says).
 */
export function narrowed(chunk: Chunk, base: List, ours: List, theirs: List): readonly Chunk[] {
  const { from, to } = chunk;
  const most = Math.min(to.ours - from.ours, to.theirs - from.theirs);
  let before = 0;
  while (before < most && ours[from.ours + before] === theirs[from.theirs + before]) before += 1;
  let after = 0;
  while (after < most - before && ours[to.ours - 1 - after] === theirs[to.theirs - 1 - after]) after += 1;
  if ((before === 0 && after === 0) || to.base > from.base) return [chunk];
  const begin = { base: from.base, ours: from.ours + before, theirs: from.theirs + before };
  const end = { base: to.base, ours: to.ours - after, theirs: to.theirs - after };
  const rest: Chunk = { equal: false, from: begin, to: end };
  if (verdictOf(rest, base, ours, theirs) !== 'conflict') return [chunk];
  const parts: Chunk[] = [];
  if (before > 0) parts.push({ equal: false, from, to: begin });
  parts.push(rest);
  if (after > 0) parts.push({ equal: false, from: end, to });
  return parts;
}
