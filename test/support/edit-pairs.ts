import type { JsonNode } from '../../src/core/json/tree.ts';
import { cloneTree, makeTree, toJson, type Dice } from './edit-trees.ts';
import { slotsOf, type Slot } from './edit-slots.ts';

/** Two edits of one document, and what their merge must be. */
export type EditPair = {
  readonly base: JsonNode;
  readonly ours: JsonNode;
  readonly theirs: JsonNode;
  /** the places at which a merge must report a conflict, each once, as paths without numbers, sorted */
  readonly conflicts: readonly string[];
  /** what both edits together make of the document, with the conflicts settled for a side; without any both are equal */
  readonly merged: { readonly ours: JsonNode; readonly theirs: JsonNode };
  /** how many places only ours, only theirs and both (equally) changed */
  readonly edits: { readonly ours: number; readonly theirs: number; readonly both: number };
};

/** What of a seed: about how many values the document has, and whether some places are changed by both differently. */
export type EditPairOptions = { readonly values: number; readonly clash: boolean };

/**
 * A document and two edits of it whose merge is known, because every edit has a place of its own: keys of objects,
 * elements of lists with names and without, lines of texts, whole values. Places of lists without names and of texts lie
 * apart, so that nobody can ask what is beside what. The same seed gives the same pair.
 */
export function makeEditPair(seed: number, { values, clash }: EditPairOptions): EditPair {
  const dice = diceOf(seed);
  const base = makeTree(dice, values);
  const slots = shuffled(slotsOf(base, dice), dice);
  const take = (most: number): readonly Slot[] => slots.splice(0, Math.min(slots.length, dice(most + 1)));
  const most = Math.max(2, slots.length >> 2);
  const clashes = clash ? slots.splice(0, 1 + dice(Math.min(3, slots.length))) : [];
  const [both, mine, other] = [take(3), take(most), take(most)];
  const after = (...edits: readonly [slots: readonly Slot[], variant: 0 | 1][]): JsonNode => {
    const tree = cloneTree(base);
    for (const [list, variant] of edits) for (const slot of list) slot.change(tree, variant);
    return toJson(tree);
  };
  return {
    base: toJson(base),
    ours: after([both, 0], [mine, 0], [clashes, 0]),
    theirs: after([both, 0], [other, 0], [clashes, 1]),
    conflicts: clashes.map(({ path }) => path).toSorted(),
    merged: {
      ours: after([both, 0], [mine, 0], [other, 0], [clashes, 0]),
      theirs: after([both, 0], [mine, 0], [other, 0], [clashes, 1]),
    },
    edits: { ours: mine.length, theirs: other.length, both: both.length },
  };
}

/** A seeded source of integers below a bound (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function shuffled<T>(items: readonly T[], dice: Dice): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = dice(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
