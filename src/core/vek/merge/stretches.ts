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

/**
 * Common stretches whose documents may differ between the sides although both reach them: a merge that only one side
 * has (or that such a merge leads to) joins them in its own way. Empty without a criss-cross.
 */
export function divergedStretches(stretches: Stretches): ReadonlySet<number> {
  const found = new Set<number>();
  const seen = new Set<number>();
  const frontier = frontierMasks(stretches);
  const open: number[] = [];
  const visit = (stretch: number): void => {
    if (stretches.mergeParents[stretch]! < 0 || seen.has(stretch)) return;
    seen.add(stretch);
    open.push(stretch);
  };
  for (let i = 0; i < stretches.count; i++) if (stretches.sides[i] !== COMMON) visit(i);
  for (let merge = open.pop(); merge !== undefined; merge = open.pop()) {
    const [a, b] = [stretches.parents[merge]!, stretches.mergeParents[merge]!];
    if (a < 0) continue;
    if (stretches.sides[merge] !== COMMON) {
      const [x, y] = [frontier[a]!, frontier[b]!];
      if (x !== -1 && y !== -1 && ((x & ~y) === 0 || (y & ~x) === 0)) continue;
    }
    const apart = symmetricDifference(stretches, a, b);
    const [left, right] = apart.map((only) => only.filter((i) => stretches.sides[i] === COMMON));
    if (left!.length === 0 || right!.length === 0) continue;
    for (const stretch of [...left!, ...right!]) {
      found.add(stretch);
      visit(stretch);
    }
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
