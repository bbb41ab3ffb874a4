import type { ModelSpend } from '../../../contract/ledger-accounts.ts';
import type { LedgerColumns } from '../columns.ts';
import { ledgerQuery, ledgerTerm } from '../query/query.ts';
import { costOf, KIND } from '../views/rows.ts';

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
  const { count, kind, detail, texts, amount, prompt, completion } = columns;
  const byModel = new Map<string, Sums>();
  for (const name of prices?.keys() ?? []) byModel.set(name, blank());
  const byText = new Map<number, { readonly own: Sums; readonly price: PricedModel | null }>();
  for (let row = 0; row < count; row++) {
    if (kind[row] !== KIND.commit) continue;
    let group = byText.get(detail[row]!);
    if (group === undefined) {
      const name = texts.text(detail[row]!) ?? '';
      const own = byModel.get(name) ?? blank();
      byModel.set(name, own);
      group = { own, price: prices?.get(name) ?? null };
      byText.set(detail[row]!, group);
    }
    const { own, price } = group;
    own.settlements += 1;
    own.spent += costOf(columns, row);
    own.prompt += prompt[row]! || 0;
    own.completion += completion[row]! || 0;
    if (price === null) continue;
    const off = prompt[row]! * price.inputMicro + completion[row]! * price.outputMicro - amount[row]!;
    if (!Number.isNaN(off) && off !== 0) own.other += 1;
  }
  return [...byModel]
    .map(([name, own]) => spendOf(name, own, prices?.get(name) ?? null))
    .sort((a, b) => b.spentMicro - a.spentMicro || b.settlements.value - a.settlements.value);
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
