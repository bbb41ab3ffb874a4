import { NONE } from '../columns.ts';
import { witness, type Board } from './board.ts';
import type { PriceBook } from './call.ts';
import { KIND, nameOf, seqAt, type Facts } from './facts.ts';
import type { Price, Prices } from './records.ts';
import { money, shown } from './words.ts';

type Sample = readonly [prompt: number, completion: number, cost: number];
const SAMPLES = 48;
/** Settlements that must fit a price before it counts as known without a price list. */
const ENOUGH = 4;

/** Prices from the price list where it has the model, else such as most settlements of a model fit. */
export function priceBook(facts: Facts, prices: Prices | null): PriceBook {
  const known = new Map<number, { price: Price; sure: boolean }>();
  for (const [model, samples] of samplesOf(facts)) {
    const name = nameOf(facts, model);
    const listed = name === null ? undefined : prices?.get(name);
    const fits = listed === undefined ? 0 : samples.filter((one) => costs(listed, one)).length;
    // a price list of another time is no witness: most of what is there has to fit it
    if (listed !== undefined && fits * 2 >= samples.length) known.set(model, { price: listed, sure: true });
    else {
      const inferred = inferredPrice(samples);
      if (inferred !== null) known.set(model, { price: inferred, sure: false });
    }
  }
  const disputed: { at: number; micro: number; id: string; sure: boolean }[] = [];
  return {
    ttl: usualTtl(facts),
    models: known.size,
    costOf: (model, prompt, completion) => {
      const found = known.get(model);
      if (found === undefined) return null;
      const micro = prompt * found.price.inputMicro + completion * found.price.outputMicro;
      return Number.isSafeInteger(micro) ? { micro, sure: found.sure } : null;
    },
    agrees: (model, prompt, completion, cost) => {
      const price = known.get(model)?.price;
      if (price === undefined) return true;
      const micro = prompt * price.inputMicro + completion * price.outputMicro;
      return micro === cost || !Number.isSafeInteger(micro);
    },
    differs: (id, at, micro, sure) => {
      if (disputed.length < 2_000) disputed.push({ at, micro, id, sure });
    },
    close: (_facts, board) => {
      for (const one of disputed) tellPrice(facts, board, one);
    },
  };
}

function tellPrice(
  facts: Facts,
  board: Board,
  { at, micro, id, sure }: { at: number; micro: number; id: string; sure: boolean },
): void {
  const seq = seqAt(facts, at);
  const model = nameOf(facts, facts.model[facts.side[at]!]!);
  board.add(`entry:${seq}`, {
    kind: 'price-differs',
    severity: sure && around(facts, at) ? 'warning' : 'notice',
    seq,
    executionId: id,
    agent: nameOf(facts, facts.agent[at]!),
    message: `Entry ${seq} settled ${money(facts.amount[at]!)}, and its tokens times the price of ${shown(model)} are ${money(micro)}. All records agree on the cost, so the price may have been another one then.`,
    expected: money(micro),
    found: money(facts.amount[at]!),
    sure: 'possible',
    because: [witness('price', sure ? 'the price list' : 'other settlements', money(micro), true)],
  });
}

/** Whether the settlements of the same model on both sides cost what a price makes of them, as far as they are near. */
function around(facts: Facts, at: number): boolean {
  const model = facts.model[facts.side[at]!]!;
  let both = 0;
  for (const step of [-1, 1]) {
    for (let i = at + step, seen = 0; i >= 0 && i < facts.count && seen < 200; i += step, seen++) {
      if (facts.kind[i] === KIND.commit && facts.model[facts.side[i]!] === model) {
        both += 1;
        break;
      }
    }
  }
  return both === 2;
}

function samplesOf(facts: Facts): Map<number, Sample[]> {
  const samples = new Map<number, Sample[]>();
  const step = Math.max(1, Math.floor(facts.settlements / 20_000));
  let nth = 0;
  for (let at = 0; at < facts.count; at++) {
    if (facts.kind[at] !== KIND.commit || nth++ % step !== 0) continue;
    const side = facts.side[at]!;
    const model = facts.model[side]!;
    const list = samples.get(model) ?? [];
    if (list.length >= SAMPLES) continue;
    if (list.length === 0) samples.set(model, list);
    list.push([facts.prompt[side]!, facts.completion[side]!, facts.amount[at]!]);
  }
  return samples;
}

const costs = (price: Price, [p, c, cost]: Sample): boolean =>
  p * price.inputMicro + c * price.outputMicro === cost;

function inferredPrice(samples: readonly Sample[]): Price | null {
  let best: Price | null = null;
  let most = 0;
  const few = samples.slice(0, 24);
  for (let i = 0; i < few.length; i++) {
    for (let j = i + 1; j < few.length; j++) {
      const [p, c, x] = few[i]!;
      const [q, d, y] = few[j]!;
      const det = p * d - q * c;
      if (det === 0) continue;
      const price = { inputMicro: (x * d - y * c) / det, outputMicro: (p * y - q * x) / det };
      if (!Number.isInteger(price.inputMicro) || !Number.isInteger(price.outputMicro)) continue;
      if (price.inputMicro < 0 || price.outputMicro < 0) continue;
      const fits = samples.filter((one) => costs(price, one)).length;
      if (fits > most) {
        most = fits;
        best = price;
      }
    }
  }
  return most >= ENOUGH && most * 3 >= samples.length * 2 ? best : null;
}

/** The time to live that most reservations have; 180 seconds where none says one. */
function usualTtl(facts: Facts): number {
  const counts = new Map<number, number>();
  for (let at = 0, seen = 0; at < facts.count && seen < 20_000; at++) {
    if (facts.kind[at] !== KIND.reserve || facts.side[at] === 0 || facts.side[at] === NONE) continue;
    seen += 1;
    const ttl = facts.side[at]! - facts.seconds[at]!;
    counts.set(ttl, (counts.get(ttl) ?? 0) + 1);
  }
  let best = 180;
  let most = 0;
  for (const [ttl, count] of counts) {
    if (count > most) {
      most = count;
      best = ttl;
    }
  }
  return best;
}
