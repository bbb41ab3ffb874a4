import { z } from 'zod';
import type { Failure } from './failure.ts';
import type { ChainPicture, GoneRow } from './ledger-chain.ts';
import type { FindingRef } from './ledger-report.ts';
import type { Severity } from './problem.ts';
import { queryText } from './records.ts';

/**
 * An AEX budget ledger (formats/aex.md) as the window sees it. Money is an integer of micro-dollars, with the unit in
 * the name; times are the stored text beside microseconds since 1970 (null: the text is no time). Which entries are
 * meant is always said by a *query*, the text a person can type; `core/aex/query.ts` reads it.
 */
export const ledgerAgent = z.string().max(10_000);
export const executionId = z.string().max(10_000);

/** What an entry of the event log is about. `other`: a type that AEX 2.0 does not write. */
export const ENTRY_KINDS = [
  'reserve',
  'deny',
  'dispatch',
  'commit',
  'release',
  'fail',
  'tool',
  'tool-denied',
  'lifecycle',
  'policy',
  'other',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What an entry says has happened, in the words of a bank statement; one of another kind has only its stored type. */
export const ENTRY_WORDS: Readonly<Record<Exclude<EntryKind, 'other'>, string>> = {
  reserve: 'Reserved',
  deny: 'Denied',
  dispatch: 'Sent to provider',
  commit: 'Spent',
  release: 'Released',
  fail: 'Failed',
  tool: 'Tool ran',
  'tool-denied': 'Tool failed',
  lifecycle: 'State changed',
  policy: 'Refused by policy',
};

/**
 * `odd`: what has findings first, worst first, then what is unusual in another way, then the rest; `dearest`: by what was spent.
 * Equal ones newest first.
 */
export const LEDGER_SORTS = ['newest', 'oldest', 'odd', 'dearest'] as const;
export type LedgerSort = (typeof LEDGER_SORTS)[number];

/** The most executions that one grouped view shows with their entries. */
export const MAX_OPEN_GROUPS = 400;

/** What the statement shows. */
export const ledgerViewSchema = z.object({
  /** whose running balance; null: of all agents together. Entries of others are left out. */
  agent: ledgerAgent.nullable(),
  query: queryText,
  sort: z.enum(LEDGER_SORTS),
  /** `executions`: one line for each execution, at its newest entry; entries without one stand alone */
  group: z.enum(['entries', 'executions']),
  /** executions of a grouped view that also show their entries */
  open: z.array(executionId).max(MAX_OPEN_GROUPS),
  /** a line with the sums of each UTC day before its entries; only in the order of entries */
  days: z.boolean(),
});
export type LedgerView = z.infer<typeof ledgerViewSchema>;

/**
 * How far an entry is known to be what was written: by its hash, just recomputed, and by the last check. `verified`: it
 * fits, and the check proved all before it. `closed`: it fits, and behind a break before it the original content closes
 * the chain again. `follows`: it fits the hash it names as its predecessor, no more than that. `anew`: it fits, which
 * proves nothing, for all hashes would have been made anew from an entry before it on. `forged`: it fits, and the check
 * found that it is not what was written. `broken`: it does not fit, or its predecessor has another hash. `unknown`: what
 * was hashed is gone (an execution id that deleting an agent took away).
 */
export type ChainState = 'verified' | 'closed' | 'follows' | 'anew' | 'forged' | 'broken' | 'unknown';

/** What is unusual about an entry or execution. */
export type LedgerMark =
  /** more was spent than was reserved */
  | 'overrun'
  /** its reservation is still open */
  | 'open'
  /** the same, past its expiry */
  | 'expired'
  /** released by the recovery at a start of the daemon */
  | 'recovered'
  /** settled without cost although the provider answered: no usage block */
  | 'free'
  /** its time is before that of the entry it follows */
  | 'clock-back'
  /** its payload is no JSON object of the form of its type */
  | 'odd-payload';

/** One entry of the event log, read from the store just now. */
export type EntryRow = {
  readonly seq: number;
  /** the stored text */
  readonly ts: string;
  readonly atMicros: number | null;
  readonly agent: string | null;
  readonly executionId: string | null;
  readonly type: string;
  readonly kind: EntryKind;
  /** the model of a settlement, the reason of a release, the tool, `READY → PAUSED`; empty: there is none */
  readonly detail: string;
  readonly model: string | null;
  /** as the payload says it; null: it says none */
  readonly estimatedMicro: number | null;
  readonly costMicro: number | null;
  readonly remainingMicro: number | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  /** what the entry did to reserved and spent money by the rules of the replay (formats/aex.md §7) */
  readonly reservedDeltaMicro: number;
  readonly spentDeltaMicro: number;
  /** after the entry, of the agent of the view or of all; null: not replayed yet */
  readonly spentMicro: number | null;
  readonly reservedMicro: number | null;
  /** today's budget less both; null also where the agent is not in the table any more */
  readonly availableMicro: number | null;
  readonly chain: ChainState;
  readonly marks: readonly LedgerMark[];
  /** the worst finding of the last check about this entry */
  readonly finding: Severity | null;
};

/** How an execution ended, by its entries; `open`: not yet. */
export type Outcome = 'spent' | 'released' | 'denied' | 'failed' | 'open' | 'unknown';

/** One line of a grouped statement: all entries of one execution. */
export type GroupRow = {
  readonly executionId: string;
  readonly agent: string | null;
  readonly outcome: Outcome;
  readonly model: string | null;
  /** reason of a release or denial, tool; empty: none */
  readonly detail: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly ts: string;
  readonly atMicros: number | null;
  /** from its first entry to its last, in microseconds; null: a time is unreadable */
  readonly tookMicros: number | null;
  readonly entries: number;
  readonly estimatedMicro: number | null;
  readonly costMicro: number | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly spentMicro: number | null;
  readonly reservedMicro: number | null;
  readonly availableMicro: number | null;
  /** the worst of its entries */
  readonly chain: ChainState;
  readonly marks: readonly LedgerMark[];
  readonly finding: Severity | null;
  readonly isOpen: boolean;
};

/** What entries of a day come to. */
export type DaySums = { readonly entries: number; readonly spentMicro: number; readonly denials: number };

/** What a day came to, over the entries of the view. */
export type DayRow = DaySums & {
  /** UTC, `YYYY-MM-DD` */
  readonly day: string;
  /** what the account's whole day comes to; null: the query leaves out nothing of it */
  readonly whole: DaySums | null;
};

export type LedgerLine =
  | {
      readonly line: 'entry';
      readonly entry: EntryRow;
      /** stands below its group */ readonly inGroup: boolean;
    }
  | { readonly line: 'group'; readonly group: GroupRow }
  | { readonly line: 'day'; readonly day: DayRow }
  | { readonly line: 'gone'; readonly gone: GoneRow };

/** Sums over all entries of a view, not of the window. */
export type LedgerSums = {
  readonly entries: number;
  readonly executions: number;
  readonly spentMicro: number;
  readonly commits: number;
  readonly releases: number;
  readonly denials: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
};

export type LedgerWindow = {
  /** lines of the view */
  readonly total: number;
  readonly start: number;
  readonly lines: readonly LedgerLine[];
  /** null: only these lines were read so far, the whole is being replayed */
  readonly sums: LedgerSums | null;
  readonly revision: number;
  /** what of the query was not understood, in words */
  readonly problems: readonly { readonly term: string; readonly message: string }[];
};

/** `is`: what is unusual; an entry can be several of these. */
export const LEDGER_FACETS = ['is', 'agent', 'type', 'model', 'reason', 'tool', 'day', 'outcome'] as const;
export type LedgerFacetKey = (typeof LEDGER_FACETS)[number];
/** How many entries of a query have each value of a key. `query`: the query narrowed to it. */
export type LedgerFacet = {
  readonly value: string;
  readonly query: string;
  readonly entries: number;
  readonly spentMicro: number;
};

/** A figure and the query of the entries it is made of. */
export type LedgerFigure = { readonly value: number; readonly query: string };

/** One agent's account: what its row says, and what the replay of the event log makes of it. No token is ever part. */
export type Account = {
  readonly name: string;
  readonly budgetMicro: number;
  readonly spentMicro: number;
  readonly reservedMicro: number;
  /** null: not replayed yet */
  readonly replayed: { readonly spentMicro: number; readonly reservedMicro: number } | null;
  readonly lifecycle: string;
  readonly lifecycleReason: string | null;
  readonly openReservations: number;
  readonly lastActivity: string | null;
  readonly createdAt: string | null;
  /** an estimate from the last entries; null: nothing was spent lately, or the money never ends that way */
  readonly burn: BurnEstimate | null;
  /** as the last check proves it; null: nothing else is proved than what stands there */
  readonly proved?: ProvedAccount | null;
};

/** How an account stands by what is proved: former contents of entries, missing entries, a budget that denials prove. */
export type ProvedAccount = {
  readonly budgetMicro: number;
  readonly spentMicro: number;
  readonly reservedMicro: number;
  /** false: another finding touches this account too, and leaves open what was right */
  readonly whole: boolean;
  /** what it rests on, the first ones */
  readonly by: readonly FindingRef[];
};

/** How fast money goes and when it is gone at that rate: a forecast, never a fact. */
export type BurnEstimate = {
  readonly microPerHour: number;
  /** the window it was measured over */
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly settlements: number;
  readonly query: string;
  /** when available money ends at that rate; null: further away than a hundred years */
  readonly exhaustedAtMicros: number | null;
  /** findings of the last check that touch what it rests on, the first ones */
  readonly doubts?: readonly FindingRef[];
};

/** How a ledger stands by the last check of it, without its list. */
export type ReportSummary = {
  readonly ok: boolean;
  readonly chain: { readonly ok: boolean; readonly detail: string; readonly seq: number | null };
  /** the chain by all findings */
  readonly picture: ChainPicture;
  readonly balances: { readonly ok: boolean; readonly detail: string };
  readonly errors: number;
  readonly warnings: number;
  readonly notices: number;
  readonly atMicros: number;
  /** entries that were written since */
  readonly newEntries: number;
  /** the store moved since in another way than by growing, so that nothing of it counts any more */
  readonly stale: boolean;
  /** no entry came, but the files changed since: a row of another table may be another one now. Checked again soon, or by a person. */
  readonly touched: boolean;
};

export type LedgerOverview = {
  readonly revision: number;
  readonly path: string;
  readonly fileBytes: number;
  /** `PRAGMA user_version`; AEX 2.0 writes 3 */
  readonly userVersion: number;
  /** tables and columns of 2.0 that this file does not have, in words */
  readonly differs: readonly string[];
  /** damage that the opening found */
  readonly damage: readonly string[];
  readonly counts: {
    readonly events: number;
    readonly executions: number;
    readonly reservations: number;
    readonly agents: number;
    readonly compat: number;
  };
  readonly first: { readonly seq: number; readonly ts: string; readonly hash: string } | null;
  readonly last: { readonly seq: number; readonly ts: string; readonly hash: string } | null;
  readonly accounts: readonly Account[];
  /** entries written within the last seconds */
  readonly writing: boolean;
  /** false: the event log is being read for the first time, balances and filters come after it */
  readonly ready: boolean;
  readonly report: ReportSummary | null;
  /** a check runs, also unasked, since then (microseconds) */
  readonly checkingSince: number | null;
  /** the price list that was found beside the database */
  readonly config: { readonly path: string; readonly problem: string | null } | null;
};

/** Progress of a check, then its report or why there is none. */
export type LedgerCheckEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly summary: ReportSummary }
  | { readonly type: 'failed'; readonly error: Failure };
