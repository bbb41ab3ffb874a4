import { aheadBehind } from './ancestors.ts';
import type { GraphIndex } from './index.ts';

/** Calls that only the tip reaches, and calls that only the base reaches, along both parents. */
export type AheadBehind = { readonly ahead: number; readonly behind: number };

/** Tips of one pass: one bit each, and one for the base. */
const TIPS_A_PASS = 30;
const BASE = 1 << TIPS_A_PASS;

/** Slots of the small table that counts calls by who reaches them; few combinations are met near each other. */
const SLOTS = 1024;

/**
 * How far each tip is ahead of and behind `base`; null for a tip that is not in the store (-1), and for all where
 * the base is not. Thirty tips take one pass over the index.
 */
export function aheadBehindAll(
  index: GraphIndex,
  base: number,
  tips: readonly number[],
): (AheadBehind | null)[] {
  if (base < 0) return tips.map(() => null);
  if (!index.ordered) return tips.map((tip) => (tip < 0 ? null : aheadBehind(index, tip, base)));
  const counts: (AheadBehind | null)[] = [];
  for (let at = 0; at < tips.length; at += TIPS_A_PASS) {
    counts.push(...onePass(index, base, tips.slice(at, at + TIPS_A_PASS)));
  }
  return counts;
}

function onePass(index: GraphIndex, base: number, tips: readonly number[]): (AheadBehind | null)[] {
  const { parents, mergeParents } = index;
  const highest = tips.reduce((a, b) => Math.max(a, b), base);
  const reachedBy = new Int32Array(highest + 1);
  reachedBy[base] = BASE;
  tips.forEach((tip, bit) => {
    if (tip >= 0) reachedBy[tip]! |= 1 << bit;
  });
  const ahead = tips.map(() => 0);
  const behind = tips.map(() => 0);
  const settle = (mask: number, count: number): void => {
    const ofBase = (mask & BASE) !== 0;
    for (let bit = 0; bit < tips.length; bit++) {
      const ofTip = (mask & (1 << bit)) !== 0;
      if (ofTip && !ofBase) ahead[bit]! += count;
      if (ofBase && !ofTip) behind[bit]! += count;
    }
  };
  const masks = new Int32Array(SLOTS);
  const counted = new Int32Array(SLOTS);
  for (let node = highest; node >= 0; node--) {
    const mask = reachedBy[node]!;
    if (mask === 0) continue;
    const parent = parents[node]!;
    const merge = mergeParents[node]!;
    if (parent >= 0) reachedBy[parent]! |= mask;
    if (merge >= 0) reachedBy[merge]! |= mask;
    const slot = (Math.imul(mask, 0x9e3779b1) >>> 22) & (SLOTS - 1);
    if (masks[slot] !== mask) {
      if (counted[slot]! > 0) settle(masks[slot]!, counted[slot]!);
      masks[slot] = mask;
      counted[slot] = 0;
    }
    counted[slot]!++;
  }
  for (let slot = 0; slot < SLOTS; slot++) if (counted[slot]! > 0) settle(masks[slot]!, counted[slot]!);
  return tips.map((tip, bit) => (tip < 0 ? null : { ahead: ahead[bit]!, behind: behind[bit]! }));
}
