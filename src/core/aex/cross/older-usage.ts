import type { AccountRow } from '../rows.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board } from './board.ts';
import { nameNumber, type Facts } from './facts.ts';
import { money, shown } from './words.ts';

type Older = { readonly agent: string; readonly rows: number; readonly micro: number; readonly last: number };

/**
 * What agents had spent with a version of AEX before 2.0, which wrote rows of the older stream and no entries
 * (formats/aex.md §4): rows of its name that stand before all that 2.0 wrote. A row that was put in later is none.
 */
function olderUsage(look: LedgerLook): readonly Older[] {
  if (!look.has('events', 'action') || !look.has('events', 'cost_micro')) return [];
  const rows = look.select('events', ['id', 'agent', 'action', 'cost_micro']);
  const first = `SELECT min(id) FROM (${rows}) WHERE action IN ('usage.commit', 'budget.deny', 'RATE_LIMIT', 'AGENT_STATE', 'TOOL_EXEC', 'TOOL_EXEC_DENIED')`;
  return look.db
    .prepare<[], Older>(
      `SELECT agent, count(*) AS rows, sum(cost_micro) AS micro, max(id) AS last FROM (${rows})
       WHERE action = 'USAGE_RECORDED' AND typeof(agent) = 'text' AND id < ifnull((${first}), 9e18) GROUP BY agent`,
    )
    .all()
    .filter(({ micro }) => Number.isSafeInteger(micro) && micro > 0);
}

/** Lets the sums of agents begin with what an older version charged them, and says so. */
export function tellOlderUsage(
  look: LedgerLook,
  facts: Facts,
  accounts: readonly AccountRow[],
  from: ReadonlyMap<number, number>,
  board: Board,
): void {
  const live = new Set(accounts.map(({ name }) => name));
  for (const { agent, rows, micro, last } of olderUsage(look)) {
    const number = nameNumber(facts, agent);
    // one that was deleted since had spent it
    if (!live.has(agent) || from.has(number)) continue;
    facts.opening.set(number, micro);
    board.add(`older:${agent}`, {
      kind: 'spent-differs',
      severity: 'warning',
      agent,
      message: `${money(micro)} of what ${shown(agent)} spent were charged by a version of AEX before 2.0, which wrote no entries: ${rows === 1 ? 'one row' : `${rows.toLocaleString('en-US')} rows`} USAGE_RECORDED of the older event stream, before all that 2.0 wrote, come to that. The balance check of AEX leaves them out and fails. This is what AEX itself does, no sign of tampering.`,
      sure: 'likely',
      because: [
        witness(
          'stream',
          `row ${last} of events, the last of them`,
          `${money(micro)} with those before it`,
          true,
        ),
      ],
    });
  }
}
