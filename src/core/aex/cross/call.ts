import type { LedgerLook } from '../store.ts';
import type { Sums } from './balances.ts';
import type { Beside } from './beside.ts';
import type { Board } from './board.ts';
import type { Emptied } from './emptied.ts';
import type { LoneCall } from './erased.ts';
import type { Facts } from './facts.ts';
import type { GapStory } from './gaps.ts';
import { streamOwner } from './owners.ts';
import type { Renamed } from './renamed.ts';
import type { Shift } from './shifts.ts';
import type { Calls } from './steps.ts';
import type { StreamAlignment } from './stream.ts';
import type { StreamRow } from './stream-rows.ts';
import type { TimesMoved } from './time-shifts.ts';
import type { Court, Vote } from './votes.ts';
import { money } from './words.ts';

/** A row of `executions` with its reservation. */
export type CallRow = {
  id: string;
  agent: string | null;
  endpoint: unknown;
  requestHash: unknown;
  policyHash: unknown;
  routeHash: unknown;
  state: unknown;
  status: unknown;
  response: unknown;
  responseBytes: number;
  error: unknown;
  created: unknown;
  updated: unknown;
  terminal: unknown;
  retries: unknown;
  receipt: unknown;
  reserved: boolean;
  reservedAgent: unknown;
  estimated: unknown;
  actual: unknown;
  reservationState: unknown;
  reservedAt: unknown;
  settledAt: unknown;
  expiryAt: unknown;
};

/** What the checks of one execution share. */
export type CallContext = {
  readonly look: LedgerLook;
  readonly facts: Facts;
  readonly beside: Beside;
  readonly calls: Calls;
  alignment: StreamAlignment;
  readonly court: Court;
  readonly board: Board;
  readonly gaps: readonly GapStory[];
  readonly prices: PriceBook;
  readonly routes: RouteBook;
  readonly sums: ReadonlyMap<number, Sums>;
  readonly counters: ReadonlyMap<number, Counters>;
  readonly counts: CallCounts;
  /** what findings would change in the sums of agents */
  readonly shifts: Shift[];
  /** agents that have several names */
  readonly renamed: ReadonlyMap<number, Renamed>;
  readonly emptied: Emptied;
  /** times of rows that were moved together */
  readonly moved: TimesMoved;
  /** executions without an entry, the first ones */
  readonly lone: LoneCall[];
};
/** The counters of an agent's row. */
export type Counters = {
  readonly spent: number | null;
  readonly reserved: number | null;
  readonly prompt: number | null;
  readonly completion: number | null;
  readonly budget: number | null;
};
export type CallCounts = {
  rows: number;
  reservations: number;
  bodies: number;
  stream: number;
  policies: number;
  routes: number;
};

export type PriceBook = {
  /** what a settlement costs by the price of its model. `sure`: the price list says so, else other settlements do. */
  costOf(
    model: number,
    prompt: number,
    completion: number,
  ): { readonly micro: number; readonly sure: boolean } | null;
  /** whether nothing is known of the price, or it says just this cost */
  agrees(model: number, prompt: number, completion: number, cost: number): boolean;
  /** notes a settlement whose cost only the price disputes */
  differs(id: string, at: number, micro: number, sure: boolean): void;
  /** tells of those, after all executions */
  close(facts: Facts, board: Board): void;
  /** seconds that reservations of this ledger live */
  readonly ttl: number;
  readonly models: number;
};

/** How often a route hash was seen, and where first. */
export type RouteSeen = { count: number; readonly id: string; readonly at: number };

export type RouteBook = {
  /** counts a route hash; gives what counts it, null where there are too many to count */
  note(endpoint: string, model: number, hash: string, id: string, at: number): RouteSeen | null;
  close(prices: PriceBook, board: Board): void;
};

export function streamVote<T>(row: StreamRow, value: T, id: string | null, seq: number | null): Vote<T> {
  return {
    value,
    weight: 1,
    owner: streamOwner(row, id, seq),
    witness: 'stream',
    where: `row ${row.id} of the older event stream`,
    seq: null,
  };
}

export const amountText = (value: number | null): string => (value === null ? 'unreadable' : money(value));

export const isTool = (row: CallRow): boolean => row.endpoint === '/v1/tools/execute';
