import type { GoneRow, StretchKind } from './ledger-chain.ts';
import type { FindingRef, LedgerFindingKind } from './ledger-report.ts';

/** The most pieces into which one answer divides time. */
export const MAX_TIMELINE_BUCKETS = 4096;
/** Reservations up to which they are given one by one. */
export const TIMELINE_BARS = 3000;
/** The most marks that one answer lists; the pieces count all of them. */
export const TIMELINE_MARKS = 3000;

/** A stretch of time that is shown; between two stretches lies a folded gap. Microseconds, the end is excluded. */
export type TimeStretch = { readonly fromMicros: number; readonly toMicros: number };

/**
 * What happened in each piece of the shown time. Arrays of one length; `starts[i]` is where piece i begins. Available
 * money is today's budget less spent and reserved by replay; at the end of the piece, and its lowest and highest in it.
 * A piece without an entry repeats the line (`firstSeq` 0).
 */
export type TimelineBuckets = {
  readonly starts: readonly number[];
  readonly available: readonly number[];
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
  /** unspent: budget less spent, at the end of the piece */
  readonly unspent: readonly number[];
  readonly spent: readonly number[];
  readonly commits: readonly number[];
  readonly releases: readonly number[];
  readonly denials: readonly number[];
  readonly overruns: readonly number[];
  /** entries with an error or warning */
  readonly findings: readonly number[];
  /** places where entries are missing */
  readonly missing: readonly number[];
  /** the worst of its entries, by its place in `LedgerTimeline.record`; -1: it has none */
  readonly record: readonly number[];
  /** lowest and highest number of its entries; 0: it has none */
  readonly firstSeq: readonly number[];
  readonly lastSeq: readonly number[];
};

/**
 * One reservation: a bar from its entry to the one that settled it. Entries carry whole seconds; those of one second are
 * drawn evenly spread over it, in their order: `drawn…` is where, the other times are what is stored.
 */
export type ReservationBar = {
  readonly executionId: string;
  readonly agent: string | null;
  readonly drawnFromMicros: number;
  readonly drawnToMicros: number | null;
  readonly fromMicros: number;
  /** null: still open */
  readonly toMicros: number | null;
  readonly expiryMicros: number | null;
  readonly estimatedMicro: number;
  readonly costMicro: number | null;
  readonly outcome: 'spent' | 'released' | 'open' | 'expired';
  readonly overrun: boolean;
  /** unspent money when it was made: where the bar hangs */
  readonly unspentMicro: number;
  /** reserved money of others at that moment, between the line and the bar */
  readonly belowMicro: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
};

/** One event of its own that is marked: a denial, an overrun, an entry with an error or warning, a place where some are missing. */
export type TimelineMark = {
  readonly seq: number;
  /** as stored, and where it is drawn */
  readonly atMicros: number;
  readonly drawnMicros: number;
  readonly mark: 'denied' | 'overrun' | 'finding' | 'missing' | 'lifecycle' | 'failed';
  readonly agent: string | null;
  readonly micro: number | null;
  readonly text: string;
  /** of `missing` what is gone; its time is between those of its neighbours */
  readonly gone?: GoneRow;
};

/** What is so of entries by the last check. `open`: none was made, or they were written after it. */
export type RecordState = {
  readonly is: StretchKind | 'open';
  /** the finding that says so; null: none, or it only follows from the one before */
  readonly by: LedgerFindingKind | null;
};

/**
 * The money by what a check proved of budgets and entries, beside what stands there: former contents that give their hash
 * again, missing entries with which the chain closes, budgets that denials prove. Likely ones are no part of it.
 */
export type ProvedMoney = {
  readonly budgetMicro: number;
  /** where it parts from what stands there, first */
  readonly fromMicros: number;
  /** at the end of each piece */
  readonly unspent: readonly number[];
  readonly available: readonly number[];
  /** what it rests on, the first ones */
  readonly by: readonly FindingRef[];
  readonly byCount: number;
};

export type LedgerTimeline = {
  readonly revision: number;
  /** of all entries, whatever is shown */
  readonly wholeFromMicros: number | null;
  readonly wholeToMicros: number | null;
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly stretches: readonly TimeStretch[];
  readonly budgetMicro: number;
  readonly buckets: TimelineBuckets;
  /** null: more than `TIMELINE_BARS` are in the window */
  readonly bars: readonly ReservationBar[] | null;
  readonly barCount: number;
  /** the first ones; `markCount`: all */
  readonly marks: readonly TimelineMark[];
  readonly markCount: number;
  /** what entries can be by the last check, worst last */
  readonly record: readonly RecordState[];
  /** null: nothing else is proved than what stands there */
  readonly proved: ProvedMoney | null;
  /** findings that touch the money shown, and of which it is not proved what was right: the first ones, and all */
  readonly doubted: readonly FindingRef[];
  readonly doubtedCount: number;
  /** entries whose time can't be read are not drawn */
  readonly undated: number;
};
