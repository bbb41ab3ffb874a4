import { create } from 'zustand';
import type { Failure } from '../../contract/failure.ts';
import type { LedgerFinding } from '../../contract/ledger-report.ts';
import type { LedgerOverview, LedgerSort } from '../../contract/ledger.ts';
import { NOT_LIVE, type Live } from './live.ts';
import { openLedger } from './tabs.ts';

/** What is known of a ledger. `value` stays while a newer one is fetched or fails to come. */
export type LedgerState = {
  readonly value: LedgerOverview | null;
  readonly error: Failure | null;
  readonly live: Live;
};

/** What the inspector shows beside the statement: one entry, one execution, or a finding that is about neither. */
export type LedgerSelection =
  | { readonly kind: 'entry'; readonly seq: number }
  | { readonly kind: 'execution'; readonly id: string }
  /** `key` by `findingKey` */
  | { readonly kind: 'finding'; readonly key: string };

/** What makes a finding of a report the same one in a later report. */
export const findingKey = ({
  kind,
  seq,
  executionId,
  agent,
  expected,
}: Pick<LedgerFinding, 'kind' | 'seq' | 'executionId' | 'agent' | 'expected'>): string =>
  JSON.stringify([kind, seq, executionId, agent, expected]);

/** A stretch of time, in microseconds; the end is excluded. */
export type LedgerRange = { readonly from: number; readonly to: number };

/** What the statement and the timeline of a ledger show. Both follow it, so they stay in step. */
export type LedgerLook = {
  /** whose account; null: of all agents */
  readonly agent: string | null;
  readonly query: string;
  readonly sort: LedgerSort;
  readonly group: 'entries' | 'executions';
  readonly days: boolean;
  /** the executions of a grouped statement that are unfolded */
  readonly open: readonly string[];
  /** the time that chart and statement show; null: all of it */
  readonly range: LedgerRange | null;
  readonly selected: LedgerSelection | null;
  /** whether the statement has the timeline above it */
  readonly timeline: boolean;
};

export const EMPTY_LEDGER: LedgerState = { value: null, error: null, live: NOT_LIVE };

export const FIRST_LOOK: LedgerLook = {
  agent: null,
  query: '',
  sort: 'newest',
  group: 'entries',
  days: true,
  open: [],
  range: null,
  selected: null,
  timeline: true,
};

type Slice = {
  /** by source; changed only by `app/ledgers.ts` */
  readonly ledgers: Readonly<Record<string, LedgerState>>;
  readonly looks: Readonly<Record<string, LedgerLook>>;
};

export const useLedgersStore = create<Slice>(() => ({ ledgers: {}, looks: {} }));

/** What the views of a ledger show now. */
export const useLook = (source: string): LedgerLook =>
  useLedgersStore((state) => state.looks[source] ?? FIRST_LOOK);

/** The same, outside of views. */
export const lookOf = (source: string): LedgerLook => useLedgersStore.getState().looks[source] ?? FIRST_LOOK;

export function setLook(source: string, patch: Partial<LedgerLook>): void {
  useLedgersStore.setState(({ looks }) => ({
    looks: { ...looks, [source]: { ...(looks[source] ?? FIRST_LOOK), ...patch } },
  }));
}

/** Runs `listener` after the views of a ledger show something else; returns the end of the subscription. */
export const onLook = (listener: () => void): (() => void) =>
  useLedgersStore.subscribe(({ looks }, before) => {
    if (looks !== before.looks) listener();
  });

/** Shows the entries of a query in the statement: where every figure leads. */
export function showEntries(source: string, query: string, agent: string | null = null): void {
  setLook(source, { query, agent, range: null, group: 'entries', sort: 'newest', selected: null });
  openLedger(source);
}

/** Shows one entry in the statement, whatever that shows now. */
export function showEntry(source: string, seq: number): void {
  setLook(source, {
    query: '',
    agent: null,
    range: null,
    group: 'entries',
    sort: 'newest',
    selected: { kind: 'entry', seq },
  });
  openLedger(source);
}
