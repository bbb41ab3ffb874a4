import type { Failure } from './failure.ts';

/**
 * A graph drawn small: what a canvas needs of some rows, without contents. All arrays are in row order; `edges` is
 * flat, seven numbers an edge: from row, to row, from lane, to lane, lane it runs in, colour, `EDGE_STYLES` index.
 */
export type GraphShape = {
  readonly revision: number;
  /** rows in this view */
  readonly total: number;
  readonly start: number;
  readonly lanes: readonly number[];
  /** lane colours, 1 to 8 */
  readonly colours: readonly number[];
  /** bits of `SHAPE_FLAGS` */
  readonly flags: readonly number[];
  /** index into `toolNames` */
  readonly tools: readonly number[];
  readonly toolNames: readonly string[];
  /** microseconds since 1970, null where the text is no time */
  readonly times: readonly (number | null)[];
  readonly edges: readonly number[];
  /** columns used in these rows */
  readonly laneCount: number;
};

/** What is known of a call without reading its contents, and of its failure once that was searched for. */
export const SHAPE_FLAGS = { merge: 1, ref: 2, head: 4, failed: 8, damaged: 16, fold: 32 } as const;

/** The edge styles of `GraphEdge`, in the order that `GraphShape.edges` counts. */
export const EDGE_STYLES = ['solid', 'hidden', 'missing', 'backward'] as const;

/** Where something stands in a strip: in bucket `bucket`, `count` times; `hash` and `label` of the newest. */
export type StripMark = {
  readonly bucket: number;
  readonly kind: 'head' | 'branch' | 'tag' | 'checkpoint' | 'failed' | 'damaged';
  readonly count: number;
  readonly row: number;
  readonly hash: string;
  readonly label: string;
};

/**
 * Many rows in few buckets, for a minimap and for the graph zoomed far out: bucket `i` stands for the rows from
 * `start + i * count / buckets` on. `cells` is flat, four numbers a cell: bucket, lane, colour, calls in it.
 */
export type GraphStrip = {
  readonly revision: number;
  readonly total: number;
  readonly start: number;
  readonly count: number;
  readonly buckets: number;
  readonly laneCount: number;
  readonly cells: readonly number[];
  readonly marks: readonly StripMark[];
  /** time of the newest call of each bucket, microseconds since 1970, null where it has none */
  readonly times: readonly (number | null)[];
  /** merges in each bucket */
  readonly merges: readonly number[];
  readonly failures: FailureScan;
};

/** How far the calls that failed are known. Looking for them reads every output, so above a limit only on demand. */
export type FailureScan =
  | { readonly state: 'known'; readonly failed: number }
  | { readonly state: 'unknown' }
  | { readonly state: 'searching'; readonly done: number; readonly total: number };

/** How far a search for failed calls is, then how many there are or why that is not known. */
export type FailureEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly failed: number }
  | { readonly type: 'failed'; readonly error: Failure };
