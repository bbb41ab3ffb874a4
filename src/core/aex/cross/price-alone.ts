import type { Facts } from './facts.ts';
import { costs, ENOUGH, priceOfTwo, sampleAt, type Sample, type Stretch } from './price-stretches.ts';
import type { Price } from './records.ts';

/** Settlements around one that may be of the same other price: calls that were under way when a list was changed end late. */
const NEAR = 16;

/**
 * A settlement whose cost no price list explains: those on both sides fit the known price, or what was reserved for it
 * was priced like the others.
 */
export type Alone = {
  /** settlements of its model that fit the known price */
  readonly agreeing: number;
  /** those of them for which the same amount was reserved; 0 where that is too few to say anything */
  readonly reservedAlike: number;
};

/**
 * The disputed settlements of a model that no other price list explains, by place. `sure`: the price is that of the list
 * beside the ledger; `other`: the one that this list names, where most settlements don't fit it.
 */
export function aloneOf(
  facts: Facts,
  places: readonly number[],
  stretches: readonly Stretch[],
  isDisputed: (at: number) => boolean,
  { sure, other }: { readonly sure: boolean; readonly other: Price | null },
): Map<number, Alone> {
  const found = new Map<number, Alone>();
  const agreeing = places.filter((at) => !isDisputed(at));
  const reserved = countOf(agreeing.map((at) => facts.estimated[at]!));
  const firstAgreeing = places.findIndex((at) => !isDisputed(at));
  const lastAgreeing = places.findLastIndex((at) => !isDisputed(at));
  let stretch = 0;
  const open = places.flatMap((at, i) => (isDisputed(at) ? [i] : []));
  for (const [k, i] of open.entries()) {
    const at = places[i]!;
    while (stretch < stretches.length && stretches[stretch]!.to < at) stretch += 1;
    if (stretch < stretches.length && stretches[stretch]!.from <= at) continue;
    const sample = sampleAt(facts, at);
    if (other !== null && costs(other, sample)) continue;
    const near = open
      .slice(Math.max(0, k - NEAR), k + NEAR + 1)
      .filter((j) => j !== i && Math.abs(j - i) <= NEAR);
    if (near.some((j) => haveOnePrice(sample, sampleAt(facts, places[j]!)))) continue;
    const alike = facts.estimated[at]! > 0 ? (reserved.get(facts.estimated[at]!) ?? 0) : 0;
    const reservedAlike = alike >= 2 ? alike : 0;
    // a list that was changed after the first calls, or only now, leaves such ones at its ends
    const isEdge = i < firstAgreeing || (!sure && i > lastAgreeing);
    if (isEdge && reservedAlike === 0) continue;
    found.set(at, { agreeing: agreeing.length, reservedAlike });
  }
  return agreeing.length >= ENOUGH && agreeing.length >= found.size * 2 ? found : new Map();
}

/** Whether two settlements are of one whole price: then it may have been that of a price list. */
function haveOnePrice(one: Sample, other: Sample): boolean {
  return priceOfTwo(one, other) !== null || one.every((value, k) => value === other[k]);
}

function countOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
