import type { AccountRow } from '../rows.ts';
import type { LedgerLook } from '../store.ts';
import type { AgentContext } from './agents.ts';
import type { Denial, Sums } from './balances.ts';
import { addWitness, witness, type Draft } from './board.ts';
import { seqAt } from './facts.ts';
import { money, shown } from './words.ts';

const ODD_BUDGET = 'budget_micro holds the number ';

/** Whether denials prove the budget. */
export function checkBudget(
  context: AgentContext,
  account: AccountRow,
  sum: Sums,
  open: Draft | null,
): boolean {
  const { facts, board } = context;
  const live = account.budgetMicro;
  const name = shown(account.name);
  const large = live === null ? largeBudget(context.look, account.name) : null;
  if (large !== null) {
    board.unknown(
      'budget',
      `Whether the budget of ${name}, ${large} micro-dollars, is the one it was given can't be known: it is beyond exact arithmetic, so it was not compared with denials.`,
      account.name,
    );
    return false;
  }
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
  const odd = account.odd.find((text) => text.startsWith(ODD_BUDGET));
  if (odd !== undefined) {
    board.add(`budget:${account.name}`, {
      kind: 'value-unreadable',
      severity: 'error',
      agent: account.name,
      message: `The budget of ${name} is ${odd.slice(ODD_BUDGET.length)} micro-dollars. AEX writes whole numbers only: the row was changed without it.`,
      expected: 'a whole number',
      found: odd.slice('budget_micro holds '.length),
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
    const moved = movedDenials(context, account, live, wrong);
    if (moved === null) return tellBudget(context, account, live, denials, wrong);
    const seq = seqAt(facts, wrong[0]!.at);
    const said = `would prove a budget of ${money(wrong[0]!.budget)}, the row says ${money(live)}`;
    addWitness(moved, witness('denial', `the denial at entry ${seq}`, said, true, seq));
    return false;
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

/** A budget beyond exact numbers, in digits: some give an agent as much as there is. */
function largeBudget(look: LedgerLook, name: string): string | null {
  const rows = look.select('agents', ['name', 'budget_micro']);
  const stored: unknown = look.db
    .prepare<[string], unknown>(`SELECT budget_micro FROM (${rows}) WHERE name = ?`)
    .pluck()
    .safeIntegers()
    .get(name);
  return typeof stored === 'bigint' && stored > 0n ? stored.toString() : null;
}

/** A finding that explains by how much all denials miss the budget. */
function movedDenials(
  { facts, shifts, board }: AgentContext,
  account: AccountRow,
  live: number,
  wrong: readonly Denial[],
): Draft | null {
  const number = facts.numbers.get(account.name) ?? -1;
  for (const shift of shifts) {
    if (shift.agent !== number) continue;
    if (!wrong.every((one) => one.at > shift.at && one.budget + shift.spent === live)) continue;
    const draft = board.get(shift.key);
    if (draft !== undefined) return draft;
  }
  return null;
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
      ...(amounts.size === 1 ? { provedMicro: expected } : {}),
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
