import type { AccountRow } from '../rows.ts';
import type { AgentContext } from './agents.ts';
import type { Sums } from './balances.ts';
import { addWitness, witness, type Draft } from './board.ts';
import { counterWitnesses } from './counter-sources.ts';
import { SEEN, seqAt } from './facts.ts';
import { shiftedBy, type Share } from './shifts.ts';
import { counterName, listed, money, shown } from './words.ts';

/** For each agent an entry or gap whose content is not known, so that its sums can't be right. */
export function openStories(context: AgentContext): (number: number) => Draft | null {
  const { facts, board, gaps } = context;
  for (const gap of gaps) {
    const missing = gap.to === null ? null : gap.to - gap.from;
    if (gap.inserted === 0 || (missing !== null && missing > gap.inserted)) return () => gap.draft;
  }
  const broken = new Map<number, Draft | null>();
  for (let at = 0; at < facts.count; at++) {
    if ((facts.flags[at]! & SEEN.broken) === 0 || broken.has(facts.agent[at]!)) continue;
    broken.set(facts.agent[at]!, board.get(`entry:${seqAt(facts, at)}`) ?? null);
  }
  return (number) => broken.get(number) ?? null;
}

/** A counter of an agent's row against what its entries come to. `stated`: before anything was settled. */
export function checkCounter(
  context: AgentContext,
  account: AccountRow,
  kind: 'spent-differs' | 'reserved-differs',
  name: 'spent' | 'reserved',
  live: number | null,
  { [name]: sum }: Sums,
  { [name]: stated }: Sums,
  open: Draft | null,
): void {
  if (live === sum) return;
  const digits = live === null ? account.large[`${name}Micro`] : undefined;
  if (digits !== undefined && isAbout(Number(digits), sum)) {
    context.board.unknown(
      name,
      `Whether the ${name} counter of ${shown(account.name)}, ${BigInt(digits).toLocaleString('en-US')} micro-dollars, is what its entries come to can't be known: it is beyond exact arithmetic.`,
      account.name,
    );
    return;
  }
  const found = live === null ? (digits === undefined ? 'no integer' : money(Number(digits))) : money(live);
  const cause =
    (live === stated ? changedEntry(context, account.name) : null) ??
    (live === null ? null : shifted(context, account, { [name]: live - sum }));
  if (cause !== null) {
    const where = counterName(name, account.name);
    // one that was heard about the amount itself
    if (cause.because.some((said) => said.where === where)) return;
    addWitness(
      cause,
      witness(
        'counter',
        where,
        live === stated
          ? `${found}, as the entries stand now`
          : `${found}; its other entries come to ${money(sum)}`,
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
        counterName(name, account.name),
        `${found}; the entries as they stand come to ${money(sum)}`,
        true,
      ),
    );
    return;
  }
  const { look, facts } = context;
  const beside = counterWitnesses(look, facts, name, facts.numbers.get(account.name) ?? -1, { sum, live });
  const agreeing = beside.filter(({ agrees }) => agrees).map(({ where }) => where);
  const also = agreeing.length === 0 ? '' : `, and so do ${listed(agreeing)}`;
  context.board.add(`${kind}:${account.name}`, {
    kind,
    severity: 'error',
    agent: account.name,
    message: `The row of ${shown(account.name)} says ${found} ${name}; its entries come to ${money(sum)}${also}. The counter was changed; the entries are not affected.`,
    expected: money(sum),
    found,
    sure: agreeing.length > 1 && agreeing.length === beside.length ? 'proved' : 'likely',
    because: [
      witness('entry', 'its entries', `${money(sum)} ${name}`, true),
      ...beside,
      witness('counter', 'the row of the agent', `${found} ${name}`, false),
    ],
  });
}

/** Whether a counter and a sum beyond exact numbers are the same but for rounding. */
const isAbout = (counter: number, sum: number): boolean =>
  !Number.isSafeInteger(sum) && Math.abs(counter - sum) <= counter * 1e-9;

const CHANGED: ReadonlySet<string> = new Set(['amount-differs', 'entry-unknown', 'agent-differs']);

/** A finding that says by how much figures of an agent are off. */
function shifted(context: AgentContext, account: AccountRow, off: Partial<Share>): Draft | null {
  const number = context.facts.numbers.get(account.name) ?? -1;
  return shiftedBy(context.shifts, context.board, number, off);
}

/** An entry of an agent that was settled to say something else than it does. */
function changedEntry(context: AgentContext, agent: string): Draft | null {
  return context.board.find((draft) => draft.agent === agent && CHANGED.has(draft.kind)) ?? null;
}

/** The token counters of an agent's row against its settlements. */
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
  const { promptTokens: prompt, completionTokens: completion } = account;
  const cause =
    (prompt === stated.prompt && completion === stated.completion
      ? changedEntry(context, account.name)
      : null) ??
    (prompt === null || completion === null
      ? null
      : shifted(context, account, { prompt: prompt - sum.prompt, completion: completion - sum.completion }));
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
    message: `The row of ${shown(account.name)} counts ${wrong.join(' and ')}; its settlements come to ${right.join(' and ')}. The counter was changed; the entries are not affected.`,
    expected: right.join(', '),
    found: wrong.join(', '),
    because: [witness('entry', 'the settlements', right.join(', '), true)],
  });
}
