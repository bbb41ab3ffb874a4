import { MISSING, NONE } from '../../graph/index.ts';
import { COMMON, type History } from './history.ts';

/**
 * A history as a graph of stretches: calls that follow each other without a fork or merge between them. All calls of a
 * stretch are reached by the same tips and by the same merges. Stretches are numbered so that parents come first; only
 * the first call of one can be a merge, have no parent or miss one, and a link always leads to the last call of another.
 */
export type Stretches = {
  readonly count: number;
  /** places of the first (oldest) and last call of each */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** stretches of the two parents of the first call: −1 none, −2 missing */
  readonly parents: Int32Array;
  readonly mergeParents: Int32Array;
  readonly sides: Uint8Array;
  /** the stretch of a place; −1 where neither tip reaches it */
  readonly of: Int32Array;
};

/** The stretches of everything that the two tips reach. The tips end theirs. */
export function stretchesOf(history: History): Stretches {
  const { parents, mergeParents, sides } = history;
  const size = sides.length;
  const children = childrenIn(history);
  const of = new Int32Array(size).fill(-1);
  const firsts: number[] = [];
  const lasts: number[] = [];
  for (let place = 0; place < size; place++) {
    if (sides[place] === 0) continue;
    const parent = parents[place]!;
    if (mergeParents[place] === NONE && parent >= 0 && children[parent] === 1) {
      of[place] = of[parent]!;
      lasts[of[place]!] = place;
      continue;
    }
    of[place] = firsts.length;
    firsts.push(place);
    lasts.push(place);
  }
  const stretchAt = (place: number): number => (place >= 0 ? of[place]! : place === MISSING ? MISSING : NONE);
  return {
    count: firsts.length,
    first: Int32Array.from(firsts),
    last: Int32Array.from(lasts),
    parents: Int32Array.from(firsts, (place) => stretchAt(parents[place]!)),
    mergeParents: Int32Array.from(firsts, (place) => stretchAt(mergeParents[place]!)),
    sides: Uint8Array.from(firsts, (place) => sides[place]!),
    of,
  };
}

/** How many calls of the history name each place as a parent: 2 stands for more, and for a tip. */
function childrenIn({ parents, mergeParents, sides, ours, theirs }: History): Uint8Array {
  const children = new Uint8Array(sides.length);
  const count = (place: number): void => {
    if (place >= 0 && children[place]! < 2) children[place]!++;
  };
  for (let place = 0; place < sides.length; place++) {
    if (sides[place] === 0) continue;
    count(parents[place]!);
    count(mergeParents[place]!);
  }
  children[ours] = children[theirs] = 2;
  return children;
}

/** Steps after which every common stretch counts as one that may differ: less than a second. */
const MOST_STEPS = 10_000_000;

/**
 * Common stretches whose documents may differ between the sides although both reach them: a merge that only one side
 * has joins them in its own way. Empty without a criss-cross.
 *
 * A document differs at a merge where both parents have something of it that the other has not: a call, or a merge
 * that joined older calls in its own way. So the calls that only one parent reaches are found, and where both parents
 * have merges of their own these are looked into for what they join of the calls that both reach.
 */
export function divergedStretches(stretches: Stretches): ReadonlySet<number> {
  const { sides, mergeParents, parents } = stretches;
  const found = new Set<number>();
  let steps = 0;
  const frontier = frontierMasks(stretches);
  const open: { readonly merge: number; readonly within: (stretch: number) => boolean }[] = [];
  const isCommon = (stretch: number): boolean => sides[stretch] === COMMON;
  for (let merge = 0; merge < stretches.count; merge++) {
    const [a, b] = [parents[merge]!, mergeParents[merge]!];
    if (a < 0 || b < 0 || isCommon(merge)) continue;
    const [x, y] = [frontier[a]!, frontier[b]!];
    if (x === -1 || y === -1 || ((x & ~y) !== 0 && (y & ~x) !== 0)) open.push({ merge, within: isCommon });
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { merge, within } = next;
    const apart = symmetricDifference(stretches, parents[merge]!, mergeParents[merge]!);
    steps += apart[0].length + apart[1].length + 1;
    if (steps > MOST_STEPS) return new Set([...sides.keys()].filter(isCommon));
    const inside = apart.map((only) => only.filter(within));
    if (inside.some((only) => only.length === 0)) continue;
    for (const only of inside) for (const stretch of only) found.add(stretch);
    const merges = inside.map((only) => only.filter((i) => parents[i]! >= 0 && mergeParents[i]! >= 0));
    if (merges.some((own) => own.length === 0)) continue;
    const fewer = merges[0]!.length <= merges[1]!.length ? 0 : 1;
    const own = new Set(apart[fewer]);
    const isShared = (stretch: number): boolean => !own.has(stretch);
    for (const inner of merges[fewer]!) open.push({ merge: inner, within: isShared });
  }
  return found;
}

/**
 * For each stretch which of the common ones next to the sides' own it reaches, as bits; −1 where there are too many to
 * say. A common stretch beside the sides has its own bit only.
 */
function frontierMasks({ count, parents, mergeParents, sides }: Stretches): Int32Array {
  const masks = new Int32Array(count);
  const bits = new Map<number, number>();
  const maskOf = (parent: number): number => {
    if (parent < 0) return 0;
    if (sides[parent] !== COMMON) return masks[parent]!;
    let bit = bits.get(parent);
    if (bit === undefined) {
      bit = bits.size < 31 ? 1 << bits.size : -1;
      bits.set(parent, bit);
      masks[parent] = bit;
    }
    return bit;
  };
  for (let i = 0; i < count; i++) {
    if (sides[i] !== COMMON) masks[i] = maskOf(parents[i]!) | maskOf(mergeParents[i]!);
  }
  return masks;
}

/** What `a` reaches and `b` does not, and the other way round; each contains itself. Ends where all else is common. */
function symmetricDifference(
  { parents, mergeParents }: Stretches,
  a: number,
  b: number,
): [readonly number[], readonly number[]] {
  const marks = new Map<number, number>();
  const onlyA: number[] = [];
  const onlyB: number[] = [];
  let open = 0;
  const mark = (stretch: number, side: number): void => {
    if (stretch < 0) return;
    const old = marks.get(stretch) ?? 0;
    const now = old | side;
    if (now === old) return;
    marks.set(stretch, now);
    if (now !== 3) open++;
    else if (old !== 0) open--;
  };
  mark(a, 1);
  mark(b, 2);
  for (let i = Math.max(a, b); i >= 0 && open > 0; i--) {
    const side = marks.get(i);
    if (side === undefined) continue;
    if (side !== 3) open--;
    if (side === 1) onlyA.push(i);
    if (side === 2) onlyB.push(i);
    mark(parents[i]!, side);
    mark(mergeParents[i]!, side);
  }
  return [onlyA, onlyB];
}
