import { NONE } from '../columns.ts';
import type { AccountRow } from '../rows.ts';
import type { AgentContext } from './agents.ts';
import { emptySums, type Sums } from './balances.ts';
import { witness } from './board.ts';
import { KIND, seqAt, type Facts } from './facts.ts';
import { settledShare } from './shifts.ts';
import type { Calls } from './steps.ts';
import { secondsOf, STATEMENT_SECONDS } from './times.ts';
import { listed, money, shortId, shown } from './words.ts';

/** By how much the counters of an agent are above its entries. */
type Off = {
  readonly account: AccountRow;
  readonly name: string;
  readonly number: number;
  readonly spent: number;
  readonly prompt: number;
  readonly completion: number;
};

/** Settlements that may be the one that was moved: beyond, no more are named. */
const MAX_NAMED = 20;

/**
 * Executions that all their records give to one agent and the counters to another: by cost and tokens of one settlement,
 * one agent's counters are above its entries and another's below. Gives the settlement back to the agent that paid. True: there are some.
 */
export function tellMovedCalls(
  context: AgentContext,
  accounts: readonly AccountRow[],
  sums: ReadonlyMap<number, Sums>,
  calls: Calls,
): boolean {
  const { facts } = context;
  let changed = false;
  const above: Off[] = [];
  const below: Off[] = [];
  for (const account of accounts) {
    const number = facts.numbers.get(account.name) ?? -1;
    const sum = sums.get(number) ?? emptySums();
    const { spentMicro: spent, promptTokens: prompt, completionTokens: completion } = account;
    if (spent === null || prompt === null || completion === null) continue;
    const off = {
      account,
      name: account.name,
      number,
      spent: spent - sum.spent,
      prompt: prompt - sum.prompt,
      completion: completion - sum.completion,
    };
    const figures = [off.spent, off.prompt, off.completion];
    if (figures.every((figure) => figure === 0)) continue;
    if (figures.every((figure) => figure >= 0)) above.push(off);
    else if (figures.every((figure) => figure <= 0)) below.push(off);
  }
  for (const payer of above) {
    const at = below.findIndex(
      (one) =>
        one.spent === -payer.spent && one.prompt === -payer.prompt && one.completion === -payer.completion,
    );
    if (at === -1) continue;
    const [other] = below.splice(at, 1) as [Off];
    const found = settlementsOf(facts, other.number, payer);
    if (found.length === 0) continue;
    changed = true;
    tell(context, payer, other, likeliest(context, payer, other, sums, found), calls);
  }
  return changed;
}

/** Settlements of an agent with just that cost and those tokens. */
function settlementsOf(facts: Facts, agent: number, off: Off): number[] {
  const found: number[] = [];
  for (let at = 0; at < facts.count; at++) {
    if (facts.kind[at] !== KIND.commit || facts.agent[at] !== agent || facts.execution[at] === NONE) continue;
    const { spent, prompt, completion } = settledShare(facts, at);
    if (spent === off.spent && prompt === off.prompt && completion === off.completion) found.push(at);
  }
  return found;
}

/** Of several settlements those with which the denials of the agent that paid prove its budget, and both were last active when they say. */
function likeliest(
  { facts, look }: AgentContext,
  payer: Off,
  other: Off,
  sums: ReadonlyMap<number, Sums>,
  found: readonly number[],
): readonly number[] {
  const denials = sums.get(payer.number)?.denials ?? [];
  const isTimed = look.has('agents', 'last_activity');
  const fitting = found.filter((end) => {
    const proved = denials.every(
      (one) => one.budget + (one.at > end ? payer.spent : 0) === payer.account.budgetMicro,
    );
    const its = Math.max(end, sums.get(payer.number)?.lastActivityAt ?? -1);
    const left = lastActivity(facts, other.number, end);
    return proved && (!isTimed || (isActive(facts, payer, its) && isActive(facts, other, left)));
  });
  return fitting.length > 0 ? fitting : found;
}

function isActive(facts: Facts, { account }: Off, at: number): boolean {
  const live = secondsOf(account.lastActivity);
  if (at < 0 || live === null) return at < 0 && live === null;
  return Math.abs(live - facts.seconds[at]!) <= STATEMENT_SECONDS;
}

/** The last settlement or change of state of an agent, one aside; −1: none. */
function lastActivity(facts: Facts, agent: number, aside: number): number {
  for (let at = facts.count - 1; at >= 0; at--) {
    const kind = facts.kind[at]!;
    if (facts.agent[at] === agent && at !== aside && (kind === KIND.commit || kind === KIND.lifecycle))
      return at;
  }
  return -1;
}

function tell(context: AgentContext, payer: Off, other: Off, found: readonly number[], calls: Calls): void {
  const { facts, board, look } = context;
  const end = found[0]!;
  const n = facts.execution[end]!;
  const places = [calls.reserve[n]!, calls.dispatch[n]!, end, calls.tool[n]!].filter((at) => at !== NONE);
  const seq = seqAt(facts, places[0]!);
  const id = look.entry(seqAt(facts, end))?.executionId ?? '';
  const one = found.length === 1;
  const entries = found.slice(0, MAX_NAMED).map((at) => `entry ${seqAt(facts, at)}`);
  const figures = `${money(payer.spent)} and ${payer.prompt + payer.completion} tokens`;
  const which = one
    ? `Execution ${shortId(id)} (settled at ${entries[0]})`
    : `One of the executions that were settled at ${listed(entries)}`;
  board.add(`moved:${id}`, {
    kind: 'agent-differs',
    severity: 'error',
    seq,
    executionId: one ? id : null,
    agent: other.name,
    message: `${which} is ${shown(other.name)}'s by its row, its entries and the older event stream, but ${shown(payer.name)} paid for it: the counters of ${shown(payer.name)} are ${figures} above its entries, and those of ${shown(other.name)} as much below. It was given to another agent in every table, and the counters were left as they were. No hash covers the agent of a record.`,
    expected: `agent ${shown(payer.name)}`,
    found: `agent ${shown(other.name)}`,
    sure: one ? 'likely' : 'possible',
    because: [
      witness('counter', `the counters of ${shown(payer.name)}`, `${figures} above its entries`, true),
      witness('counter', `the counters of ${shown(other.name)}`, `${figures} below its entries`, true),
      ...found
        .slice(0, MAX_NAMED)
        .map((at) =>
          witness(
            'entry',
            `entry ${seqAt(facts, at)}`,
            `agent ${shown(other.name)}`,
            false,
            seqAt(facts, at),
          ),
        ),
    ],
  });
  for (const at of places) facts.agent[at] = payer.number;
}
