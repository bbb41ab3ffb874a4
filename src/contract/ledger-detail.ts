import type { LedgerFinding, LedgerWitness } from './ledger-report.ts';
import type { EntryRow, LedgerMark, Outcome } from './ledger.ts';
import type { SourceLink } from './records.ts';

/** One entry with everything that is known of it. */
export type EntryDetail = {
  readonly row: EntryRow;
  /** the stored text, byte for byte */
  readonly payload: string;
  readonly storedPrev: string;
  readonly storedHash: string;
  /** recomputed just now from the stored content and the stored predecessor */
  readonly recomputedHash: string;
  /** the hash of the entry before it as that is stored; null: it is the first */
  readonly beforeHash: string | null;
  /** what it hashed as, found by trying what other records say; null: not needed, or nothing fits */
  readonly restored: { readonly what: string; readonly text: string } | null;
  readonly witnesses: readonly LedgerWitness[];
  readonly findings: readonly LedgerFinding[];
  /** neighbours in the same execution */
  readonly entriesOfExecution: readonly EntryRow[];
};

/** One link of the drawn chain. */
export type ChainLink = {
  readonly seq: number;
  readonly type: string;
  readonly storedPrev: string;
  readonly storedHash: string;
  readonly recomputedHash: string;
  /** its hash is that of its content */
  readonly fits: boolean;
  /** the hash it names is that of the entry before it */
  readonly linked: boolean;
  /** numbers that are missing before it */
  readonly missingBefore: number;
};

/** A text of the store as far as it is shown. `bytes`: of the whole. `withheld`: it held a token, which is masked. */
export type LedgerText = {
  readonly text: string;
  readonly bytes: number;
  readonly cut: boolean;
  readonly masked: boolean;
};

/** One state that an execution was in, with what says so. */
export type ExecutionStep = {
  readonly state: string;
  /** the stored text of its time; null: it is known to have been, not when */
  readonly at: string | null;
  readonly atMicros: number | null;
  readonly seq: number | null;
  /** in words, such as: $0.000170 reserved until 09:03:05 */
  readonly text: string;
};

/** How the cost or estimate of an execution comes about. One line a step; `estimate`: not from the store itself. */
export type Arithmetic = {
  readonly label: string;
  readonly micro: number | null;
  readonly text: string;
  readonly source: 'stored' | 'computed' | 'config';
};

export type ExecutionDetail = {
  readonly executionId: string;
  /** null: its row is gone (an agent was deleted, or a row removed) */
  readonly row: {
    readonly agent: string;
    readonly endpoint: string;
    readonly state: string;
    readonly statusCode: number | null;
    readonly requestHash: string;
    readonly policyHash: string | null;
    readonly routeHash: string | null;
    readonly createdAt: string | null;
    readonly updatedAt: string | null;
    readonly terminalAt: string | null;
  } | null;
  readonly reservation: {
    readonly state: string;
    readonly estimatedMicro: number;
    readonly actualMicro: number;
    readonly reservedAt: string | null;
    readonly settledAt: string | null;
    readonly expiryAt: string | null;
  } | null;
  readonly agent: string | null;
  readonly outcome: Outcome;
  readonly marks: readonly LedgerMark[];
  readonly steps: readonly ExecutionStep[];
  readonly arithmetic: readonly Arithmetic[];
  readonly entries: readonly EntryRow[];
  readonly response: LedgerText | null;
  readonly error: LedgerText | null;
  /** a repeat of the same id is answered from this row without a trace; in words what it would get */
  readonly repeats: string;
  /** whether the id is made of the request itself, of a key, or was given by the caller; in words */
  readonly identity: string;
  /** provider and model of the route, where the price list beside the database gives this route hash */
  readonly route: {
    readonly model: string;
    readonly provider: string;
    readonly providerModel: string;
    readonly baseUrl: string;
  } | null;
  readonly policy: string;
  /** the tool that ran, for tool executions */
  readonly tool: string | null;
  /** why no request is shown: AEX keeps its hash only. A linked call may hold it. */
  readonly requestNote: string;
  readonly links: readonly SourceLink[];
  readonly linkNotes: readonly string[];
  readonly findings: readonly LedgerFinding[];
};

/** Where two copies of one ledger part. */
export type TwoCopies = {
  readonly a: LedgerCopy;
  readonly b: LedgerCopy;
  /** entries at the beginning that are the same in both, by hash */
  readonly common: number;
  /** `same`; one `is-older`: it ends where the other goes on; `parted`: both go on differently; `other`: not one ledger */
  readonly verdict: 'same' | 'a-is-older' | 'b-is-older' | 'parted' | 'other';
  readonly text: string;
  /** the last common entry and the first ones after it */
  readonly lastCommon: CopyEntry | null;
  readonly firstA: readonly CopyEntry[];
  readonly firstB: readonly CopyEntry[];
  /** rows of other tables that differ although the entries are the same, in words, the first ones */
  readonly differences: readonly string[];
  readonly moreDifferences: number;
};

/** One of two copies. `name`: of the file, with what of its folders tells it from the other; all texts call it so. */
export type LedgerCopy = {
  readonly path: string;
  readonly name: string;
  readonly events: number;
  /** of its last entry, as that is stored */
  readonly lastTs: string | null;
  readonly lastHash: string | null;
};

export type CopyEntry = {
  readonly seq: number;
  readonly ts: string;
  readonly agent: string | null;
  readonly type: string;
  readonly executionId: string | null;
  readonly payload: string;
  readonly hash: string;
};
