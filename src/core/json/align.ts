/** `length` elements from `a` in the one list and from `b` in the other that are the same. */
export type Run = { readonly a: number; readonly b: number; readonly length: number };

/** A part of both lists between two runs; one of the two may be empty. */
export type Gap = {
  readonly a: number;
  readonly aEnd: number;
  readonly b: number;
  readonly bEnd: number;
};

/** Edits up to which a stretch is aligned as short as can be; its cost is their square. */
const MAX_EDITS = 1_200;
/** Steps for one alignment in all, a fraction of a second. */
const MAX_STEPS = 20_000_000;

type Budget = { steps: number };

/**
 * The elements that two lists (of numbers that stand for equal elements) have in common, in order: a longest common
 * subsequence. Beyond `MAX_EDITS` differences, elements that stand once in each list hold the two together and the rest
 * is aligned between them; what can't be held so, or comes after `MAX_STEPS`, counts as replaced. Always a correct
 * alignment, then not always the longest.
 */
export function align(a: ArrayLike<number>, b: ArrayLike<number>): readonly Run[] {
  const runs: Run[] = [];
  alignPart(a, b, { a: 0, aEnd: a.length, b: 0, bEnd: b.length }, runs, { steps: MAX_STEPS });
  return joined(runs);
}

/** What lies between the runs, where there is anything. */
export function gapsBetween(runs: readonly Run[], aLength: number, bLength: number): readonly Gap[] {
  const gaps: Gap[] = [];
  let a = 0;
  let b = 0;
  for (const run of [...runs, { a: aLength, b: bLength, length: 0 }]) {
    if (run.a > a || run.b > b) gaps.push({ a, aEnd: run.a, b, bEnd: run.b });
    a = run.a + run.length;
    b = run.b + run.length;
  }
  return gaps;
}

function alignPart(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  whole: Gap,
  runs: Run[],
  budget: Budget,
): void {
  const { part, before, after } = trimmed(a, b, whole);
  if (before > 0) runs.push({ a: whole.a, b: whole.b, length: before });
  if (part.a < part.aEnd && part.b < part.bEnd) {
    const shortest = shortestEdit(a, b, part, budget);
    if (shortest === null) alignByAnchors(a, b, part, runs, budget);
    else runs.push(...shortest);
  }
  if (after > 0) runs.push({ a: part.aEnd, b: part.bEnd, length: after });
}

/** The part without what both lists begin and end with. */
function trimmed(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  whole: Gap,
): { readonly part: Gap; readonly before: number; readonly after: number } {
  const most = Math.min(whole.aEnd - whole.a, whole.bEnd - whole.b);
  let before = 0;
  while (before < most && a[whole.a + before] === b[whole.b + before]) before += 1;
  let after = 0;
  while (after < most - before && a[whole.aEnd - 1 - after] === b[whole.bEnd - 1 - after]) after += 1;
  return {
    part: { a: whole.a + before, aEnd: whole.aEnd - after, b: whole.b + before, bEnd: whole.bEnd - after },
    before,
    after,
  };
}

/** Myers' greedy algorithm; null beyond the limits. */
function shortestEdit(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  part: Gap,
  budget: Budget,
): readonly Run[] | null {
  const aLength = part.aEnd - part.a;
  const bLength = part.bEnd - part.b;
  const most = Math.min(MAX_EDITS, aLength + bLength);
  const reach = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(reach.slice(most + 1 - edits - 1, most + 1 + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const at = most + 1 + k;
      const down = k === -edits || (k !== edits && reach[at - 1]! < reach[at + 1]!);
      const begin = down ? reach[at + 1]! : reach[at - 1]! + 1;
      let x = begin;
      while (x < aLength && x - k < bLength && x - k >= 0 && a[part.a + x] === b[part.b + x - k]) x += 1;
      reach[at] = x;
      budget.steps -= 1 + x - begin;
      if (x >= aLength && x - k >= bLength) return walkBack(trace, edits, part);
    }
    if (budget.steps <= 0) return null;
  }
  return null;
}

function walkBack(trace: readonly Int32Array[], edits: number, part: Gap): readonly Run[] {
  const runs: Run[] = [];
  let x = part.aEnd - part.a;
  let y = part.bEnd - part.b;
  for (let d = edits; d >= 0; d -= 1) {
    const reach = trace[d]!;
    const of = (k: number): number => reach[k + d + 1]!;
    const k = x - y;
    const down = k === -d || (k !== d && of(k - 1) < of(k + 1));
    const beforeK = down ? k + 1 : k - 1;
    const beforeX = d === 0 ? 0 : of(beforeK);
    const beforeY = d === 0 ? 0 : beforeX - beforeK;
    const begin = d === 0 ? 0 : down ? beforeX : beforeX + 1;
    if (x > begin) {
      const length = x - begin;
      runs.push({ a: part.a + begin, b: part.b + y - length, length });
    }
    x = beforeX;
    y = beforeY;
  }
  return runs.toReversed();
}

/** Aligns around the elements that stand exactly once in each part and in the same order (patience). */
function alignByAnchors(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  part: Gap,
  runs: Run[],
  budget: Budget,
): void {
  const anchors = inOrder(onceInBoth(a, b, part));
  budget.steps -= part.aEnd - part.a + part.bEnd - part.b;
  if (anchors.length === 0 || budget.steps <= 0) return;
  let at = { a: part.a, b: part.b };
  for (const anchor of anchors) {
    alignPart(a, b, { a: at.a, aEnd: anchor.a, b: at.b, bEnd: anchor.b }, runs, budget);
    runs.push({ ...anchor, length: 1 });
    at = { a: anchor.a + 1, b: anchor.b + 1 };
  }
  alignPart(a, b, { a: at.a, aEnd: part.aEnd, b: at.b, bEnd: part.bEnd }, runs, budget);
}

type Pair = { readonly a: number; readonly b: number };

function onceInBoth(a: ArrayLike<number>, b: ArrayLike<number>, part: Gap): readonly Pair[] {
  const inB = places(b, part.b, part.bEnd);
  const pairs: Pair[] = [];
  for (const [value, at] of places(a, part.a, part.aEnd)) {
    const other = inB.get(value) ?? -1;
    if (at >= 0 && other >= 0) pairs.push({ a: at, b: other });
  }
  return pairs.toSorted((one, two) => one.a - two.a);
}

/** Where each element stands, -1 where it stands more than once. */
function places(list: ArrayLike<number>, from: number, to: number): ReadonlyMap<number, number> {
  const at = new Map<number, number>();
  for (let i = from; i < to; i += 1) at.set(list[i]!, at.has(list[i]!) ? -1 : i);
  return at;
}

/** The longest part of pairs, sorted by `a`, in which `b` grows too. */
function inOrder(pairs: readonly Pair[]): readonly Pair[] {
  const ends: number[] = [];
  const before = new Int32Array(pairs.length);
  for (let i = 0; i < pairs.length; i += 1) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]!.b < pairs[i]!.b) low = middle + 1;
      else high = middle;
    }
    before[i] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = i;
  }
  const found: Pair[] = [];
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]!) found.push(pairs[i]!);
  return found.toReversed();
}

function joined(runs: readonly Run[]): readonly Run[] {
  const whole: Run[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (last !== undefined && last.a + last.length === run.a && last.b + last.length === run.b) {
      whole[whole.length - 1] = { ...last, length: last.length + run.length };
    } else whole.push(run);
  }
  return whole;
}
