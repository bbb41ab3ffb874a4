import type { EntryKind } from '../../../contract/ledger.ts';
import type { LedgerFinding, LedgerSound, LedgerUnknown } from '../../../contract/ledger-report.ts';
import type { ChainVerdict, ReplayVerdict } from '../chain/verdict.ts';
import { bitsOf, type EntryPayload, type ReadEntry } from '../entry.ts';
import type { PayloadFields } from '../payload-scan.ts';
import type { LedgerLook } from '../store.ts';
import { checkAgents, type AgentContext } from './agents.ts';
import { sumsOf, type Sums } from './balances.ts';
import { joinAlike } from './alike.ts';
import { besideOf, readBeside, type Beside } from './beside.ts';
import { addWitness, newBoard, witness, type Board, type Draft } from './board.ts';
import type { CallContext, CallCounts, Counters } from './call.ts';
import { checkCalls } from './calls.ts';
import { REHASHED } from './deleted.ts';
import { diagnose } from './diagnose.ts';
import { tellElsewhere } from './elsewhere.ts';
import { joinEmptyLog, tellEmptied } from './emptied.ts';
import { tellErased } from './erased.ts';
import { tellOlderUsage } from './older-usage.ts';
import { tellForged } from './forged.ts';
import { tellRetyped } from './retyped.ts';
import { joinSameFigure } from './same-figure.ts';
import { tellUndercharged } from './undercharged.ts';
import { distinctAccounts, joinTwiceAgents, tellTwice } from './twice.ts';
import { addSpan, type EntrySpan, type SpanTaker } from './entry-span.ts';
import { addEntry, emptyFacts, nameNumber, type Facts } from './facts.ts';
import { routeBook, type Routes } from './identity.ts';
import { incarnations, toolRuns } from './incarnations.ts';
import { checkStream } from './leftovers.ts';
import { checkLifecycles } from './lifecycles.ts';
import { checkMissingRows } from './missing-rows.ts';
import { tellMovedCalls } from './moved-calls.ts';
import { tellNotices } from './notices.ts';
import { tellOdd, tellStrangers } from './odd-entries.ts';
import { priceBook } from './prices.ts';
import { joinPutIn } from './put-in.ts';
import { checkRateWindows } from './rate-windows.ts';
import { tellRenamed } from './rename-story.ts';
import { findRenamed } from './renamed.ts';
import type { Prices } from './records.ts';
import { tellSound, tellUnknown } from './result-notes.ts';
import { checkSideTables, checkWindowsThere } from './side-tables.ts';
import { linkCalls } from './steps.ts';
import { alignStream } from './stream.ts';
import { checkTimeOrder } from './time-order.ts';
import { newCourt } from './votes.ts';

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
  /** The next entries, as columns; `taker` reads again what is left out of them, and gives it to `entry`. */
  span(span: EntrySpan, words: readonly string[], taker: SpanTaker): void;
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
      addEntry(facts, entry, payload, read ?? ('odd' in payload ? bitsOf(payload) : 0), kind);
    },
    span: (span, words, taker) => addSpan(facts, span, words, taker),
    finish: (chain, replay, beside) => finish(look, facts, options, chain, replay, beside ?? null),
  };
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
  const accounts = distinctAccounts(look.accounts());
  const beside = (given === null ? null : besideOf(look, given)) ?? readBeside(look);
  const renames = findRenamed(look, facts, accounts);
  let alignment = alignStream(look, facts, beside);
  if (renames.inStream(alignment)) alignment = alignStream(look, facts, beside);
  tellRenamed(look, facts, renames.all, board);
  const story = diagnose(look, facts, chain, beside, alignment, options.prices, board);
  const retyped = tellRetyped(look, facts, board);
  if (story.changed || retyped) alignment = alignStream(look, facts, beside);
  const from = incarnations(facts, alignment);
  tellOlderUsage(look, facts, accounts, from, board);
  const stated = sumsOf(facts, from);
  const calls = linkCalls(look, facts, story.gaps, board);
  // an entry that can't stand where it is has no row of the older stream
  if (calls.misplaced > 0) alignment = alignStream(look, facts, beside);
  const prices = priceBook(facts, options.prices);
  const routes = routeBook(look, facts, options.routes ?? null);
  const counters = new Map<number, Counters>();
  for (const account of accounts) {
    counters.set(nameNumber(facts, account.name), {
      spent: account.spentMicro,
      reserved: account.reservedMicro,
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
    shifts: [],
    renamed: renames.all,
    emptied: tellEmptied(look, facts, alignment, board),
    moved: { executions: new Map(), reservations: new Map() },
    lone: [],
  };
  tellTwice(look, facts, calls, board);
  checkCalls(context);
  ({ alignment } = context);
  checkStream(context, accounts);
  court.close(board);
  joinSameFigure(look, facts, context.shifts, board);
  joinRehashed(board);
  checkMissingRows(context);
  tellElsewhere(context);
  let current: ReadonlyMap<number, Sums> | null = null;
  const sums = (): ReadonlyMap<number, Sums> => (current ??= sumsOf(facts, from));
  if (tellForged(context, accounts, sums)) current = null;
  prices.close(facts, board);
  routes.close(prices, board);
  const clockBack = checkTimeOrder(look, facts, board);
  const agents: AgentContext = {
    look,
    facts,
    board,
    gaps: story.gaps,
    alignment,
    from,
    before: stated,
    shifts: context.shifts,
  };
  checkLifecycles(agents, accounts);
  if (tellMovedCalls(agents, accounts, sums(), calls)) current = null;
  if (tellUndercharged(context, accounts, sums())) current = null;
  tellErased(context, accounts, sums(), stated);
  checkAgents(agents, accounts, sums());
  if (!context.emptied.agents) {
    const tools = toolRuns(facts, calls);
    checkRateWindows(agents, accounts, tools, clockBack);
    checkWindowsThere(agents, accounts, tools);
  }
  checkSideTables(look, board);
  joinTwiceAgents(board, accounts);
  tellOdd(look, facts, board);
  if (!context.emptied.agents) tellStrangers(facts, accounts, story, alignment, board);
  joinEmptyLog(look, board);
  joinPutIn(board);
  joinAlike(board);
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
  if (cause === undefined) {
    joinLost(board, rehashed);
    return;
  }
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

/** Rows of the call whose end lost its execution say that it ended: that is part of its story. */
function joinLost(board: Board, rehashed: Draft): void {
  const rows = board.keyed().filter(([, { kind, agent, expected }]) => {
    const isRow = kind === 'execution-differs' || kind === 'reservation-differs';
    return isRow && agent === rehashed.agent && /^state (?:DISPATCHED|RESERVED)\b/.test(expected ?? '');
  });
  if (new Set(rows.map(([, { executionId }]) => executionId)).size !== 1) return;
  rehashed.executionId = rows[0]![1].executionId;
  for (const [key, { kind, found }] of rows) {
    const its = kind === 'execution-differs' ? 'execution' : 'reservation';
    addWitness(rehashed, witness(its, `its ${its}`, found ?? '', true));
    board.delete(key);
  }
}
