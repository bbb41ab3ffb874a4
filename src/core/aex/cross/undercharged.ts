import type { AccountRow } from '../rows.ts';
import { emptySums, type Sums } from './balances.ts';
import { addWitness, witness } from './board.ts';
import type { CallContext } from './call.ts';
import { KIND, placeOf } from './facts.ts';
import { money, shown } from './words.ts';

/**
 * Settlements whose cost only the price disputes, where the counter of their agent still counts the price: the cost was
 * changed in every record of the call. Puts the cost right, so that the counter is no finding. True: there are some.
 */
export function tellUndercharged(
  context: CallContext,
  accounts: readonly AccountRow[],
  sums: ReadonlyMap<number, Sums>,
): boolean {
  const { facts, board, prices } = context;
  let changed = false;
  for (const account of accounts) {
    const number = facts.numbers.get(account.name) ?? -1;
    const sum = sums.get(number) ?? emptySums();
    const off = (account.spentMicro ?? sum.spent) - sum.spent;
    if (off === 0) continue;
    const priceOf = (at: number): number | null => {
      const side = facts.side[at]!;
      return prices.costOf(facts.model[side]!, facts.prompt[side]!, facts.completion[side]!)?.micro ?? null;
    };
    const one = board.find(({ kind, agent, seq }) => {
      if (kind !== 'price-differs' || agent !== account.name || seq === null) return false;
      const at = placeOf(facts, seq);
      const price = facts.kind[at] === KIND.commit ? priceOf(at) : null;
      return price !== null && off === price - facts.amount[at]!;
    });
    if (one === undefined) continue;
    const at = placeOf(facts, one.seq!);
    const price = priceOf(at)!;
    const name = shown(account.name);
    one.kind = 'amount-differs';
    one.severity = 'error';
    one.sure = 'likely';
    one.expected = `cost ${money(price)}`;
    one.found = `cost ${money(facts.amount[at]!)}`;
    one.message = `${one.message} The counter of what ${name} spent still counts ${money(price)} for it: the cost was changed in every record of this call, and it and everything behind it was hashed anew. The record can't be trusted from entry ${one.seq} on.`;
    addWitness(
      one,
      witness(
        'counter',
        `the spent counter of ${name}`,
        `${money(account.spentMicro!)}, with ${money(price)} for this call`,
        true,
      ),
    );
    facts.amount[at] = price;
    changed = true;
  }
  return changed;
}
