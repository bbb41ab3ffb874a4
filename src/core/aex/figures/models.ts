import type { ModelSpend } from '../../../contract/ledger-accounts.ts';
import type { LedgerColumns } from '../columns.ts';
import { ledgerQuery, ledgerTerm } from '../query/query.ts';
import { KIND } from '../views/rows.ts';
import { tallyOf } from './tally.ts';

/** A model of the price list beside the database. */
export type PricedModel = NonNullable<ModelSpend['price']>;

type Sums = { settlements: number; spent: number; prompt: number; completion: number; other: number };
const blank = (): Sums => ({ settlements: 0, spent: 0, prompt: 0, completion: 0, other: 0 });

/**
 * What each model cost by the chained log, dearest first, and the models of the price list that nothing was settled
 * for. A settlement whose cost or tokens are not known is not counted as one of another price.
 */
export function modelsOf(
  columns: LedgerColumns,
  prices: ReadonlyMap<string, PricedModel> | null,
): readonly ModelSpend[] {
  const byModel = new Map<string, Sums>();
  for (const name of prices?.keys() ?? []) byModel.set(name, blank());
  const others = prices === null ? null : otherPrices(columns, prices);
  for (const [id, { settlements, spent, prompt, completion }] of tallyOf(columns).byModel) {
    const name = columns.texts.text(id) ?? '';
    const own = byModel.get(name) ?? blank();
    byModel.set(name, own);
    own.settlements += settlements;
    own.spent += spent;
    own.prompt += prompt;
    own.completion += completion;
    own.other += others?.get(id) ?? 0;
  }
  return [...byModel]
    .map(([name, own]) => spendOf(name, own, prices?.get(name) ?? null))
    .sort((a, b) => b.spentMicro - a.spentMicro || b.settlements.value - a.settlements.value);
}

type Others = {
  readonly texts: LedgerColumns['texts'];
  count: number;
  readonly byModel: Map<number, number>;
};
const kept = new WeakMap<ReadonlyMap<string, PricedModel>, Others>();

/** Settlements of another price than the list has, by model; of an index that grew only the new ones are looked at. */
function otherPrices(
  columns: LedgerColumns,
  prices: ReadonlyMap<string, PricedModel>,
): ReadonlyMap<number, number> {
  const { count, kind, detail, texts, amount, prompt, completion } = columns;
  let known = kept.get(prices);
  if (known?.texts !== texts || known.count > count)
    kept.set(prices, (known = { texts, count: 0, byModel: new Map() }));
  const { byModel } = known;
  const priceOfText = new Map<number, PricedModel | null>();
  for (let row = known.count; row < count; row++) {
    if (kind[row] !== KIND.commit) continue;
    const id = detail[row]!;
    let price = priceOfText.get(id);
    if (price === undefined) priceOfText.set(id, (price = prices.get(texts.text(id) ?? '') ?? null));
    if (price === null) continue;
    const off = prompt[row]! * price.inputMicro + completion[row]! * price.outputMicro - amount[row]!;
    if (!Number.isNaN(off) && off !== 0) byModel.set(id, (byModel.get(id) ?? 0) + 1);
  }
  known.count = count;
  return byModel;
}

function spendOf(name: string, own: Sums, price: PricedModel | null): ModelSpend {
  const model = ledgerTerm('model', name);
  return {
    model: name === '' ? null : name,
    settlements: { value: own.settlements, query: ledgerQuery('is:settlement', model) },
    spentMicro: own.spent,
    promptTokens: own.prompt,
    completionTokens: own.completion,
    price: price === null ? null : priceOf(price),
    otherPrice: price === null ? null : { value: own.other, query: ledgerQuery(model, 'is:other-price') },
  };
}

/** Nothing of the price list but this goes to the window. */
const priceOf = ({
  inputMicro,
  outputMicro,
  provider,
  providerModel,
  maxTokens,
}: PricedModel): PricedModel => ({
  inputMicro,
  outputMicro,
  provider,
  providerModel,
  maxTokens,
});
