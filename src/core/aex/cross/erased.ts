import type { AccountRow } from '../rows.ts';
import { emptySums, type Denial, type Sums } from './balances.ts';
import { addWitness, witness, type Draft } from './board.ts';
import type { CallContext } from './call.ts';
import { KIND, nameOf, seqAt, type Facts } from './facts.ts';
import type { Share } from './shifts.ts';
import type { StreamRow } from './stream-rows.ts';
import { listed, money, shortId, shown } from './words.ts';

/** An execution whose row no entry names. */
export type LoneCall = {
  readonly id: string;
  readonly agent: string | null;
  readonly state: string;
  /** what it was settled with, 0 otherwise */
  readonly spent: number;
  readonly prompt: number;
  readonly completion: number;
  /** when it began, in seconds; 0: not known */
  readonly began: number;
};

/** What one agent's counters are above its entries. */
type Account = { readonly account: AccountRow; readonly number: number; readonly off: Share };

/**
 * Calls whose entries were removed while everything behind them was numbered and hashed anew. What still counts them, a
 * row, the older stream or only the counters of their agent, is one finding.
 */
export function tellErased(
  context: CallContext,
  accounts: readonly AccountRow[],
  sums: ReadonlyMap<number, Sums>,
  stated: ReadonlyMap<number, Sums>,
): void {
  const { facts, alignment, board, gaps } = context;
  // what is missing and not known may be just that
  if (gaps.some(({ inserted }) => inserted === 0)) return;
  const owners = accounts.flatMap((account) => {
    // counters that are what the entries come to as they stand know of no other call
    const stands = stated.get(facts.numbers.get(account.name) ?? -1)?.spent ?? 0;
    return stands === account.spentMicro ? [] : ownerOf(facts, account, sums);
  });
  const byName = new Map(owners.map((one) => [one.account.name, one]));
  const extras = alignment.extra.filter(({ row }) => board.get(`stream:${row.id}`) !== undefined);
  const byAgent = Map.groupBy(context.lone, ({ agent }) => agent ?? '');
  for (const [name, calls] of byAgent) {
    const owner = byName.get(name);
    const all = calls.reduce((sum, { spent }) => sum + spent, 0);
    for (const call of calls) {
      const row = takeRow(extras, call);
      const isCounted =
        owner !== undefined && call.spent > 0 && (owner.off.spent === all || owner.off.spent === call.spent);
      tellCall(context, call, row, isCounted ? owner : null);
    }
  }
  for (const { row, before } of extras) {
    const owner = row.action === 'usage.commit' ? byName.get(row.agent ?? '') : undefined;
    if (owner === undefined || row.cost === null || row.cost <= 0 || owner.off.spent !== row.cost) continue;
    tellSettlement(context, owner, board.get(`stream:${row.id}`)!, `stream:${row.id}`, before);
  }
  for (const owner of owners) tellCounted(context, owner, sums.get(owner.number)?.denials ?? []);
}

function ownerOf(facts: Facts, account: AccountRow, sums: ReadonlyMap<number, Sums>): readonly Account[] {
  const number = facts.numbers.get(account.name) ?? -1;
  const sum = sums.get(number) ?? emptySums();
  const { spentMicro: spent, promptTokens: prompt, completionTokens: completion } = account;
  if (spent === null || prompt === null || completion === null) return [];
  const off = {
    spent: spent - sum.spent,
    reserved: 0,
    prompt: prompt - sum.prompt,
    completion: completion - sum.completion,
  };
  return off.spent > 0 && off.prompt >= 0 && off.completion >= 0 ? [{ account, number, off }] : [];
}

const ROWS: Readonly<Record<string, string>> = { COMMITTED: 'usage.commit', DENIED: 'budget.deny' };

/** The row of the older stream that an execution ended with; it is taken out of the list. */
function takeRow(
  extras: { readonly row: StreamRow; readonly before: number }[],
  call: LoneCall,
): StreamRow | null {
  const at = extras.findIndex(
    ({ row }) =>
      row.action === ROWS[call.state] && row.agent === call.agent && (row.cost ?? 0) === call.spent,
  );
  return at === -1 ? null : extras.splice(at, 1)[0]!.row;
}

/** An execution that has a row and no entry. Without anything that counts it, its row may have been put in as well. */
function tellCall(context: CallContext, call: LoneCall, row: StreamRow | null, owner: Account | null): void {
  const { facts, board, shifts } = context;
  const key = `execution:${call.id}`;
  const draft = board.get(key);
  if (draft === undefined || (row === null && owner === null)) return;
  const place = placeAt(facts, call.began);
  const seq = seqOf(facts, place);
  const left = [
    ...(row === null ? [] : [`row ${row.id} of the older event stream`]),
    ...(owner === null ? [] : [`the counters of ${shown(owner.account.name)}, which count it`]),
  ];
  draft.kind = 'entry-missing';
  draft.seq = seq;
  draft.since = seq;
  draft.expected = `the entries of execution ${shortId(call.id)}`;
  draft.found = 'nothing';
  draft.message = `The entries of execution ${shortId(call.id)} (${call.state}) are missing: they were removed, and what stood behind them was numbered and hashed anew, so that the chain shows nothing. By its times they stood at about entry ${seq}. Left are ${listed(['its row', ...left])}. The hashes prove nothing from there on.`;
  addWitness(draft, witness('execution', `execution ${shortId(call.id)}`, `state ${call.state}`, true));
  if (row !== null) {
    addWitness(draft, witness('stream', `row ${row.id} of events`, `${row.action} without an entry`, true));
    board.delete(`stream:${row.id}`);
  }
  if (owner !== null) shifts.push({ ...call, reserved: 0, agent: owner.number, at: place, key });
}

/** A settlement of which only one record and the counters are left. */
function tellSettlement(
  context: CallContext,
  owner: Account,
  draft: Draft,
  key: string,
  place: number,
): void {
  const { facts, shifts } = context;
  const { off, account } = owner;
  const seq = seqOf(facts, place);
  draft.kind = 'entry-missing';
  draft.seq = seq;
  draft.since = seq;
  draft.agent = account.name;
  draft.expected = `a call that cost ${money(off.spent)}`;
  draft.found = 'nothing';
  draft.sure = 'likely';
  draft.message = `A call of ${shown(account.name)} that cost ${money(off.spent)} is missing: it was removed with all its entries, and what stood behind them was numbered and hashed anew, so that the chain shows nothing. The counters of ${shown(account.name)} still count it, and the older event stream shows where it stood, at about entry ${seq}. The hashes prove nothing from there on.`;
  addWitness(draft, witness('counter', `the counters of ${shown(account.name)}`, countedText(off), true));
  shifts.push({ ...off, agent: owner.number, at: place, key });
}

const countedText = (off: Share): string =>
  `${money(off.spent)} and ${off.prompt + off.completion} tokens above its entries`;

/** A call that nothing but the counters knows: they are above the entries by just what such a call costs. */
function tellCounted(context: CallContext, owner: Account, denials: readonly Denial[]): void {
  const { facts, board, alignment, shifts } = context;
  const { off, account, number } = owner;
  if (shifts.some((shift) => shift.agent === number) || off.prompt + off.completion === 0) return;
  const model = modelOf(context, off);
  if (model === null) return;
  const hole = alignment.idGaps.find(
    ({ from, to }) => to - from === 1 && board.get(`hole:${from}`)?.seq === null,
  );
  if (hole !== undefined) {
    tellSettlement(context, owner, board.get(`hole:${hole.from}`)!, `hole:${hole.from}`, hole.before);
    return;
  }
  // a denial proves what was spent when it was written
  const wrong = denials.findIndex((one) => one.budget + off.spent === account.budgetMicro);
  const before = wrong === -1 ? null : seqAt(facts, denials[wrong]!.at);
  const at = wrong === -1 ? (denials.at(-1)?.at ?? -1) : (denials[wrong - 1]?.at ?? -1);
  const where =
    before === null
      ? "Where it stood can't be known."
      : `It stood before entry ${before}: what remained at that denial is right only with it.`;
  const key = `erased:${account.name}`;
  const name = shown(account.name);
  board.add(key, {
    kind: 'entry-missing',
    severity: 'error',
    seq: before,
    agent: account.name,
    message: `The counters of ${name} are ${countedText(off)}, which is just what so many tokens cost at the price of ${shown(model)}. Such a call was removed from every table, and the log was numbered and hashed anew, so that the chain shows nothing; or both counters were raised by that. ${where}`,
    expected: `a call that cost ${money(off.spent)}`,
    found: 'nothing',
    sure: 'likely',
    because: [
      witness('counter', `the counters of ${name}`, countedText(off), true),
      witness('price', `the price of ${shown(model)}`, `${money(off.spent)} for its tokens`, true),
    ],
  });
  shifts.push({ ...off, agent: number, at, key });
}

/** The model at whose price so many tokens cost just that; null: there is none. */
function modelOf({ facts, prices }: CallContext, off: Share): string | null {
  const tried = new Set<number>([0]);
  for (let at = 0; at < facts.count; at++) {
    if (facts.kind[at] !== KIND.commit) continue;
    const model = facts.model[facts.side[at]!]!;
    if (tried.has(model)) continue;
    tried.add(model);
    if (prices.costOf(model, off.prompt, off.completion)?.micro === off.spent) return nameOf(facts, model);
  }
  return null;
}

/** The place before which an entry of a time would stand. */
export function placeAt(facts: Facts, seconds: number): number {
  let at = 0;
  while (at < facts.count && facts.seconds[at]! <= seconds) at += 1;
  return at;
}

const seqOf = (facts: Facts, place: number): number =>
  place < facts.count ? seqAt(facts, place) : facts.count === 0 ? 1 : seqAt(facts, facts.count - 1) + 1;
