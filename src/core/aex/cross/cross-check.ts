import type { EntryKind } from '../../../contract/ledger.ts';
import type { LedgerFinding, LedgerSound, LedgerUnknown } from '../../../contract/ledger-report.ts';
import type { ChainVerdict, ReplayVerdict } from '../chain/verdict.ts';
import { NONE } from '../columns.ts';
import { READ, type EntryPayload, type ReadEntry } from '../entry.ts';
import type { PayloadFields } from '../payload-scan.ts';
import type { AccountRow } from '../rows.ts';
import type { LedgerLook } from '../store.ts';
import { checkAgents, checkLifecycles, type AgentContext } from './agents.ts';
import { sumsOf } from './balances.ts';
import { besideOf, readBeside, type Beside } from './beside.ts';
import { addWitness, newBoard, witness, type Board } from './board.ts';
import type { CallContext, CallCounts, Counters } from './call.ts';
import { checkCalls } from './calls.ts';
import { diagnose, REHASHED, type ChainStory } from './diagnose.ts';
import { addEntry, emptyFacts, KIND, nameNumber, nameOf, SEEN, seqAt, type Facts } from './facts.ts';
import { routeBook, type Routes } from './identity.ts';
import { checkMissingRows, checkStream } from './leftovers.ts';
import { tellNotices } from './notices.ts';
import { priceBook } from './prices.ts';
import { checkRateWindows } from './rate-windows.ts';
import type { Prices } from './records.ts';
import { linkCalls } from './steps.ts';
import { alignStream, type StreamAlignment } from './stream.ts';
import { checkTimeOrder } from './time-order.ts';
import { newCourt } from './votes.ts';
import { shown } from './words.ts';

export type CrossOptions = {
  /** prices by the name of the model, from the config beside the ledger; null: there is none */
  readonly prices: Prices | null;
  /** where calls of each model go; null: not known */
  readonly routes?: Routes | null;
  /** now, in microseconds: whether a reservation is past its expiry */
  readonly nowMicros: number;
};

export type CrossResult = {
  readonly findings: readonly LedgerFinding[];
  readonly unknown: readonly LedgerUnknown[];
  readonly sound: readonly LedgerSound[];
};

export type CrossCheck = {
  /** The next entry, by ascending seq. `read`: bits of `READ`, where the payload is no `EntryPayload`. Keeps nothing of it. */
  entry(
    entry: ReadEntry,
    payload: Readonly<PayloadFields> | EntryPayload,
    read?: number,
    kind?: EntryKind,
  ): void;
  /** `beside`: what another look read with `readBeside`, of the same moment or a later one; null: read here */
  finish(chain: ChainVerdict, replay: ReplayVerdict, beside?: Beside | null): CrossResult;
};

/**
 * Compares the chained entries with everything else the database says: executions, reservations, the older event
 * stream, counters, rate windows. What several records agree on is expected; the one that says something else is the
 * finding. Keeps about 50 bytes an entry, and reads the other tables once, in `finish`.
 */
export function createCrossCheck(look: LedgerLook, options: CrossOptions): CrossCheck {
  const { entries, executions } = look.counts();
  const facts = emptyFacts(entries, executions);
  return {
    entry: (entry, payload, read, kind) => {
      addEntry(facts, entry, payload, read ?? bitsOf(payload), kind);
    },
    finish: (chain, replay, beside) => finish(look, facts, options, chain, replay, beside ?? null),
  };
}

function bitsOf(payload: Readonly<PayloadFields> | EntryPayload): number {
  if (!('odd' in payload)) return 0;
  return (payload.odd === null ? 0 : READ.odd) | (payload.inexact ? READ.inexact : 0);
}

function finish(
  look: LedgerLook,
  facts: Facts,
  options: CrossOptions,
  chain: ChainVerdict,
  replay: ReplayVerdict,
  given: Beside | null,
): CrossResult {
  const board = newBoard();
  const accounts = look.accounts();
  const beside = (given === null ? null : besideOf(look, given)) ?? readBeside(look);
  let alignment = alignStream(look, facts, beside);
  const story = diagnose(look, facts, chain, beside, alignment, options.prices, board);
  if (story.changed) alignment = alignStream(look, facts, beside);
  const from = incarnations(facts, alignment, accounts);
  const stated = sumsOf(facts, from);
  const calls = linkCalls(look, facts, story.gaps, board);
  const prices = priceBook(facts, options.prices);
  const routes = routeBook(facts, options.routes ?? null);
  const counters = new Map<number, Counters>();
  for (const account of accounts) {
    const number = facts.numbers.get(account.name);
    if (number === undefined) continue;
    counters.set(number, {
      spent: account.spentMicro,
      prompt: account.promptTokens,
      completion: account.completionTokens,
      budget: account.budgetMicro,
    });
  }
  const court = newCourt();
  const counts: CallCounts = { rows: 0, reservations: 0, bodies: 0, stream: 0, policies: 0, routes: 0 };
  const context: CallContext = {
    look,
    facts,
    beside,
    calls,
    alignment,
    court,
    board,
    gaps: story.gaps,
    prices,
    routes,
    // linking changes what an entry counts as only where it can't stand
    sums: calls.misplaced === 0 ? stated : sumsOf(facts, from),
    counters,
    counts,
  };
  checkCalls(context);
  checkStream(context, accounts);
  court.close(board);
  joinRehashed(board);
  checkMissingRows(context);
  prices.close(facts, board);
  routes.close(facts, board);
  const clockBack = checkTimeOrder(look, facts, board);
  const agents: AgentContext = {
    look,
    facts,
    board,
    gaps: story.gaps,
    alignment,
    from,
    before: stated,
  };
  checkLifecycles(agents, accounts);
  checkAgents(agents, accounts, sumsOf(facts, from));
  checkRateWindows(agents, accounts, toolRuns(facts, calls), clockBack);
  tellOdd(look, facts, board);
  tellStrangers(facts, accounts, story, alignment, board);
  tellNotices(look, facts, calls, options.nowMicros / 1_000_000, board);
  tellUnknown(look, facts, counts, replay, board);
  tellSound(facts, chain, counts, alignment, board);
  return board.result();
}

/** Entries that were hashed anew belong to the story of the entry that was changed before them. */
function joinRehashed(board: Board): void {
  const rehashed = board.get(REHASHED);
  if (rehashed === undefined) return;
  const cause = board.find(
    (draft) =>
      draft !== rehashed &&
      draft.severity === 'error' &&
      draft.seq !== null &&
      (draft.kind === 'amount-differs' || draft.kind === 'entry-missing' || draft.kind === 'entry-replaced'),
  );
  if (cause === undefined) return;
  addWitness(
    cause,
    witness(
      'hash',
      `entry ${rehashed.seq}`,
      'lost its execution and fits nevertheless: it was hashed anew',
      true,
      rehashed.seq,
    ),
  );
  board.delete(REHASHED);
}

/** Where the entries of agents begin that were deleted and made again under the same name. */
function incarnations(
  facts: Facts,
  alignment: StreamAlignment,
  accounts: readonly AccountRow[],
): Map<number, number> {
  const live = new Set(accounts.map(({ name }) => name));
  const from = new Map<number, number>();
  for (const { agent, before, row } of alignment.deletions) {
    if (!live.has(agent)) continue;
    const number = nameNumber(facts, agent);
    // the place by the older stream, and everything that still lost its execution
    let at = Math.min(before, facts.count);
    for (let i = at; i < facts.count; i++) {
      const kind = facts.kind[i]!;
      if (
        facts.agent[i] === number &&
        facts.execution[i] === NONE &&
        kind !== KIND.lifecycle &&
        kind !== KIND.other
      )
        at = i + 1;
    }
    void row;
    from.set(number, Math.max(from.get(number) ?? 0, at));
  }
  return from;
}

/** Executions of tools, by number: they take no part in rate windows. */
function toolRuns(
  facts: Facts,
  calls: { readonly end: Uint32Array; readonly tool: Uint32Array },
): Uint8Array {
  const tools = new Uint8Array(facts.ids.count).fill(1);
  for (let n = 0; n < calls.end.length; n++) {
    const end = calls.end[n]!;
    if (end === NONE || calls.tool[n] !== NONE || facts.kind[end] !== KIND.commit) continue;
    const model = nameOf(facts, facts.model[facts.side[end]!]!);
    if (model?.startsWith('tool:') !== true) tools[n] = 0;
  }
  return tools;
}

/** Entries whose row or payload is not of the form of AEX. */
function tellOdd(look: LedgerLook, facts: Facts, board: Board): void {
  for (let i = 0; i < Math.min(facts.odd.length, 300); i++) {
    const { at, says } = facts.odd[i]!;
    if ((facts.flags[at]! & (SEEN.rebuilt | SEEN.restored)) !== 0) continue;
    const seq = seqAt(facts, at);
    if (board.get(`entry:${seq}`) !== undefined) continue;
    const entry = look.entry(seq);
    board.add(`entry:${seq}`, {
      kind: 'value-unreadable',
      severity: 'error',
      seq,
      executionId: entry?.executionId ?? null,
      agent: entry?.agent ?? null,
      message: `Entry ${seq} is not of the form that AEX writes${says === 'payload' ? ': its payload lacks a value, or has one of another kind' : `: ${says}`}. What it says can't be taken into account.`,
      found: entry === null ? null : shown(entry.payload),
      sure: 'proved',
    });
  }
  let told = 0;
  for (let at = 0; at < facts.count && told < 100; at++) {
    if (facts.kind[at] !== KIND.other || (facts.flags[at]! & SEEN.rebuilt) !== 0) continue;
    told += 1;
    const seq = seqAt(facts, at);
    if (board.get(`entry:${seq}`) !== undefined) continue;
    const entry = look.entry(seq);
    board.add(`entry:${seq}`, {
      kind: 'entry-unknown',
      severity: 'warning',
      seq,
      executionId: entry?.executionId ?? null,
      agent: entry?.agent ?? null,
      message: `Entry ${seq} is of the type ${shown(entry?.type ?? null)}, which AEX 2.0 does not write.`,
      found: shown(entry?.type ?? null),
      sure: 'proved',
    });
  }
}

/** Agents that entries name and that are not there. */
function tellStrangers(
  facts: Facts,
  accounts: readonly AccountRow[],
  story: ChainStory,
  alignment: StreamAlignment,
  board: Board,
): void {
  const live = new Set(accounts.map(({ name }) => name));
  const gone = new Set(alignment.deletions.map(({ agent }) => agent));
  const told = new Set<number>();
  for (let at = 0; at < facts.count; at++) {
    const number = facts.agent[at]!;
    if (number === 0 || told.has(number)) continue;
    told.add(number);
    const name = facts.names[number]!;
    if (live.has(name) || gone.has(name) || story.deleted.has(name)) continue;
    const seq = seqAt(facts, at);
    if (board.get(`entry:${seq}`) !== undefined) continue;
    board.add(`agent:${name}`, {
      kind: 'row-missing',
      severity: 'error',
      seq,
      agent: name,
      message: `Entries name the agent ${shown(name)}, the first is entry ${seq}. No such agent is in the ledger, and no deletion of it is recorded.`,
      expected: 'a row in agents',
      found: 'none',
      sure: 'proved',
    });
  }
}

function tellUnknown(
  look: LedgerLook,
  facts: Facts,
  counts: CallCounts,
  replay: ReplayVerdict,
  board: Board,
): void {
  let dispatches = 0;
  for (let at = 0; at < facts.count; at++) if (facts.kind[at] === KIND.dispatch) dispatches += 1;
  if (dispatches > 0) {
    board.unknown(
      'dispatch-times',
      `The times of ${dispatches} dispatches have no other record: they can only be compared with the entries before and behind them.`,
    );
  }
  if (counts.rows > 0) {
    board.unknown(
      'requests',
      `The requests of ${counts.rows} executions are not kept, only their hashes, which can't be computed again from anything here.`,
    );
  }
  if (counts.bodies > 0) {
    board.unknown(
      'answers',
      `Of ${counts.bodies} stored answers only the token counts have other records; whether their texts are the original ones can't be known.`,
    );
  }
  const others = counts.rows - counts.policies;
  if (others > 0)
    board.unknown('policies', `The policy hashes of ${others} executions can't be computed again.`);
  board.unknown(
    'caps',
    'Caps and permissions of agents (models, tools, tokens, scope) leave no trace by which a change could be seen, apart from rate limits that were hit.',
  );
  if (look.accounts().length > 0)
    board.unknown('tokens-of-agents', 'Whether tokens of agents were replaced is recorded nowhere.');
  if (replay.moreUnreadable > 0)
    board.unknown('payloads', 'More payloads than are listed could not be read.');
  board.unknown(
    'whole',
    'A past that was rewritten in all tables alike leaves no trace in the database. Only what was seen of it before, or another copy, could show it.',
  );
}

function tellSound(
  facts: Facts,
  chain: ChainVerdict,
  counts: CallCounts,
  alignment: StreamAlignment,
  board: Board,
): void {
  if (chain.ok)
    board.sound(
      'chain',
      'Every entry has the hash of its content and names the entry before it.',
      chain.events,
    );
  if (facts.jumpAt.length <= 1 && facts.count > 0)
    board.sound('numbers', 'The numbers of the entries go on by one.', facts.count);
  board.sound(
    'executions',
    'Executions were compared with their entries: agent, state, status, bodies, times.',
    counts.rows,
  );
  board.sound(
    'reservations',
    'Reservations were compared with what was reserved and settled.',
    counts.reservations,
  );
  if (counts.bodies > 0)
    board.sound('answers', 'Tokens of settlements were compared with the stored answers.', counts.bodies);
  if (alignment.readable)
    board.sound(
      'stream',
      'The older event stream was put beside the entries of the same transactions.',
      alignment.rows,
    );
}
