import type { LedgerOverview } from '../../../../contract/ledger.ts';
import { formatMoney } from '../../../ui/format.ts';

/** How many signs the longest text of a column has, at least and at most as many as are of use. */
export type Widths = { readonly available: number; readonly change: number; readonly agent: number };

/** Columns as wide as their longest amount needs, so that none is cut: no balance is beyond the budgets, and no change of it beyond what was spent or held. */
export function widthsOf({ accounts }: Pick<LedgerOverview, 'accounts'>): Widths {
  const budgets = accounts.reduce((sum, { budgetMicro }) => sum + Math.abs(budgetMicro), 0);
  const moved = accounts.map(({ budgetMicro, spentMicro, reservedMicro }) =>
    Math.min(Math.abs(budgetMicro), Math.abs(spentMicro) + Math.abs(reservedMicro)),
  );
  const names = accounts.map(({ name }) => Array.from(name.slice(0, 40)).length);
  return {
    available: signs(budgets),
    change: signs(Math.max(0, ...moved.slice(0, MOST_ACCOUNTS))),
    agent: Math.min(12, Math.max(7, ...names.slice(0, MOST_ACCOUNTS))),
  };
}

/** With its sign. */
const signs = (micro: number): number => formatMoney(-Math.abs(micro)).length;

const MOST_ACCOUNTS = 10_000;
