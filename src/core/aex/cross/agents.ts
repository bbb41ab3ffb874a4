import type { AccountRow } from '../rows.ts';
import type { LedgerLook } from '../store.ts';
import type { Denial, Sums } from './balances.ts';
import { emptySums } from './balances.ts';
import { addWitness, witness, type Board, type Draft } from './board.ts';
import { KIND, SEEN, seqAt, type Facts } from './facts.ts';
import type { GapStory } from './gaps.ts';
import type { StreamAlignment } from './stream.ts';
import { secondsOf, STATEMENT_SECONDS, timeText } from './times.ts';
import { money, shown } from './words.ts';

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
};

/** Counters, budgets and limits of every agent against the entries as they were settled. */
export function checkAgents(
  context: AgentContext,
  accounts: readonly AccountRow[],
  sums: ReadonlyMap<number, Sums>,
): void {
  const { facts, board, alignment } = context;
  let proved = 0;
  let counters = 0;
  for (const account of accounts) {
    const number = facts.numbers.get(account.name) ?? -1;
    const sum = sums.get(number) ?? emptySums();
    const open = openStory(context, number);
    const stated = context.before.get(number) ?? emptySums();
    counter(context, account, 'spent-differs', 'spent', account.spentMicro, sum.spent, stated.spent, open);
    counter(
      context,
      account,
      'reserved-differs',
      'reserved',
      account.reservedMicro,
      sum.reserved,
      stated.reserved,
      open,
    );
    tokens(context, account, sum, stated, open);
    counters += 1;
    if (budget(context, account, sum, open)) proved += 1;
    caps(board, account, alignment);
    activity(context, account, sum);
  }
  board.sound(
    'counters',
    'Spent, reserved and token counters of agents were compared with the entries.',
    counters,
  );
  if (proved > 0) board.sound('budgets', 'Budgets are proved by recorded denials.', proved);
}

/** An entry or gap of an agent whose content is not known, so that its sums can't be right. */
function openStory(context: AgentContext, number: number): Draft | null {
  const { facts, board, gaps } = context;
  for (const gap of gaps) {
    const missing = gap.to === null ? null : gap.to - gap.from;
    if (gap.inserted === 0 || (missing !== null && missing > gap.inserted)) return gap.draft;
  }
  for (let at = 0; at < facts.count; at++) {
    if ((facts.flags[at]! & SEEN.broken) !== 0 && facts.agent[at] === number) {
      return board.get(`entry:${seqAt(facts, at)}`) ?? null;
    }
  }
  return null;
}

function counter(
  context: AgentContext,
  account: AccountRow,
  kind: 'spent-differs' | 'reserved-differs',
  name: string,
  live: number | null,
  sum: number,
  stated: number,
  open: Draft | null,
): void {
  if (live === sum) return;
  const found = live === null ? 'no integer' : money(live);
  const cause = live === stated ? changedEntry(context, account.name) : null;
  if (cause !== null) {
    addWitness(
      cause,
      witness(
        'counter',
        `the ${name} counter of ${shown(account.name)}`,
        `${found}, as the entries stand now`,
        false,
      ),
    );
    return;
  }
  if (open !== null && live !== null) {
    addWitness(
      open,
      witness(
        'counter',
        `the ${name} counter of ${shown(account.name)}`,
        `${found}; the entries as they stand come to ${money(sum)}`,
        true,
      ),
    );
    return;
  }
  context.board.add(`${kind}:${account.name}`, {
    kind,
    severity: 'error',
    agent: account.name,
    message: `The row of ${shown(account.name)} says ${found} ${name}; its entries come to ${money(sum)}, and its executions and reservations agree with them. The counter was changed; the entries are not concerned.`,
    expected: money(sum),
    found,
    sure: 'likely',
    because: [
      witness('entry', 'the entries', `${money(sum)} ${name}`, true),
      witness('counter', 'the row of the agent', `${found} ${name}`, false),
    ],
  });
}

const CHANGED: ReadonlySet<string> = new Set(['amount-differs', 'entry-unknown', 'agent-differs']);

/** An entry of an agent that was settled to say something else than it does. */
function changedEntry(context: AgentContext, agent: string): Draft | null {
  return context.board.find((draft) => draft.agent === agent && CHANGED.has(draft.kind)) ?? null;
}

function tokens(
  context: AgentContext,
  account: AccountRow,
  sum: Sums,
  stated: Sums,
  open: Draft | null,
): void {
  const wrong: string[] = [];
  const right: string[] = [];
  for (const [name, live, value] of [
    ['prompt', account.promptTokens, sum.prompt],
    ['completion', account.completionTokens, sum.completion],
  ] as const) {
    if (live === value || (live === null && !context.look.has('agents', `tokens_used_${name}`))) continue;
    wrong.push(`${live ?? 'no'} ${name} tokens`);
    right.push(`${value} ${name} tokens`);
  }
  if (wrong.length === 0) return;
  const cause =
    account.promptTokens === stated.prompt && account.completionTokens === stated.completion
      ? changedEntry(context, account.name)
      : null;
  if (cause !== null) {
    addWitness(
      cause,
      witness('counter', `the token counters of ${shown(account.name)}`, wrong.join(', '), false),
    );
    return;
  }
  if (open !== null) {
    addWitness(
      open,
      witness('counter', `the token counters of ${shown(account.name)}`, wrong.join(', '), true),
    );
    return;
  }
  context.board.add(`tokens:${account.name}`, {
    kind: 'tokens-differ',
    severity: 'error',
    agent: account.name,
    message: `The row of ${shown(account.name)} counts ${wrong.join(' and ')}; its settlements come to ${right.join(' and ')}. The counter was changed; the entries are not concerned.`,
    expected: right.join(', '),
    found: wrong.join(', '),
    because: [witness('entry', 'the settlements', right.join(', '), true)],
  });
}

/** Whether denials prove the budget. */
function budget(context: AgentContext, account: AccountRow, sum: Sums, open: Draft | null): boolean {
  const { facts, board } = context;
  const live = account.budgetMicro;
  const name = shown(account.name);
  if (live === null) {
    board.add(`budget:${account.name}`, {
      kind: 'value-unreadable',
      severity: 'error',
      agent: account.name,
      message: `The budget of ${name} is no integer.`,
      sure: 'proved',
    });
    return false;
  }
  const { denials } = sum;
  const wrong = denials.filter((one) => one.budget !== live);
  if (denials.length > 0 && wrong.length > 0) {
    if (open !== null) {
      addWitness(
        open,
        witness(
          'denial',
          `the denial at entry ${seqAt(facts, wrong[0]!.at)}`,
          `would prove a budget of ${money(wrong[0]!.budget)}, the row says ${money(live)}`,
          true,
        ),
      );
      return false;
    }
    return tellBudget(context, account, live, denials, wrong);
  }
  if (sum.least > live) {
    const seq = seqAt(facts, sum.leastAt);
    board.add(`budget:${account.name}`, {
      kind: 'budget-differs',
      severity: 'error',
      agent: account.name,
      seq: null,
      message: `The budget of ${name} is ${money(live)}, but entry ${seq} was admitted when ${money(sum.least)} were spent or reserved. The budget must have been at least that; it was lowered since.`,
      expected: `at least ${money(sum.least)}`,
      found: money(live),
      since: seq,
      sure: 'proved',
      because: [witness('entry', `entry ${seq}`, `${money(sum.least)} spent and reserved`, true, seq)],
    });
    return false;
  }
  if (denials.length > 0) return true;
  const known =
    sum.least > 0
      ? `It was at least ${money(sum.least)} at entry ${seqAt(facts, sum.leastAt)}.`
      : 'Nothing was ever reserved.';
  board.unknown(
    'budget',
    `Whether the budget of ${name}, ${money(live)}, is the one it was given can't be known: no denial is recorded. ${known}`,
    account.name,
  );
  return false;
}

function tellBudget(
  context: AgentContext,
  account: AccountRow,
  live: number,
  denials: readonly Denial[],
  wrong: readonly Denial[],
): boolean {
  const { facts, board } = context;
  const name = shown(account.name);
  const last = denials.at(-1)!;
  const lastSeq = seqAt(facts, last.at);
  const amounts = new Map<number, number>();
  for (const one of denials) amounts.set(one.budget, (amounts.get(one.budget) ?? 0) + 1);
  const usual = [...amounts].sort(([, a], [, b]) => b - a)[0]!;
  const because = denials.slice(-6).map((one) => {
    const seq = seqAt(facts, one.at);
    const left = facts.amount[one.at]!;
    return witness(
      'denial',
      `the denial at entry ${seq}`,
      `${money(left)} remained of ${money(one.budget)}`,
      one.budget !== live,
      seq,
    );
  });
  if (wrong.length === denials.length || last.budget !== live) {
    const expected = amounts.size === 1 ? last.budget : last.budget === usual[0] ? usual[0] : last.budget;
    board.add(`budget:${account.name}`, {
      kind: 'budget-differs',
      severity: 'error',
      agent: account.name,
      message: `The budget of ${name} is ${money(live)}, but it was ${money(expected)} when a request was denied at entry ${lastSeq}: what remained then, and what was spent and reserved, add up to that. AEX has no command to change a budget, so the row was changed after entry ${lastSeq}.`,
      expected: money(expected),
      found: money(live),
      since: lastSeq,
      sure: amounts.size === 1 ? 'proved' : 'likely',
      because,
    });
    return false;
  }
  // the last denial agrees with the row: one of the others was changed, or the budget was, on the way
  const first = denials.findIndex((one) => one.budget === live);
  const changed = denials.slice(first).every((one) => one.budget === live) && first > 1;
  if (changed) {
    const from = seqAt(facts, denials[first - 1]!.at);
    board.add(`budget:${account.name}`, {
      kind: 'budget-differs',
      severity: 'warning',
      agent: account.name,
      seq: from,
      message: `The budget of ${name} was ${money(denials[first - 1]!.budget)} at entry ${from} and ${money(live)} at entry ${seqAt(facts, denials[first]!.at)}. AEX has no command to change a budget: its row was changed in between.`,
      expected: money(denials[first - 1]!.budget),
      found: money(live),
      sure: 'likely',
      because,
    });
    return true;
  }
  for (const one of wrong.slice(0, 50)) {
    const seq = seqAt(facts, one.at);
    const expected = live - (one.budget - facts.amount[one.at]!);
    board.add(`entry:${seq}`, {
      kind: 'amount-differs',
      severity: 'error',
      agent: account.name,
      seq,
      message: `Entry ${seq} says that ${money(facts.amount[one.at]!)} remained of the budget of ${name}. By the entries before it, it was ${money(expected)}; the other denials prove the budget of ${money(live)}. The entry or one before it was changed.`,
      expected: money(expected),
      found: money(facts.amount[one.at]!),
      sure: 'likely',
      because,
    });
  }
  return true;
}

/** Limits that a refusal names. */
function caps(board: Board, account: AccountRow, alignment: StreamAlignment): void {
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

function activity(context: AgentContext, account: AccountRow, sum: Sums): void {
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
  if (known !== undefined && (known.kind === 'time-differs' || known.kind === 'agent-differs')) {
    addWitness(known, witness('counter', `the row of ${shown(account.name)}`, said, true));
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

/** Changes of state form a chain, end in the state of the row, and allow every request between them. */
export function checkLifecycles(context: AgentContext, accounts: readonly AccountRow[]): void {
  const { facts, board, from, look } = context;
  const state = new Map<number, { state: string; reason: string | null; at: number }>();
  let checked = 0;
  for (let at = 0; at < facts.count; at++) {
    const kind = facts.kind[at]!;
    const agent = facts.agent[at]!;
    if (kind === KIND.lifecycle) {
      if (at < (from.get(agent) ?? 0)) continue;
      const transition = facts.transitions[facts.side[at]!]!;
      const before = state.get(agent)?.state ?? 'READY';
      checked += 1;
      if (transition.from !== before) tellTransition(context, at, before, transition.from);
      state.set(agent, { state: transition.to ?? '', reason: transition.reason, at });
    } else if ((kind === KIND.reserve || kind === KIND.deny) && state.size > 0) {
      const known = state.get(agent);
      if (known !== undefined && known.state !== 'READY' && at >= (from.get(agent) ?? 0)) {
        const seq = seqAt(facts, at);
        board.add(`entry:${seq}`, {
          kind: 'lifecycle-differs',
          severity: 'error',
          seq,
          agent: facts.names[agent]!,
          message: `Entry ${seq} is a request of ${shown(facts.names[agent]!)}, which was ${shown(known.state)} since entry ${seqAt(facts, known.at)}. AEX admits requests of agents that are READY only: a change of state is missing or was changed.`,
          expected: 'READY',
          found: known.state,
          because: [
            witness(
              'entry',
              `entry ${seqAt(facts, known.at)}`,
              `state ${shown(known.state)}`,
              true,
              seqAt(facts, known.at),
            ),
          ],
        });
        state.set(agent, { ...known, state: 'READY' });
      }
    }
  }
  if (!look.has('agents', 'lifecycle_state')) return;
  for (const account of accounts) {
    const number = facts.numbers.get(account.name) ?? -1;
    const known = state.get(number);
    const wanted = known?.state ?? 'READY';
    const reason = known?.reason ?? null;
    if (
      account.lifecycleState === wanted &&
      (account.lifecycleReason === reason || !look.has('agents', 'lifecycle_reason'))
    )
      continue;
    const seq = known === undefined ? null : seqAt(facts, known.at);
    const open = seq === null ? undefined : board.get(`entry:${seq}`);
    const found = `${account.lifecycleState ?? 'none'}${account.lifecycleReason === null ? '' : ` (${shown(account.lifecycleReason)})`}`;
    if (open !== undefined) {
      addWitness(open, witness('counter', `the row of ${shown(account.name)}`, found, false));
      continue;
    }
    board.add(`lifecycle:${account.name}`, {
      kind: 'lifecycle-differs',
      severity: 'error',
      agent: account.name,
      message: `The row of ${shown(account.name)} says ${found}; ${seq === null ? 'no change of state was ever recorded' : `its last change of state, entry ${seq}, led to ${wanted}${reason === null ? '' : ` (${shown(reason)})`}`}. The row was changed without AEX.`,
      expected: `${wanted}${reason === null ? '' : ` (${shown(reason)})`}`,
      found,
      since: seq,
      because: seq === null ? [] : [witness('entry', `entry ${seq}`, `to ${wanted}`, true, seq)],
    });
  }
  if (checked > 0)
    board.sound(
      'lifecycle',
      'Changes of state follow each other and end in the state of the agents.',
      checked,
    );
}

function tellTransition(context: AgentContext, at: number, before: string, from: string | null): void {
  const { facts, board, gaps } = context;
  const seq = seqAt(facts, at);
  const name = facts.names[facts.agent[at]!]!;
  const gap = gaps.find((one) => one.from <= seq);
  if (gap !== undefined && (gap.to ?? Infinity) - gap.from > gap.inserted) {
    addWitness(
      gap.draft,
      witness(
        'entry',
        `entry ${seq}`,
        `begins at ${shown(from)}, the last known state is ${shown(before)}`,
        true,
        seq,
      ),
    );
    return;
  }
  board.add(`entry:${seq}`, {
    kind: 'lifecycle-differs',
    severity: 'error',
    seq,
    agent: name,
    message: `Entry ${seq} changes ${shown(name)} from ${shown(from)}, but it was ${shown(before)}. A change of state before it is missing, or belongs to another agent.`,
    expected: before,
    found: from ?? 'none',
    because: [witness('entry', `entry ${seq}`, `from ${shown(from)}`, false, seq)],
  });
}
