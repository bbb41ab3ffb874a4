import type { Facts } from './facts.ts';
import { costs, ENOUGH, priceOfTwo, sampleAt, type Sample, type Stretch } from './price-stretches.ts';
import type { Price } from './records.ts';

/** Settlements around another price list in which single calls of it can come late, because they were under way. */
const LATE = 16;

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
  const index = new Map(places.map((at, i) => [at, i]));
  const spans = stretches.map(({ from, to, price }) => ({
    from: index.get(from)!,
    to: index.get(to)!,
    price,
  }));
  for (let i = 0; i < places.length; i++) {
    if (!isDisputed(places[i]!)) continue;
    const first = i;
    while (i + 1 < places.length && isDisputed(places[i + 1]!)) i += 1;
    const run = places.slice(first, i + 1);
    const inside = spans.some(({ from, to }) => from <= i && to >= first);
    const samples = run.map((at) => sampleAt(facts, at));
    if (inside || run.length > ENOUGH || haveOnePrice(samples)) continue;
    // a list that was changed after the first calls, or only now, leaves such ones at its ends
    const isEdge = first === 0 || (i === places.length - 1 && !sure);
    for (const at of run) {
      const sample = sampleAt(facts, at);
      const late = spans.some(
        ({ from, to, price }) =>
          price !== null && first >= from - LATE && i <= to + LATE && costs(price, sample),
      );
      if (late || (other !== null && costs(other, sample))) continue;
      const alike = facts.estimated[at]! > 0 ? (reserved.get(facts.estimated[at]!) ?? 0) : 0;
      const reservedAlike = alike >= 2 ? alike : 0;
      if (isEdge && reservedAlike === 0) continue;
      found.set(at, { agreeing: agreeing.length, reservedAlike });
    }
  }
  return agreeing.length >= ENOUGH && agreeing.length >= found.size * 2 ? found : new Map();
}

/** Whether settlements are several, and all of one whole price: then a price list was in force for them. */
function haveOnePrice(samples: readonly Sample[]): boolean {
  if (samples.length < 2) return false;
  const [one] = samples;
  for (const next of samples.slice(1)) {
    const price = priceOfTwo(one!, next);
    if (price !== null) return samples.every((sample) => costs(price, sample));
  }
  return samples.every((sample) => sample.every((value, k) => value === one![k]));
}

function countOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
