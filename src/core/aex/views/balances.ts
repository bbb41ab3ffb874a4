import type { LedgerColumns } from '../columns.ts';
import type { LedgerFacts } from './facts.ts';

/** How an account stands after an entry. `availableMicro`: today's budget less both; null: no budget is known. */
export type Balance = {
  readonly spentMicro: number;
  readonly reservedMicro: number;
  readonly availableMicro: number | null;
};

/** Spent and reserved money after each entry, and the budget they are taken from. */
export type BalanceColumns = {
  readonly budgetMicro: number | null;
  readonly spent: Float64Array;
  readonly reserved: Float64Array;
};

/** The balances of an agent, good at its own entries; null: of all agents that have a budget today, good at any entry. */
export function balanceColumns(
  columns: LedgerColumns,
  agent: string | null,
  facts: LedgerFacts,
): BalanceColumns {
  if (agent !== null) {
    const { spent, reserved } = columns;
    return { budgetMicro: facts.budgets.get(agent) ?? null, spent, reserved };
  }
  let budgetMicro = 0;
  for (const budget of facts.budgets.values()) budgetMicro += budget;
  return {
    budgetMicro: facts.budgets.size === 0 ? null : budgetMicro,
    ...(withoutGone(columns, facts) ?? { spent: columns.allSpent, reserved: columns.allReserved }),
  };
}

type Known = Pick<BalanceColumns, 'spent' | 'reserved'>;
const kept = new WeakMap<LedgerColumns, { readonly key: string; readonly known: Known | null }>();

/** The balances of all without those agents that have no budget any more; null: there are none of these. */
function withoutGone(columns: LedgerColumns, facts: LedgerFacts): Known | null {
  const { texts, count, agent } = columns;
  const gone = new Uint8Array(texts.size);
  let some = false;
  for (const id of agentsOf(columns)) {
    if (facts.budgets.has(texts.text(id)!)) continue;
    gone[id] = 1;
    some = true;
  }
  if (!some) return null;
  const key = `${count} ${[...facts.budgets.keys()].sort().join('\n')}`;
  const before = kept.get(columns);
  if (before?.key === key) return before.known;
  const spent = new Float64Array(count);
  const reserved = new Float64Array(count);
  const spentOf = new Float64Array(texts.size);
  const reservedOf = new Float64Array(texts.size);
  let goneSpent = 0;
  let goneReserved = 0;
  for (let row = 0; row < count; row++) {
    const id = agent[row]!;
    if (gone[id] === 1) {
      goneSpent += columns.spent[row]! - spentOf[id]!;
      goneReserved += columns.reserved[row]! - reservedOf[id]!;
      spentOf[id] = columns.spent[row]!;
      reservedOf[id] = columns.reserved[row]!;
    }
    spent[row] = columns.allSpent[row]! - goneSpent;
    reserved[row] = columns.allReserved[row]! - goneReserved;
  }
  const known = { spent, reserved };
  kept.set(columns, { key, known });
  return known;
}

const agents = new WeakMap<LedgerColumns, { readonly count: number; readonly ids: readonly number[] }>();

/** The agents that have entries, as numbers of texts in the order of their first ones. */
export function agentsOf(columns: LedgerColumns): readonly number[] {
  const before = agents.get(columns);
  if (before?.count === columns.count) return before.ids;
  const seen = new Uint8Array(columns.texts.size);
  const ids: number[] = [];
  for (let row = 0; row < columns.count; row++) {
    const id = columns.agent[row]!;
    if (id === 0 || seen[id] === 1) continue;
    seen[id] = 1;
    ids.push(id);
  }
  agents.set(columns, { count: columns.count, ids });
  return ids;
}

/** The balance after an entry, by its row: of an agent at its own entries, or (null) of all at any. */
export function balancesOf(
  columns: LedgerColumns,
  agent: string | null,
  facts: LedgerFacts,
): (row: number) => Balance {
  const allOrOwn =
    agent === null
      ? { spent: columns.allSpent, reserved: columns.allReserved }
      : { spent: columns.spent, reserved: columns.reserved };
  const { budgetMicro, spent, reserved } = balanceColumns(columns, agent, facts);
  return (row) => ({
    spentMicro: allOrOwn.spent[row]!,
    reservedMicro: allOrOwn.reserved[row]!,
    availableMicro: budgetMicro === null ? null : budgetMicro - spent[row]! - reserved[row]!,
  });
}

/** What an entry did to the money of its agent, by the rules of the replay (formats/aex.md §7). */
export function deltasAt(
  columns: LedgerColumns,
  row: number,
): { readonly spentMicro: number; readonly reservedMicro: number } {
  const { allSpent, allReserved } = columns;
  return {
    spentMicro: allSpent[row]! - (row === 0 ? 0 : allSpent[row - 1]!),
    reservedMicro: allReserved[row]! - (row === 0 ? 0 : allReserved[row - 1]!),
  };
}
