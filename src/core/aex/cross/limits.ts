import type { AccountRow } from '../rows.ts';
import type { AgentContext } from './agents.ts';
import type { Sums } from './balances.ts';
import { addWitness, witness, type Board } from './board.ts';
import { SEEN, seqAt } from './facts.ts';
import type { StreamAlignment } from './stream.ts';
import { secondsOf, STATEMENT_SECONDS, timeText } from './times.ts';
import { listed, shown } from './words.ts';

/** Limits that a refusal names. */
export function checkCaps(board: Board, account: AccountRow, alignment: StreamAlignment): void {
  const said = alignment.limits.get(account.name);
  if (said === undefined) return;
  const wrong: string[] = [];
  const right: string[] = [];
  if (said.rpm !== null && said.rpm !== account.rpmLimit) {
    wrong.push(`${account.rpmLimit ?? 'no'} requests a minute`);
    right.push(`${said.rpm} requests a minute`);
  }
  if (said.tpm !== null && said.tpm !== account.maxTokensPerMinute) {
    wrong.push(`${account.maxTokensPerMinute ?? 'no limit of'} tokens a minute`);
    right.push(`${said.tpm} tokens a minute`);
  }
  if (wrong.length === 0) return;
  board.add(`caps:${account.name}`, {
    kind: 'limit-differs',
    severity: 'error',
    agent: account.name,
    message: `The row of ${shown(account.name)} allows ${listed(wrong)}; when a request was refused, the limit was ${listed(right)} (row ${said.row.id} of the older event stream). AEX has no command to change a limit, so the row was changed since; the entries are not affected.`,
    expected: right.join(', '),
    found: wrong.join(', '),
    because: [
      witness('stream', `row ${said.row.id} of events`, shown(said.row.metadata), true),
      witness('counter', 'the row of the agent', listed(wrong), false),
    ],
  });
}

/** Findings about the last entry of an agent that say why its row knows another one. */
const EXPLAINS: ReadonlySet<string> = new Set([
  'time-differs',
  'agent-differs',
  'row-missing',
  'entry-unknown',
]);

/** The last activity of an agent against its entries. */
export function checkActivity(context: AgentContext, account: AccountRow, sum: Sums): void {
  const { facts, board, look } = context;
  if (!look.has('agents', 'last_activity')) return;
  const live = secondsOf(account.lastActivity);
  const at = sum.lastActivityAt;
  if (at < 0 && facts.opening.has(facts.numbers.get(account.name) ?? -1)) return;
  if (
    at < 0
      ? account.lastActivity === null
      : live !== null && Math.abs(live - facts.seconds[at]!) <= STATEMENT_SECONDS
  )
    return;
  if (at >= 0 && (facts.seconds[at] === 0 || (facts.flags[at]! & SEEN.rebuilt) !== 0)) return;
  const seq = at < 0 ? null : seqAt(facts, at);
  const known = seq === null ? undefined : board.get(`entry:${seq}`);
  const said = `last activity ${live === null ? 'no time' : timeText(live)}`;
  if (known !== undefined && EXPLAINS.has(known.kind)) {
    addWitness(known, witness('counter', `the row of ${shown(account.name)}`, said, true));
    return;
  }
  const number = facts.numbers.get(account.name) ?? -1;
  for (const shift of context.shifts) {
    const story = shift.agent === number ? board.get(shift.key) : undefined;
    if (story === undefined) continue;
    const its = live !== null && Math.abs(live - facts.seconds[shift.at]!) <= STATEMENT_SECONDS;
    if (shift.at !== at && !its) continue;
    addWitness(story, witness('counter', `the row of ${shown(account.name)}`, said, true));
    return;
  }
  board.add(`activity:${account.name}`, {
    kind: 'activity-differs',
    severity: 'error',
    agent: account.name,
    message: `The row of ${shown(account.name)} says ${said}; ${seq === null ? 'it has no entry that sets it. The row was changed, or entries were removed' : `its last settlement or change of state, entry ${seq}, is of ${timeText(facts.seconds[at]!)}. The row was changed, or entries were put in or removed after it was last written`}.`,
    expected: at < 0 ? 'none' : timeText(facts.seconds[at]!),
    found: live === null ? shown(account.lastActivity ?? 'none') : timeText(live),
    sure: 'possible',
    because: seq === null ? [] : [witness('entry', `entry ${seq}`, timeText(facts.seconds[at]!), true, seq)],
  });
}
