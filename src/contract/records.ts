import { z } from 'zod';

/**
 * Run records of agents (formats/atomic-agents.md §3) as the window sees them. Which records are meant is always said
 * by a *query*, the text a person can type: `agent:quill day:2026-06-01..2026-06-08 -is:mirror late invoice`.
 * `core/records/query.ts` reads it. Every figure that is made of records carries the query of its rows.
 */
export const queryText = z.string().max(10_000);

/** A day, `YYYY-MM-DD`. */
export const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Both ends are included. */
export const dayRangeSchema = z.object({ from: dayText, to: dayText });
export type DayRange = z.infer<typeof dayRangeSchema>;

/** Sums over records: money in millionths of a dollar, rounded once at the end. The fields of `expected.json`. */
export type Sum = {
  readonly lines: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicros: number;
};

/** A figure and the query of the records it is made of. */
export type Figure = { readonly value: number; readonly query: string };

export const RECORD_SORTS = ['newest', 'oldest', 'cost', 'tokens', 'latency'] as const;
export type RecordSort = (typeof RECORD_SORTS)[number];

/** What is unusual about one record. */
export type RecordMark =
  /** `ts` can't be read: in no figure but the guardrails' */
  | 'undated'
  /** `ts` has no offset */
  | 'naive'
  /** `ts` is of another day than the file */
  | 'misfiled'
  /** `cost_usd` is no number: counted as 0 */
  | 'bad-cost'
  /** the fallback model was used */
  | 'fallback'
  /** caps were bypassed */
  | 'critical'
  /** the model had no price: the highest rates were logged */
  | 'estimated'
  /** the model has no price in the table */
  | 'unpriced'
  /** logged and recomputed cost differ */
  | 'differs'
  /** the coordinator's copy of a delegated run whose own line was found */
  | 'mirror'
  /** the same, but the target's own line was not found */
  | 'mirror-alone'
  /** names a parent that has no line */
  | 'orphan';

/** One line of a log, as a row of a table. */
export type RecordRow = {
  /** agent, path of the log below the agent's folder, `#`, offset in bytes: stays the same as the log grows */
  readonly id: string;
  readonly agent: string;
  /** the stored text, in the offset of the agent */
  readonly ts: string | null;
  readonly atMicros: number | null;
  readonly runId: string | null;
  readonly parentRunId: string | null;
  readonly trigger: string | null;
  readonly primitive: string | null;
  readonly status: string | null;
  readonly model: string | null;
  readonly summary: string;
  readonly tool: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** null: none was logged */
  readonly costMicros: number | null;
  readonly latencyMs: number | null;
  readonly costSource: string | null;
  readonly marks: readonly RecordMark[];
  /** how many records name this run as their parent */
  readonly children: number;
};

export type RecordWindow = {
  readonly total: number;
  /** over all records of the query, not of the window */
  readonly sum: Sum;
  readonly start: number;
  readonly rows: readonly RecordRow[];
};

/** How many records of a query have each value of a key. */
export type Facet = { readonly value: string; readonly query: string } & Sum;

export const FACET_KEYS = [
  'agent',
  'model',
  'provider',
  'trigger',
  'primitive',
  'status',
  'source',
  'day',
  'month',
  'hour',
  'tool',
] as const;
export type FacetKey = (typeof FACET_KEYS)[number];

/** One record in full. `text` is the line as it stands; `value` is null where it is no JSON object. */
export type RecordDetail = {
  readonly id: string;
  readonly row: RecordRow | null;
  readonly text: string;
  /** path below the root, with `/` */
  readonly path: string;
  readonly line: number;
  readonly offset: number;
  readonly bytes: number;
  /** cost by today's table, null where the model has no price */
  readonly recomputedMicros: number | null;
  /** how the recomputed cost comes about, one step a line */
  readonly recomputedHow: readonly string[];
  readonly parent: string | null;
  readonly links: readonly SourceLink[];
  /** what was not searched for links, in words */
  readonly linkNotes?: readonly string[];
};

/** A place in another store of the same workspace that recorded the same thing, by hash or id. */
export type SourceLink = {
  readonly source: string;
  readonly sourceName: string;
  readonly kind: 'vek-call' | 'agent-record' | 'ledger-execution';
  /** hash of the call, or id of the record or execution */
  readonly target: string;
  readonly title: string;
  /** what both hold, in words, such as: the same hash of the arguments */
  readonly because: string;
};

/** A run with what it started, across agents. */
export type RunTree = {
  readonly row: RecordRow;
  /** why this stands here: `child` by parent_run_id, `delegated` by delegate_run_id */
  readonly by: 'root' | 'child' | 'delegated';
  readonly children: readonly RunTree[];
  /** of this record and all below it, delegated spending once */
  readonly costMicros: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** at the root: how many further runs the tree does not show (`limits.agentTreeRuns`), nor count */
  readonly more?: number;
};

/** A line that is no usable record. `offset` in bytes. */
export type BadLine = {
  readonly agent: string;
  readonly path: string;
  readonly line: number;
  readonly offset: number;
  readonly bytes: number;
  readonly kind: 'not-json' | 'not-object' | 'torn' | 'being-written' | 'not-utf8' | 'too-long';
  readonly why: string;
  /** the beginning of the line */
  readonly text: string;
};
