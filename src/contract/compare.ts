import { z } from 'zod';
import type { CallRow, NodeLink } from './vek.ts';

/**
 * What does not count as a difference between two runs: fields that hold a time or a duration, fields that hold an id
 * made anew each time, and fields by name, wherever they stand in input and output.
 */
export const ignoreSchema = z.object({
  times: z.boolean(),
  ids: z.boolean(),
  fields: z.array(z.string().max(200)).max(64),
});
export type Ignore = z.infer<typeof ignoreSchema>;

/** One of two runs: a branch, tag or call, and all calls that only it reaches. */
export type RunEnd = {
  /** the ref it was asked by; null for a call */
  readonly name: string | null;
  readonly hash: string;
  readonly colour: number | null;
  readonly head: boolean;
};

/** What a run came to after the fork point. Null where no call states it; `costed` and `counted` calls do. */
export type RunTotals = {
  readonly calls: number;
  readonly failed: number;
  readonly fromMicros: number | null;
  readonly toMicros: number | null;
  readonly costMicros: number | null;
  readonly costed: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly counted: number;
  /** model calls that state no cost: unpriced */
  readonly unpriced: number;
  readonly last: NodeLink | null;
};

/** Two runs aligned from their fork point. `comparison` names it for `rows`. */
export type RunComparison = {
  readonly comparison: string;
  readonly a: RunEnd;
  readonly b: RunEnd;
  /** the newest call that both have; null for unrelated runs */
  readonly fork: NodeLink | null;
  /** calls that both have */
  readonly shared: number;
  readonly rows: number;
  readonly same: number;
  readonly changed: number;
  readonly onlyA: number;
  readonly onlyB: number;
  /** calls that differ only in what is ignored; counted as the same */
  readonly ignored: number;
  readonly firstDifference: number | null;
  readonly totals: { readonly a: RunTotals; readonly b: RunTotals };
  /** what a person should know: contents that could not be read, a limit that was reached */
  readonly notes: readonly string[];
};

/** Calls side by side. `changed`: the same tool with another input, another output, or both. */
export type ComparedRow = {
  readonly row: number;
  readonly kind: 'same' | 'changed' | 'only-a' | 'only-b';
  readonly a: CallRow | null;
  readonly b: CallRow | null;
  readonly input: boolean;
  readonly output: boolean;
};
