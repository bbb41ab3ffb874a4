import type { BadLine } from '../../../contract/records.ts';
import type { TextPool } from '../../columns/text-pool.ts';

export { NO_DAY } from '../../records/time.ts';

/** One log of an agent, `log/YYYY-MM/YYYY-MM-DD.jsonl`. */
export type LogFile = {
  /** below the agent's folder, with `/` */
  readonly path: string;
  /** its records are the rows from `from` up to, without, `to` */
  readonly from: number;
  readonly to: number;
  /**
   * Days since 1970-01-01 by the file's name. NO_DAY where the name is no date: the runtime's dashboards do not read
   * such a file, so its records are in no figure; its month's guardrail sum does.
   */
  readonly day: number;
  /** by the name of the folder, `YYYY-MM`; null where it is none */
  readonly month: string | null;
  readonly bytes: number;
  readonly nonEmptyLines: number;
  /** lines that count as corrupt for the guardrails: bad JSON, no object, or a cost of the actor that is no number or negative (§6) */
  readonly corruptLines: number;
  /** the file could not be read */
  readonly unreadable: string | null;
};

/** The bits of `flags`. */
export const FLAG = {
  naive: 1 << 0,
  misfiled: 1 << 1,
  badCost: 1 << 2,
  hasCost: 1 << 3,
  hasParent: 1 << 4,
  /** trigger delegate with delegated_agent or delegate_run_id (`expected.json` rules) */
  mirror: 1 << 5,
  /** a mirror whose target's own line was found */
  resolved: 1 << 6,
  fallback: 1 << 7,
  critical: 1 << 8,
  estimated: 1 << 9,
  embedBlocked: 1 << 10,
  negativeCost: 1 << 11,
  /** names a parent of which no line is there */
  orphan: 1 << 12,
  provenancePreserved: 1 << 13,
  provenanceLost: 1 << 14,
  /** logged and recomputed cost differ by more than a micro-dollar; only set where the model has a price */
  differs: 1 << 15,
  primary: 1 << 16,
  degraded: 1 << 17,
  /** the model is named, is not `n/a`, and has no price in the table */
  unpriced: 1 << 18,
  /** stands in a file whose name is no date */
  stray: 1 << 19,
  /** the own line of a run that was delegated to this agent */
  delegated: 1 << 20,
} as const;

/** A column of texts: `names[ids[row]]`; id 0 is "absent". */
export type TextColumn = {
  readonly names: readonly (string | null)[];
  readonly ids: Uint16Array | Uint32Array;
};

/** Ids in a pool of texts, 0 for "absent"; null where no record has such a key. */
export type PoolColumn = Uint32Array | null;

/**
 * The usable records of one agent as columns, in order of file and line. Columns are longer than `count`.
 * Money is in billionths of a dollar, so that sums are exact and are rounded once at the end.
 */
export type AgentRecords = {
  readonly agent: string;
  readonly count: number;
  readonly files: readonly LogFile[];
  readonly file: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  /** days since 1970-01-01 of the date part of `ts` in its own offset, or NO_DAY */
  readonly day: Int32Array;
  /** microseconds since 1970 UTC (naive times taken as UTC), NaN where unreadable */
  readonly micros: Float64Array;
  readonly offsetMinutes: Int16Array;
  readonly costNanos: Float64Array;
  readonly recomputedNanos: Float64Array;
  readonly inputTokens: Float64Array;
  readonly outputTokens: Float64Array;
  readonly hitTokens: Float64Array;
  readonly missTokens: Float64Array;
  readonly latencyMs: Float64Array;
  readonly flags: Uint32Array;
  readonly model: TextColumn;
  readonly trigger: TextColumn;
  readonly primitive: TextColumn;
  readonly status: TextColumn;
  readonly costSource: TextColumn;
  readonly tool: TextColumn;
  /** run ids of all kinds: `run`, `parent` and `delegate` point there, so equal ids are equal runs */
  readonly runs: TextPool;
  readonly run: Uint32Array;
  readonly parent: PoolColumn;
  /** of a mirror: the run of its target */
  readonly delegate: PoolColumn;
  /** lower-cased summaries, errors and other texts of which each is kept once */
  readonly texts: TextPool;
  readonly summary: PoolColumn;
  readonly error: PoolColumn;
  readonly target: PoolColumn;
  readonly mandate: PoolColumn;
  readonly conversation: PoolColumn;
  readonly workflow: PoolColumn;
  /** the beginnings of lines that are no record, at most `limits.agentBadLines`; `badCounts` has them all */
  readonly badLines: readonly BadLine[];
  readonly badCounts: Readonly<Record<BadLine['kind'], number>>;
  readonly family: Families;
};

/** Who belongs to whom within one agent, by the number of the run in `runs`. */
export type Families = {
  /** the row of the run's own line, that is one which is not its own child; -1: there is none */
  readonly own: Int32Array;
  /** how many records name the run as their parent */
  readonly children: Uint32Array;
};

/** All records of a root. `revision` grows with every change. */
export type RecordTables = { readonly revision: number; readonly agents: readonly AgentRecords[] };
