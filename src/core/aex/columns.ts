import type { EntryKind } from '../../contract/ledger.ts';
import type { TextPool } from '../columns/text-pool.ts';

/** "None" in columns that hold numbers of rows. */
export const NONE = 0xffff_ffff;

/** The event types that AEX 2.0 writes, by kind (formats/aex.md §4). */
export const TYPE_KINDS: ReadonlyMap<string, EntryKind> = new Map<string, EntryKind>([
  ['budget.reserve', 'reserve'],
  ['budget.deny', 'deny'],
  ['execution.dispatched', 'dispatch'],
  ['usage.commit', 'commit'],
  ['reservation.release', 'release'],
  ['execution.failed', 'fail'],
  ['tool.exec', 'tool'],
  ['tool.exec.denied', 'tool-denied'],
  ['agent.state.transition', 'lifecycle'],
  ['policy.violation', 'policy'],
]);

/** What is odd about an entry's stored row. */
export const FLAG = {
  /** the payload is no JSON object, or lacks a key of its type, or has a value of another form */
  oddPayload: 1,
  /** the time is before that of the entry it follows */
  clockBack: 2,
  /** a settlement spent more than it had estimated */
  overrun: 4,
  /** a settlement without cost and tokens */
  free: 8,
  /** released by the recovery at a start */
  recovered: 16,
  /** an amount is beyond exact arithmetic; it counts as 0 */
  inexact: 32,
} as const;

/**
 * All entries of a ledger in the order of seq, as columns in shared memory. Arrays may be longer than `count`. Amounts
 * are micro-dollars; NaN: the payload has none. Texts are numbers in `texts`, 0: absent.
 */
export type LedgerColumns = {
  readonly count: number;
  readonly texts: TextPool;
  /** numbered from 0 in the order of their first entries */
  readonly executions: ExecutionColumns;

  readonly seq: Float64Array;
  /** microseconds since 1970 of `ts`; NaN: unreadable */
  readonly micros: Float64Array;
  /** place in `ENTRY_KINDS` */
  readonly kind: Uint8Array;
  /** `event_type` */
  readonly type: Uint32Array;
  readonly agent: Uint32Array;
  /** number of the execution, or NONE */
  readonly execution: Uint32Array;
  /** model of a settlement, reason of a release, failure or denial, name of a tool, `from → to` of a transition */
  readonly detail: Uint32Array;
  /** `estimated_micro` */
  readonly estimated: Float64Array;
  /** `cost_micro` of a settlement or tool run, `remaining_micro` of a denial */
  readonly amount: Float64Array;
  readonly prompt: Float64Array;
  readonly completion: Float64Array;
  readonly flags: Uint8Array;

  /** by the rules of the balance replay (formats/aex.md §7), after the entry: of its agent, and of all */
  readonly spent: Float64Array;
  readonly reserved: Float64Array;
  readonly allSpent: Float64Array;
  readonly allReserved: Float64Array;
  /** the next entry of the same execution, or NONE */
  readonly next: Uint32Array;
  /** microseconds since 1970 of `expiry_at` of a reservation; NaN: it is none, or that is unreadable */
  readonly expiry: Float64Array;
};

/** What the entries of each execution come to. */
export type ExecutionColumns = {
  readonly count: number;
  /** the id of execution `n` is text `n + 1` */
  readonly ids: TextPool;
  /** rows of `LedgerColumns`: first and last entry, and those that reserved and settled (commit or release), or NONE */
  readonly first: Uint32Array;
  readonly last: Uint32Array;
  readonly reserve: Uint32Array;
  readonly settle: Uint32Array;
  /** number of entries */
  readonly entries: Uint32Array;
};

/** Everything that is known of a ledger's entries now. `key` tells two states of the store apart. */
export type LedgerIndex = { readonly columns: LedgerColumns; readonly key: string };
