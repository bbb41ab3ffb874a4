import type { ChainStretch, GoneRow } from '../../../contract/ledger-chain.ts';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import type { Severity } from '../../../contract/problem.ts';

/** Micro-dollars for one token. */
export type TokenPrice = { readonly inputMicro: number; readonly outputMicro: number };

/** What is known of a ledger beside its entries. */
export type LedgerFacts = {
  /** today's budgets, of the agents that are in the table */
  readonly budgets: ReadonlyMap<string, number>;
  /** the worst finding of the last check about an entry, by its seq */
  readonly findings: ReadonlyMap<number, Severity>;
  /** entries that the last check misses, in the order of their places */
  readonly gaps?: readonly GoneRow[];
  /** all that the last check found, and the chain by it; absent: none counts */
  readonly told?: readonly LedgerFinding[];
  readonly stretches?: readonly ChainStretch[];
  /** prices of the models in the price list beside the database; null: there is none */
  readonly prices: ReadonlyMap<string, TokenPrice> | null;
  /** the present, by which a reservation has expired */
  readonly nowMicros: number;
};

/** Nothing is known but the present. */
export const noFacts = (nowMicros: number): LedgerFacts => ({
  budgets: new Map(),
  findings: new Map(),
  prices: null,
  nowMicros,
});
