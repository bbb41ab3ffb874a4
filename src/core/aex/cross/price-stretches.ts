import { KIND, type Facts } from './facts.ts';
import type { Price } from './records.ts';

/** Prompt tokens, completion tokens and cost of a settlement. */
export type Sample = readonly [prompt: number, completion: number, cost: number];

/**
 * Settlements of one model behind each other that all fit a price, though not the known one. Places of the first and last.
 * `price` null: all are of as many tokens and cost the same, so that it can't be told apart from others.
 */
export type Stretch = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly price: Price | null;
};

/** Settlements that must fit a price before it counts as one that was in force. */
export const ENOUGH = 4;
/** Settlements behind a disputed one that are tried together with it. */
const NEXT = 24;
/** Disputed settlements that are tried in vain before the others are taken as they are: each takes some microseconds. */
const TRIES = 2_000;

export const sampleAt = (facts: Facts, at: number): Sample => {
  const side = facts.side[at]!;
  return [facts.prompt[side]!, facts.completion[side]!, facts.amount[at]!];
};

export const costs = (price: Price, [prompt, completion, cost]: Sample): boolean =>
  prompt * price.inputMicro + completion * price.outputMicro === cost;

/** The whole price at which both settlements cost what they did; null: there is none, or more than one. */
export function priceOfTwo([p, c, x]: Sample, [q, d, y]: Sample): Price | null {
  const det = p * d - q * c;
  if (det === 0) return null;
  const inputMicro = (x * d - y * c) / det;
  const outputMicro = (p * y - q * x) / det;
  if (!Number.isInteger(inputMicro) || !Number.isInteger(outputMicro)) return null;
  return inputMicro < 0 || outputMicro < 0 ? null : { inputMicro, outputMicro };
}

/** Places of the settlements of each of these models, in their order. */
export function settlementsOf(facts: Facts, models: ReadonlySet<number>): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const model of models) places.set(model, []);
  for (let at = 0; at < facts.count; at++) {
    if (facts.kind[at] === KIND.commit) places.get(facts.model[facts.side[at]!]!)?.push(at);
  }
  return places;
}

/**
 * The stretches of a model's settlements in which another price was in force: what a price list that was changed on the
 * way, and perhaps changed back, leaves behind.
 */
export function stretchesOf(
  facts: Facts,
  places: readonly number[],
  isDisputed: (at: number) => boolean,
): readonly Stretch[] {
  const found: Stretch[] = [];
  let tries = 0;
  for (let i = 0; i < places.length && tries < TRIES; i++) {
    if (!isDisputed(places[i]!)) continue;
    const price = priceFrom(facts, places, i);
    const first = sampleAt(facts, places[i]!);
    const fits = (one: Sample): boolean =>
      price === null ? one.every((value, k) => value === first[k]) : costs(price, one);
    const run = runFrom(facts, places, i, fits, isDisputed);
    if (run.count < ENOUGH) {
      tries += 1;
      continue;
    }
    found.push({ from: places[i]!, to: places[run.last]!, count: run.count, price });
    i = run.last;
  }
  return found;
}

/** The price that most settlements fit, one after the other, from this one on. */
function priceFrom(facts: Facts, places: readonly number[], first: number): Price | null {
  const one = sampleAt(facts, places[first]!);
  let best: Price | null = null;
  let most = 0;
  const end = Math.min(places.length, first + NEXT);
  for (let i = first + 1; i < end; i++) {
    const price = priceOfTwo(one, sampleAt(facts, places[i]!));
    if (price === null) continue;
    let last = first;
    while (last + 1 < end && costs(price, sampleAt(facts, places[last + 1]!))) last += 1;
    if (last - first > most) {
      most = last - first;
      best = price;
    }
  }
  return best;
}

function runFrom(
  facts: Facts,
  places: readonly number[],
  first: number,
  fits: (one: Sample) => boolean,
  isDisputed: (at: number) => boolean,
): { readonly last: number; readonly count: number } {
  let last = first;
  let count = 0;
  for (let i = first; i < places.length && fits(sampleAt(facts, places[i]!)); i++) {
    if (!isDisputed(places[i]!)) continue;
    last = i;
    count += 1;
  }
  return { last, count };
}
