import { z } from 'zod';
import type { CallRow, NodeLink, RefKind } from './vek.ts';

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
  readonly kind: RefKind | null;
  readonly hash: string;
  readonly colour: number | null;
  readonly head: boolean;
};

/**
 * What a run came to after the fork point. Null where no call states it; `costed` and `counted` calls do. `read` calls
 * were read for it: fewer than `calls` where a limit was reached, and the sums are then of those.
 */
export type RunTotals = {
  readonly calls: number;
  readonly read: number;
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

/** What both runs came to. `outcome`: fields in which the outputs of their last calls differ, null where unknown. */
export type RunSums = {
  readonly a: RunTotals;
  readonly b: RunTotals;
  readonly outcome: number | null;
  readonly notes: readonly string[];
};

/**
 * Two runs aligned from their fork point. `comparison` names it for `rows`, `common` and `sums`. `shape` is the kind
 * of every row, see `core/graph/aligned-shape.ts`.
 */
export type RunComparison = {
  readonly comparison: string;
  readonly a: RunEnd;
  readonly b: RunEnd;
  /** the newest call that both have; null for unrelated runs */
  readonly fork: NodeLink | null;
  /** newest calls that both have: several where the runs were merged into each other crosswise */
  readonly forks: number;
  /** calls that both have, and the time of the first of them */
  readonly shared: number;
  readonly sharedSinceMicros: number | null;
  readonly rows: number;
  readonly shape: string;
  readonly same: number;
  readonly changed: number;
  readonly onlyA: number;
  readonly onlyB: number;
  /** calls that differ only in what is ignored; counted as the same */
  readonly ignored: number;
  readonly firstDifference: number | null;
  /** null where so much is to be read for them that they are asked for by themselves */
  readonly totals: RunSums | null;
  /** what a person should know: contents that could not be read, a limit that was reached */
  readonly notes: readonly string[];
};

/**
 * Calls side by side. `changed`: the same tool with another input, another output, or both. `ignored`: the same, but
 * for what is ignored.
 */
export type ComparedRow = {
  readonly row: number;
  readonly kind: 'same' | 'changed' | 'only-a' | 'only-b';
  readonly a: CallRow | null;
  readonly b: CallRow | null;
  /** whether the inputs, and whether the outputs differ in what counts */
  readonly input: boolean;
  readonly output: boolean;
  readonly ignored: boolean;
};
