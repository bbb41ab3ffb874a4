import type { ChainStretch, GoneEntry } from './ledger-chain.ts';
import type { Failure } from './failure.ts';
import type { Severity } from './problem.ts';

/**
 * What a check of a ledger can find. A kind says what is so; who did it and why is never claimed. Kinds of one story
 * are told once: what only follows from another finding is part of its `because`.
 */
export const LEDGER_FINDING_KINDS = [
  /** the stored hash of an entry is not that of its content */
  'entry-altered',
  /** the same value in other letters (blanks, order, escapes) */
  'entry-respelled',
  /** an entry carries a hash that its successor does not name: it was replaced and hashed anew */
  'entry-replaced',
  /** a number in the order is missing: the entry was removed */
  'entry-missing',
  /** entries at the end were removed */
  'tail-missing',
  /** entries stand in another order than the one they were chained in */
  'entries-reordered',
  /** the chain is broken, and why can't be told */
  'chain-broken',
  /** what deleting an agent does to the chain (formats/aex.md §18.4) */
  'agent-deleted',
  /** cost, estimate, tokens or model of an entry is not what the other records of the same call say */
  'amount-differs',
  /** the agent of an entry is not that of its execution */
  'agent-differs',
  /** the time of an entry is not that of the other records of the same step */
  'time-differs',
  /** the clock of the machine went back: all records agree on it */
  'clock-back',
  /** state, status or bodies of an execution are not what its entries say */
  'execution-differs',
  /** figures, state or times of a reservation are not what the entries say */
  'reservation-differs',
  /** an execution, reservation or row of the older event stream has no entry, or an entry lacks it */
  'row-missing',
  /** the older event stream disagrees with the chained log */
  'stream-differs',
  /** the budget is not the one that a recorded denial proves */
  'budget-differs',
  /** a live counter is not what the entries add up to */
  'spent-differs',
  'reserved-differs',
  'tokens-differ',
  /** lifecycle of an agent is not what its transitions lead to */
  'lifecycle-differs',
  /** a rate window is not what its requests allow */
  'rate-window-differs',
  /** a rate limit is not the one that a refusal names */
  'limit-differs',
  /** the last activity of an agent is not its last entry */
  'activity-differs',
  /** the cost of a settlement is not tokens times price */
  'price-differs',
  /** a hash that can be computed again (route, policy, tool id) has another value */
  'identity-differs',
  /** an entry's payload or type is none that AEX 2.0 writes */
  'entry-unknown',
  /** a value that no reader can take: no JSON, no integer, beyond exact arithmetic */
  'value-unreadable',
  /** the file was longer, or had other entries, when it was last seen */
  'seen-longer',
  'seen-other',
  /** as the last, and everything fits an older copy that was put back */
  'seen-restored',
  /** one of the seven invariants or the start check of AEX fails, where no finding above says it */
  'invariant-failed',
  /** a reservation is open; past its expiry it waits for the next start of the daemon */
  'reservation-open',
  'reservation-expired',
  /** the daemon ended in the middle of an execution */
  'execution-interrupted',
  /** the provider was paid and the agent was not charged (formats/aex.md §18.2 and 3) */
  'spent-unrecorded',
  /** the file itself is damaged */
  'file-damaged',
  /** more of a kind than are listed */
  'more',
] as const;
export type LedgerFindingKind = (typeof LEDGER_FINDING_KINDS)[number];

/** `proved`: recomputed, nothing else fits. `likely`: most records say so. `possible`: it may have another reason. */
export type Sureness = 'proved' | 'likely' | 'possible';

/** Which record says something. */
export type WitnessKind =
  | 'entry'
  | 'execution'
  | 'reservation'
  | 'stream'
  | 'response'
  | 'price'
  | 'denial'
  | 'counter'
  | 'neighbours'
  | 'sequence'
  | 'hash'
  | 'seen';

/** What one record says about the matter of a finding. `agrees`: with what was expected. */
export type LedgerWitness = {
  readonly witness: WitnessKind;
  /** where it stands, such as: entry 6, row 2 of events */
  readonly where: string;
  readonly says: string;
  readonly agrees: boolean;
  readonly seq: number | null;
};

/** One thing that does not add up, or that is worth knowing. */
export type LedgerFinding = {
  readonly kind: LedgerFindingKind;
  readonly severity: Severity;
  /** the entry it is about; of a gap the first missing one */
  readonly seq: number | null;
  readonly executionId: string | null;
  readonly agent: string | null;
  /** what is so, in one or two sentences, with the entry since which the record can't be trusted and how sure that is */
  readonly message: string;
  readonly expected: string | null;
  readonly found: string | null;
  /** the entry from which on the record can't be trusted; null: no order is concerned */
  readonly since: number | null;
  readonly sure: Sureness;
  /** how it is known */
  readonly because: readonly LedgerWitness[];
  /** the entries that are meant where it is about several, by number; of a gap the missing ones */
  readonly range?: { readonly from: number; readonly to: number };
  /** what stood there, of entries that are gone; the first ones */
  readonly gone?: readonly GoneEntry[];
  /** what stands behind it was hashed anew with it, so that it can't be trusted either */
  readonly onward?: boolean;
  /** when it was, by the times that are stored; of a gap those around it, null where nothing stands there */
  readonly when?: { readonly from: string | null; readonly to: string | null };
  /** what the entry was, where its original content gives the hash again that it was chained with */
  readonly was?: GoneEntry;
  /** of a budget the one that denials prove in place of the stored one */
  readonly provedMicro?: number;
};

/** A finding by what makes it the same one in a later report. */
export type FindingRef = Pick<LedgerFinding, 'kind' | 'seq' | 'executionId' | 'agent' | 'expected'>;

/** Something the database holds no evidence about, either way. */
export type LedgerUnknown = {
  readonly what: string;
  readonly agent: string | null;
  readonly seq: number | null;
  readonly message: string;
};

/** What was checked and holds, in words; `count`: of how many. */
export type LedgerSound = { readonly what: string; readonly count: number | null; readonly text: string };

/** One of the seven invariants of `aex audit`, with its verdict and text. */
export type LedgerInvariant = {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string | null;
};

/** The name under which the program that checks a proof is saved. */
export const PROOF_SCRIPT_NAME = 'check_ledger_proof.py';

/** What was seen of a ledger at an earlier look, and what became of it. */
export type WitnessVerdict = {
  /** `first`: never seen before. `grown`, `same`: what was seen is still there. */
  readonly state: 'first' | 'same' | 'grown' | 'shorter' | 'other' | 'restored' | 'off';
  readonly seenAtMicros: number | null;
  readonly seenEvents: number | null;
  readonly seenHash: string | null;
  readonly text: string;
};

/** A full check: `ok` means chain, balances, and no finding of severity `error`. */
export type LedgerReport = {
  readonly ok: boolean;
  /** with the original's texts; `seq`: the first entry that fails */
  readonly chain: { readonly ok: boolean; readonly detail: string; readonly seq: number | null };
  /** the chain by all findings, in the order of entries; what its entries are shown as */
  readonly stretches: readonly ChainStretch[];
  readonly balances: { readonly ok: boolean; readonly detail: string };
  /** `check_db_integrity` of the original: what its daemon looks at before it starts */
  readonly startCheck: boolean;
  readonly invariants: readonly LedgerInvariant[];
  /** errors first, of these what is proved, each kind in the order of entries */
  readonly findings: readonly LedgerFinding[];
  readonly unknown: readonly LedgerUnknown[];
  readonly sound: readonly LedgerSound[];
  readonly checked: {
    readonly events: number;
    readonly executions: number;
    readonly reservations: number;
    readonly compat: number;
    readonly agents: number;
  };
  readonly head: { readonly seq: number; readonly hash: string } | null;
  readonly witness: WitnessVerdict;
  readonly startedMicros: number;
  readonly endedMicros: number;
};

/** Progress of a proof that is written, then the file by its id, or why there is none. */
export type LedgerProofEvent =
  | { readonly type: 'progress'; readonly entries: number; readonly total: number; readonly bytes: number }
  | { readonly type: 'done'; readonly id: string; readonly bytes: number }
  | { readonly type: 'failed'; readonly error: Failure };
