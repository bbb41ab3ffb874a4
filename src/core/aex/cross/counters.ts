import type { AccountRow } from '../rows.ts';
import type { AgentContext } from './agents.ts';
import type { Sums } from './balances.ts';
import { addWitness, witness, type Draft } from './board.ts';
import { SEEN, seqAt } from './facts.ts';
import { money, shown } from './words.ts';

/** An entry or gap of an agent whose content is not known, so that its sums can't be right. */
export function openStory(context: AgentContext, number: number): Draft | null {
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

export function checkCounter(
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

export function checkTokens(
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
