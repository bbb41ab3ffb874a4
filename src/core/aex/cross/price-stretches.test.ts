import { describe, expect, it } from 'vitest';
import { readPayload } from '../entry.ts';
import { addEntry, emptyFacts, type Facts } from './facts.ts';
import { aloneOf } from './price-alone.ts';
import { priceOfTwo, settlementsOf, stretchesOf, type Sample } from './price-stretches.ts';
import type { Price } from './records.ts';

/** Settlements of one model. */
function factsOf(samples: readonly Sample[]): Facts {
  const facts = emptyFacts(samples.length, samples.length);
  for (const [i, [prompt, completion, cost]] of samples.entries()) {
    const payload = `{"completion_tokens":${completion},"cost_micro":${cost},"estimated_micro":${900 + i},"model":"mini","prompt_tokens":${prompt}}`;
    const entry = {
      seq: i + 1,
      executionId: `e${i}`,
      agent: 'a',
      type: 'usage.commit',
      ts: '2026-03-02 09:00:00',
    };
    addEntry(facts, { ...entry, payload, odd: null }, readPayload(entry.type, payload), 0);
  }
  return facts;
}

/** `[tokens in, tokens out]` at a price. */
const at = (input: number, output: number, ...tokens: readonly (readonly [number, number])[]): Sample[] =>
  tokens.map(([p, c]) => [p, c, p * input + c * output]);

function stretches(samples: readonly Sample[], input: number, output: number) {
  const facts = factsOf(samples);
  const model = facts.numbers.get('mini')!;
  const places = settlementsOf(facts, new Set([model])).get(model)!;
  return stretchesOf(facts, places, (place) => {
    const [p, c, cost] = samples[place]!;
    return p * input + c * output !== cost;
  });
}

/** Places of the settlements that no other price explains, where the price is 2 in and 8 out. */
function alone(samples: readonly Sample[], sure = true, other: Price | null = null): number[] {
  const facts = factsOf(samples);
  const places = settlementsOf(facts, new Set([facts.numbers.get('mini')!])).get(facts.numbers.get('mini')!)!;
  const isDisputed = (place: number): boolean => {
    const [p, c, cost] = samples[place]!;
    return p * 2 + c * 8 !== cost;
  };
  const others = stretchesOf(facts, places, isDisputed);
  return [...aloneOf(facts, places, others, isDisputed, { sure, other }).keys()];
}

const SOME = [
  [10, 3],
  [7, 9],
  [0, 0],
  [5, 5],
  [12, 1],
  [3, 8],
] as const;

describe('stretches of another price', () => {
  it('finds the price of two settlements, if it is one', () => {
    expect(priceOfTwo([10, 3, 44], [7, 9, 86])).toEqual({ inputMicro: 2, outputMicro: 8 });
    expect(priceOfTwo([10, 5, 60], [20, 10, 120])).toBeNull();
    expect(priceOfTwo([10, 3, 45], [7, 9, 86])).toBeNull();
    expect(priceOfTwo([1, 0, -4], [0, 1, 2])).toBeNull();
  });

  it('a price list that was changed and changed back is one stretch each time', () => {
    const samples = [
      ...at(2, 8, ...SOME),
      ...at(3, 9, ...SOME),
      ...at(2, 8, ...SOME),
      ...at(1, 1, ...SOME),
      ...at(4, 4, ...SOME),
    ];
    expect(stretches(samples, 2, 8)).toEqual([
      { from: 6, to: 11, count: 5, price: { inputMicro: 3, outputMicro: 9 } },
      { from: 18, to: 23, count: 5, price: { inputMicro: 1, outputMicro: 1 } },
      { from: 24, to: 29, count: 5, price: { inputMicro: 4, outputMicro: 4 } },
    ]);
  });

  it('the same call at the same other cost again and again is one, of a price that is not known', () => {
    const same = Array.from({ length: 6 }, (): Sample => [11, 7, 96]);
    expect(stretches([...at(2, 8, ...SOME), ...same], 2, 8)).toEqual([
      { from: 6, to: 11, count: 6, price: null },
    ]);
  });

  it('single settlements, and such as no price fits, are none', () => {
    const samples = at(2, 8, ...SOME, ...SOME);
    samples[3] = [5, 5, 51];
    for (const i of [6, 7, 9, 10, 11]) samples[i] = [samples[i]![0], samples[i]![1], 1000 + i * i * 7];
    expect(stretches(samples, 2, 8)).toEqual([]);
  });
});

describe('settlements that no other price explains', () => {
  it('one among others is, also at the end where the price list is known', () => {
    const one: Sample = [9, 4, 11];
    expect(alone([...at(2, 8, ...SOME), one, ...at(2, 8, ...SOME)])).toEqual([6]);
    expect(alone([...at(2, 8, ...SOME, ...SOME), one])).toEqual([12]);
    // the list may have been changed just now
    expect(alone([...at(2, 8, ...SOME, ...SOME), one], false)).toEqual([]);
  });

  it('the first is, where the same amount was reserved for others', () => {
    const samples: Sample[] = [[9, 4, 11], ...at(2, 8, ...SOME)];
    expect(alone(samples)).toEqual([]);
    const facts = factsOf(samples);
    const places = samples.map((_, i) => i);
    for (const place of [0, 2, 4]) facts.estimated[place] = 60;
    const found = aloneOf(facts, places, [], (place) => place === 0, { sure: true, other: null });
    expect([...found]).toEqual([[0, { agreeing: 6, reservedAlike: 2 }]]);
  });

  it('several behind each other that fit one price are not, several that fit none are', () => {
    expect(alone([...at(2, 8, ...SOME), ...at(3, 9, [10, 3], [7, 9]), ...at(2, 8, ...SOME)])).toEqual([]);
    expect(alone([...at(2, 8, ...SOME), [9, 4, 11], [12, 5, 23], ...at(2, 8, ...SOME)])).toEqual([6, 7]);
  });

  it('calls that were under way when the list was changed are not', () => {
    const late = at(3, 9, [4, 5]);
    const samples = [...at(2, 8, ...SOME), ...at(3, 9, ...SOME), ...at(2, 8, [5, 1]), ...late];
    expect(alone([...samples, ...at(2, 8, ...SOME)])).toEqual([]);
    // a list of another price for two calls only, with one of before it between them
    const apart = [...at(3, 9, [4, 5]), ...at(2, 8, [6, 7]), ...at(3, 9, [11, 2])];
    expect(alone([...at(2, 8, ...SOME), ...apart, ...at(2, 8, ...SOME)])).toEqual([]);
    const other = { inputMicro: 3, outputMicro: 9 };
    expect(alone([...at(2, 8, ...SOME), ...late, ...at(2, 8, ...SOME)], false, other)).toEqual([]);
  });

  it('none is where most settlements are disputed', () => {
    const mixed = SOME.flatMap(([p, c], i): Sample[] => [
      [p, c, p * 2 + c * 8],
      [p + 1, c + 2, 1000 + i * i],
    ]);
    expect(alone(mixed)).toEqual([]);
  });
});
