import type { AccountRow } from '../rows.ts';
import type { AgentContext } from './agents.ts';
import type { Sums } from './balances.ts';
import { addWitness, witness, type Board } from './board.ts';
import { SEEN, seqAt } from './facts.ts';
import type { StreamAlignment } from './stream.ts';
import { secondsOf, STATEMENT_SECONDS, timeText } from './times.ts';
import { shown } from './words.ts';

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
    kind: 'rate-window-differs',
    severity: 'error',
    agent: account.name,
    message: `The row of ${shown(account.name)} allows ${wrong.join(' and ')}; when a request was refused, the limit was ${right.join(' and ')} (row ${said.row.id} of the older event stream). AEX has no command to change a limit.`,
    expected: right.join(', '),
    found: wrong.join(', '),
    because: [witness('stream', `row ${said.row.id} of events`, said.row.metadata ?? '', true)],
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
    kind: 'time-differs',
    severity: 'error',
    agent: account.name,
    message: `The row of ${shown(account.name)} says ${said}; ${seq === null ? 'it has no entry that sets it' : `its last settlement or change of state, entry ${seq}, is of ${timeText(facts.seconds[at]!)}`}.`,
    expected: at < 0 ? 'none' : timeText(facts.seconds[at]!),
    found: account.lastActivity ?? 'none',
    sure: 'possible',
    because: seq === null ? [] : [witness('entry', `entry ${seq}`, timeText(facts.seconds[at]!), true, seq)],
  });
}
