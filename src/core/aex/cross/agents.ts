import type { AccountRow } from '../rows.ts';
import type { LedgerLook } from '../store.ts';
import { emptySums, type Sums } from './balances.ts';
import type { Board } from './board.ts';
import { checkBudget } from './budgets.ts';
import { checkCounter, checkTokens, openStories } from './counters.ts';
import type { Facts } from './facts.ts';
import type { GapStory } from './gaps.ts';
import { checkActivity, checkCaps } from './limits.ts';
import type { Shift } from './shifts.ts';
import type { StreamAlignment } from './stream.ts';

export type AgentContext = {
  readonly look: LedgerLook;
  readonly facts: Facts;
  readonly board: Board;
  readonly gaps: readonly GapStory[];
  readonly alignment: StreamAlignment;
  /** where the entries of an agent that was deleted and made again begin */
  readonly from: ReadonlyMap<number, number>;
  /** what the entries came to before amounts were settled */
  readonly before: ReadonlyMap<number, Sums>;
  /** what findings would change in the sums */
  readonly shifts: readonly Shift[];
};

/** Counters, budgets and limits of every agent against the entries as they were settled. */
export function checkAgents(
  context: AgentContext,
  accounts: readonly AccountRow[],
  sums: ReadonlyMap<number, Sums>,
): void {
  const { facts, board, alignment } = context;
  const openOf = openStories(context);
  let proved = 0;
  let counters = 0;
  for (const account of accounts) {
    const number = facts.numbers.get(account.name) ?? -1;
    const sum = sums.get(number) ?? emptySums();
    const open = openOf(number);
    const stated = context.before.get(number) ?? emptySums();
    checkCounter(context, account, 'spent-differs', 'spent', account.spentMicro, sum, stated, open);
    checkCounter(context, account, 'reserved-differs', 'reserved', account.reservedMicro, sum, stated, open);
    checkTokens(context, account, sum, stated, open);
    counters += 1;
    if (checkBudget(context, account, sum, open)) proved += 1;
    checkCaps(board, account, alignment);
    checkActivity(context, account, sum);
  }
  board.sound(
    'counters',
    'Spent, reserved and token counters of agents were compared with the entries.',
    counters,
  );
  if (proved > 0) board.sound('budgets', 'Budgets are proved by recorded denials.', proved);
}
