import type { Figure, RecordRow, Sum } from './records.ts';
import type { CapGauge } from './costs.ts';

export type Band = 'green' | 'amber' | 'red';

/** One word for the state of an agent, the first that fits (formats/atomic-agents.md §8), and why. */
export type StateWord = 'ERROR' | 'STALE' | 'WARN' | 'OK';

/** Whether a run holds the agent's lock. Only the kernel knows: a lock file alone says nothing (§14). */
export type Running =
  | { readonly state: 'running' | 'idle' | 'probably'; readonly how: string; readonly pid: number | null }
  | { readonly state: 'unknown'; readonly how: string; readonly pid: null };

/** What one line about an agent says. */
export type AgentBrief = {
  readonly name: string;
  /** has logs but no model.md */
  readonly logOnly: boolean;
  readonly word: StateWord | null;
  readonly wordWhy: string;
  readonly running: Running;
  readonly records: number;
  readonly badLines: number;
  readonly lastRun: {
    readonly ts: string;
    readonly atMicros: number;
    readonly status: string | null;
    readonly id: string;
  } | null;
  readonly today: CapGauge;
  readonly month: CapGauge;
  readonly health: { readonly shown: number; readonly band: Band } | null;
  /** notes and files that the agent does not load though they look as if it did */
  readonly notLoaded: number;
  readonly toAnswer: number;
  readonly attention: number;
  readonly goals: { readonly open: number; readonly blocked: number } | null;
  /** cost of each of the last seven days, oldest first */
  readonly week: readonly { readonly day: string; readonly costMicros: number; readonly query: string }[];
  readonly errors24h: Figure;
  readonly blocked7d: Figure;
};

export type AgentsOverview = {
  readonly path: string;
  /** grows with every change that was read */
  readonly revision: number;
  readonly today: string;
  /** the folder is one agent */
  readonly single: string | null;
  /** days of the first and the last dated record */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly records: number;
  readonly badLines: number;
  readonly lastRecordMicros: number | null;
  readonly agents: readonly AgentBrief[];
  /** cascade systems: folders with roles and projects, which are no agents */
  readonly cascades: readonly string[];
  /** folders that look like agents and are none, with the reason */
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
  readonly toAnswer: number;
  readonly attention: number;
  readonly health: { readonly shown: number; readonly band: Band } | null;
  readonly spentTodayMicros: number;
  /** parts that a database holds instead of the folder */
  readonly elsewhere: readonly string[];
  readonly notes: readonly string[];
};

/** A metric of the score: its value, what made it, and the points it gives. */
export type Metric = {
  readonly name: string;
  readonly value: number | null;
  readonly points: number | null;
  readonly target: number;
  readonly better: 'lower' | 'higher';
  readonly band: number;
  readonly floor: number;
  readonly row: 'ok' | 'warn' | 'crit' | null;
  /** how the value comes about, with its numbers */
  readonly how: string;
  /** records it is made of; null: made of eval lines */
  readonly query: string | null;
  readonly of: { readonly part: number; readonly whole: number } | null;
  /** the week against the week before, where both are known */
  readonly arrow: 'better' | 'worse' | 'same' | null;
  readonly targetFrom: string;
};

export type Axis = {
  readonly name: 'cost' | 'quality' | 'reliability';
  readonly points: number | null;
  /** why it is missing */
  readonly missing: string | null;
  readonly weight: number;
  readonly metrics: readonly Metric[];
};

export type Health = {
  readonly agent: string;
  readonly axes: readonly Axis[];
  readonly capped: boolean;
  readonly cappedBy: string | null;
  readonly composite: number | null;
  readonly shown: number | null;
  readonly band: Band | null;
  readonly how: readonly string[];
};

export type Reliability = {
  readonly primaryRuns: Figure;
  readonly errorRate: number;
  readonly blockedRate: number;
  readonly inflightRate: number;
  readonly principalRate: number;
  readonly skippedRate: number;
};

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** One entry of the attention queue (§9). `state` by `_console/alert_state.jsonl`. */
export type Attention = {
  readonly severity: (typeof SEVERITIES)[number];
  readonly agent: string;
  readonly class: string;
  readonly alertKey: string;
  readonly state: 'open' | 'acked' | 'snoozed';
  readonly snoozedUntil: string | null;
  readonly since: string | null;
  readonly title: string;
  readonly means: string;
  /** what made it, with numbers */
  readonly how: string;
  readonly query: string | null;
  /** a file below the root to open */
  readonly path: string | null;
};

export type Recommendation = {
  readonly agent: string;
  readonly kind: 'cheaper-model' | 'quality' | 'governance';
  readonly title: string;
  readonly reasons: readonly { readonly ok: boolean; readonly text: string }[];
  readonly savesMicros: number | null;
  readonly points: number | null;
  readonly query: string | null;
};

export type FleetReport = {
  readonly today: string;
  readonly agents: readonly AgentBrief[];
  readonly health: readonly Health[];
  readonly fleet: {
    readonly shown: number | null;
    readonly band: Band | null;
    readonly coverage: { readonly part: number; readonly whole: number };
    readonly how: readonly string[];
  };
  readonly reliability: readonly { readonly agent: string; readonly of: Reliability }[];
  readonly attention: readonly Attention[];
  readonly recommendations: readonly Recommendation[];
  /** weights and targets in force, and where each comes from */
  readonly targets: readonly { readonly key: string; readonly value: string; readonly from: string }[];
  readonly targetProblems: readonly string[];
  readonly loggedOnce: { readonly all: Sum; readonly once: Sum; readonly doubledMicros: number };
};

/** The first page about one agent. */
export type AgentReport = {
  readonly brief: AgentBrief;
  readonly today: string;
  readonly health: Health;
  readonly reliability: Reliability;
  readonly attention: readonly Attention[];
  readonly recommendations: readonly Recommendation[];
  readonly recent: readonly RecordRow[];
  readonly toAnswer: readonly {
    readonly path: string;
    readonly tool: string;
    readonly escalatedAt: string | null;
  }[];
  readonly goals: readonly {
    readonly path: string;
    readonly intent: string;
    readonly status: string;
    readonly deadline: string | null;
    readonly done: number;
    readonly of: number;
  }[];
  /** past days with runs that were skipped or had the fallback model, as they do when a cap fires */
  readonly fired: readonly { readonly day: string; readonly lines: number; readonly query: string }[];
  readonly activity: {
    readonly runs24h: Figure;
    readonly runs7d: Figure;
    readonly failures7d: Figure;
    readonly toolCalls7d: Figure;
    readonly delegations7d: Figure;
    readonly captures7d: Figure;
  };
  readonly elsewhere: readonly string[];
};
