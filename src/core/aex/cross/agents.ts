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
import { listed, shown } from './words.ts';

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

/** Names that a sentence lists. */
const MOST_NAMED = 6;

/** Counters, budgets and limits of every agent against the entries as they were settled. */
export function checkAgents(
  context: AgentContext,
  accounts: readonly AccountRow[],
  sums: ReadonlyMap<number, Sums>,
): void {
  const { facts, board, alignment } = context;
  const openOf = openStories(context);
  const proved: string[] = [];
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
    if (checkBudget(context, account, sum, open)) proved.push(account.name);
    checkCaps(board, account, alignment);
    checkActivity(context, account, sum);
  }
  board.sound(
    'counters',
    'Spent, reserved and token counters of agents were compared with the entries.',
    counters,
  );
  if (proved.length === 0) return;
  const [whose, are] = proved.length === 1 ? ['The budget', 'is'] : ['The budgets', 'are'];
  const named = listed(proved.slice(0, MOST_NAMED).map((name) => shown(name)));
  const more = proved.length > MOST_NAMED ? ` and ${proved.length - MOST_NAMED} more` : '';
  board.sound('budgets', `${whose} of ${named}${more} ${are} proved by recorded denials.`, proved.length);
}
