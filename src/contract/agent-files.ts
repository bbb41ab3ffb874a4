/** What a file of an agent folder is (formats/atomic-agents.md §1, §2). */
export const AGENT_FILE_KINDS = [
  'persona',
  'persona-link',
  'tools',
  'model',
  'memory-note',
  'memory-index',
  'memory-version',
  'memory-archived',
  'wiki-page',
  'wiki-index',
  'wiki-version',
  'raw',
  'journal',
  'log',
  'goal',
  'goal-history',
  'goal-archive',
  'roster',
  'mcp',
  'skill',
  'playbook',
  'tool-definition',
  'judges',
  'mandates',
  'audits',
  'governance',
  'serve',
  'eval-rubric',
  'eval-judge',
  'eval-golden',
  'eval-regression',
  'eval-run',
  'tuning-report',
  'dream',
  'outcome',
  'conversation',
  'idempotency',
  'escalation',
  'policy',
  'targets',
  'cascade',
  'queue',
  'generated',
  'runtime',
  'database',
  'unknown',
] as const;
export type AgentFileKind = (typeof AGENT_FILE_KINDS)[number];

/** Who writes a file. */
export type WrittenBy = 'person' | 'agent' | 'both' | 'runtime';

/** One thing that is odd about a file, in words. `line` from 1. */
export type FileFinding = {
  readonly severity: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly hint: string;
  readonly line: number | null;
};

export type AgentFile = {
  /** below the root, with `/` */
  readonly path: string;
  readonly name: string;
  readonly kind: AgentFileKind;
  readonly bytes: number;
  readonly modifiedMicros: number;
  /** whether the runtime uses it; `why` says why not, as the agent itself never does */
  readonly loaded: boolean;
  readonly why: string | null;
  readonly writtenBy: WrittenBy;
  readonly findings: readonly FileFinding[];
};

/** What the runtime makes of a file: label, value, where it comes from. `line` from 1 in the text. */
export type Reading = {
  readonly label: string;
  readonly value: string;
  readonly note: string | null;
  readonly line: number | null;
  readonly tone: 'plain' | 'default' | 'warn' | 'bad';
};
export type ReadingGroup = { readonly title: string; readonly readings: readonly Reading[] };

/** A file as text, and as what the runtime makes of it. */
export type AgentFileDetail = AgentFile & {
  /** null where it is no UTF-8 text or too large; then `noText` says so */
  readonly text: string | null;
  readonly noText: string | null;
  readonly language: 'markdown' | 'json' | 'jsonl' | 'python' | 'text';
  readonly sha256: string;
  readonly lineEnds: 'lf' | 'crlf' | 'mixed' | 'none';
  readonly tokens: number;
  readonly groups: readonly ReadingGroup[];
  readonly editing: FileEditing;
};

/**
 * Whether a person may write a file, and why not. `through`: the one thing in it that can be changed, by a form of
 * its own.
 */
export type FileEditing =
  | { readonly may: true }
  | {
      readonly may: false;
      readonly why: string;
      readonly through: 'escalation' | 'tuning' | 'journal' | null;
    };
