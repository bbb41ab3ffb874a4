import { NONE } from '../columns.ts';
import { addWitness, witness, type Board } from './board.ts';
import type { PriceBook } from './call.ts';
import { KIND, nameOf, seqAt, type Facts } from './facts.ts';
import { aloneOf, type Alone } from './price-alone.ts';
import {
  costs,
  ENOUGH,
  priceOfTwo,
  sampleAt,
  settlementsOf,
  stretchesOf,
  type Sample,
  type Stretch,
} from './price-stretches.ts';
import type { Price, Prices } from './records.ts';
import { amount, capital, entriesText, money, shown } from './words.ts';

const SAMPLES = 48;
/** Settlements of another price that are told one by one. */
const LISTED = 2_000;

/** Prices from the price list where it has the model, else such as most settlements of a model fit. */
export function priceBook(facts: Facts, prices: Prices | null): PriceBook {
  const known = new Map<number, Known>();
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
  const disputed = new Uint8Array(facts.count);
  const isDisputed = (at: number): boolean => disputed[at] === 1;
  const models = new Set<number>();
  const listed: Disputed[] = [];
  let ttl: number | null = null;
  return {
    // only when it is asked for: times that were moved have been taken back by then
    get ttl() {
      return (ttl ??= usualTtl(facts));
    },
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
      disputed[at] = 1;
      models.add(facts.model[facts.side[at]!]!);
      if (listed.length < LISTED) listed.push({ at, micro, id, sure });
    },
    close: (_facts, board) => {
      if (models.size === 0) return;
      const told = new Uint8Array(facts.count);
      const verdicts = new Map<number, Alone>();
      for (const [model, places] of settlementsOf(facts, models)) {
        const its = known.get(model)!;
        const stretches = stretchesOf(facts, places, isDisputed);
        for (const one of stretches) {
          tellStretch(facts, board, model, one, its);
          for (const at of places) if (at >= one.from && at <= one.to) told[at] = 1;
        }
        const other = its.sure ? null : (prices?.get(nameOf(facts, model) ?? '') ?? null);
        const alone = aloneOf(facts, places, stretches, isDisputed, { sure: its.sure, other });
        for (const [at, verdict] of alone) verdicts.set(at, verdict);
      }
      for (const one of listed) {
        if (told[one.at] === 0) tellPrice(facts, board, one, verdicts.get(one.at) ?? null);
      }
    },
  };
}

type Disputed = { readonly at: number; readonly micro: number; readonly id: string; readonly sure: boolean };
type Known = { readonly price: Price; readonly sure: boolean };

/** A price list that was another one for a while: one notice, whatever its length. */
function tellStretch(
  facts: Facts,
  board: Board,
  model: number,
  { from, to, count, price }: Stretch,
  { price: usual, sure }: Known,
): void {
  const [first, last] = [seqAt(facts, from), seqAt(facts, to)];
  const name = shown(nameOf(facts, model));
  const source = sure ? 'the price list' : 'most other settlements';
  const found = price === null ? `${money(facts.amount[from]!)} each` : perToken(price);
  const stretch =
    price === null
      ? `From entry ${first} to ${last} ${count} settlements of ${name} cost ${found}, which is not what their tokens come to by ${source} (${perToken(usual)}).`
      : `From entry ${first} to ${last} the price of ${name} was ${found}: all ${count} settlements that cost something else than by ${source} (${perToken(usual)}) fit it.`;
  board.add(`price:${model}:${from}`, {
    kind: 'price-differs',
    severity: 'notice',
    seq: first,
    message: `${stretch} All records agree on what they cost, so the price list was another one then.`,
    expected: perToken(usual),
    found,
    sure: 'likely',
    because: [
      witness('entry', `${count} settlements in ${entriesText(first, last)}`, found, true, first),
      witness('price', source, perToken(usual), false),
    ],
  });
}

const perToken = ({ inputMicro, outputMicro }: Price): string =>
  `${money(inputMicro)} a token in and ${money(outputMicro)} out`;

/** `alone`: why another price list is no explanation; null: it may be one. */
function tellPrice(facts: Facts, board: Board, disputed: Disputed, alone: Alone | null): void {
  const { at, micro, id, sure } = disputed;
  const seq = seqAt(facts, at);
  const agent = nameOf(facts, facts.agent[at]!);
  const [prompt, completion, cost] = sampleAt(facts, at);
  const model = shown(nameOf(facts, facts.model[facts.side[at]!]!));
  const [expected, found] = [money(micro), money(cost)];
  const source = sure ? 'the price list' : 'the price of its other settlements';
  const fact = `Entry ${seq} charges ${shown(agent)} ${found} for ${amount(prompt + completion, 'token')} of ${model}; by ${source} they cost ${expected}.`;
  const known = board.get(`entry:${seq}`);
  if (known !== undefined) {
    // what was settled of its amounts or model has weighed the price already
    const said = `${expected} for ${prompt} tokens in and ${completion} out`;
    if (known.kind !== 'amount-differs') addWitness(known, witness('price', source, said, true));
    return;
  }
  const others = alone === null ? null : amount(alone.agreeing, 'other settlement');
  const because = [
    witness('price', source, `${expected} for ${prompt} tokens in and ${completion} out`, true),
    ...(alone === null
      ? []
      : [witness('price', `${others} of ${model}`, 'cost what that price makes of their tokens', true)]),
    ...(alone === null || alone.reservedAlike === 0
      ? []
      : [
          witness(
            'entry',
            `the amount reserved for it, ${money(facts.estimated[at]!)}`,
            `as for ${amount(alone.reservedAlike, 'other call')} of ${model} at that price`,
            true,
          ),
        ]),
    witness('reservation', 'the records of its execution', `cost ${found}`, false),
  ];
  board.add(`entry:${seq}`, {
    kind: 'price-differs',
    severity: alone === null ? 'notice' : 'warning',
    seq,
    executionId: id,
    agent,
    message:
      others === null
        ? `${fact} All records agree on the cost, so the price may have been another one then.`
        : `${fact} ${capital(others)} of ${model} ${alone!.agreeing === 1 ? 'fits' : 'fit'} that price, so the cost was probably changed in all records of this call and the hashes were made anew. A price list that was another one for this call alone would explain it, too.`,
    expected,
    found,
    sure: alone === null ? 'possible' : 'likely',
    because,
  });
}

function samplesOf(facts: Facts): Map<number, Sample[]> {
  const samples = new Map<number, Sample[]>();
  const step = Math.max(1, Math.floor(facts.settlements / 20_000));
  let nth = 0;
  for (let at = 0; at < facts.count; at++) {
    if (facts.kind[at] !== KIND.commit || nth++ % step !== 0) continue;
    const model = facts.model[facts.side[at]!]!;
    const list = samples.get(model) ?? [];
    if (list.length >= SAMPLES) continue;
    if (list.length === 0) samples.set(model, list);
    list.push(sampleAt(facts, at));
  }
  return samples;
}

function inferredPrice(samples: readonly Sample[]): Price | null {
  let best: Price | null = null;
  let most = 0;
  const few = samples.slice(0, 24);
  for (let i = 0; i < few.length; i++) {
    for (let j = i + 1; j < few.length; j++) {
      const price = priceOfTwo(few[i]!, few[j]!);
      if (price === null) continue;
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
