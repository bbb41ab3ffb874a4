import { MISSING, type GraphIndex } from '../../graph/index.ts';
import { topologicalOrder } from '../../graph/order.ts';

/** Bits of `History.sides`: reached by the tip of ours, of theirs. Both: a common call. */
export const OURS = 1;
export const THEIRS = 2;
export const COMMON = 3;

/**
 * The calls that two tips reach, by places: every parent has a lower place than its child. In an index where that is
 * so already places are nodes; elsewhere they follow the topological order, and a link of a cycle (damage) is cut,
 * which makes it a missing parent.
 */
export type History = {
  /** −1 none, −2 missing (`NONE` and `MISSING` of the index) */
  readonly parents: Int32Array;
  readonly mergeParents: Int32Array;
  /** index into `toolNames` */
  readonly tools: Int32Array;
  readonly toolNames: readonly string[];
  /** node of the index at each place; null where they are the same */
  readonly nodes: Int32Array | null;
  /** for each place which of the tips reach it */
  readonly sides: Uint8Array;
  readonly ours: number;
  readonly theirs: number;
  /** calls that only one side reaches */
  readonly ahead: { readonly ours: number; readonly theirs: number };
  /** calls that both reach */
  readonly common: number;
  /** links of cycles that were cut */
  readonly cut: number;
};

/** The history of two nodes of an index. */
export function historyOf(index: GraphIndex, ours: number, theirs: number): History {
  const ordered = index.ordered ? asItIs(index) : reordered(index);
  const placeOf = ordered.places === null ? (node: number) => node : (node: number) => ordered.places![node]!;
  const [a, b] = [placeOf(ours), placeOf(theirs)];
  const { parents, mergeParents } = ordered;
  const sides = new Uint8Array(Math.max(a, b) + 1);
  sides[a]! |= OURS;
  sides[b]! |= THEIRS;
  const ahead = { ours: 0, theirs: 0 };
  let common = 0;
  for (let place = sides.length - 1; place >= 0; place--) {
    const side = sides[place]!;
    if (side === 0) continue;
    if (side === OURS) ahead.ours++;
    if (side === THEIRS) ahead.theirs++;
    if (side === COMMON) common++;
    const parent = parents[place]!;
    const merge = mergeParents[place]!;
    if (parent >= 0) sides[parent]! |= side;
    if (merge >= 0) sides[merge]! |= side;
  }
  return { ...ordered, toolNames: index.toolNames, sides, ours: a, theirs: b, ahead, common };
}

type Ordered = Pick<History, 'parents' | 'mergeParents' | 'tools' | 'nodes' | 'cut'> & {
  readonly places: Int32Array | null;
};

function asItIs({ parents, mergeParents, tools }: GraphIndex): Ordered {
  return { parents, mergeParents, tools, nodes: null, places: null, cut: 0 };
}

function reordered(index: GraphIndex): Ordered {
  const { count } = index;
  const nodes = topologicalOrder(index).toReversed();
  const places = new Int32Array(count);
  for (let place = 0; place < count; place++) places[nodes[place]!] = place;
  let cut = 0;
  const moved = (links: Int32Array): Int32Array =>
    Int32Array.from(nodes, (node, place) => {
      const to = links[node]!;
      if (to < 0) return to;
      if (places[to]! < place) return places[to]!;
      cut++;
      return MISSING;
    });
  const parents = moved(index.parents);
  const mergeParents = moved(index.mergeParents);
  const tools = Int32Array.from(nodes, (node) => index.tools[node]!);
  return { parents, mergeParents, tools, nodes, places, cut };
}
