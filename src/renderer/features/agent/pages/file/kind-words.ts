import type { AgentFile, AgentFileKind } from '../../../../../contract/agent-files.ts';

const WORDS: Record<AgentFileKind, string> = {
  persona: 'persona',
  'persona-link': 'link to a shared persona',
  tools: 'tools and paths',
  model: 'model and caps',
  'memory-note': 'note',
  'memory-index': 'memory index',
  'memory-version': 'version of a note',
  'memory-archived': 'archived memory',
  'wiki-page': 'wiki page',
  'wiki-index': 'wiki index',
  'wiki-version': 'version of a page',
  raw: 'raw file',
  journal: 'journal',
  log: 'log',
  goal: 'goal',
  'goal-history': 'history of a goal',
  'goal-archive': 'finished goal',
  roster: 'roster',
  mcp: 'MCP servers',
  skill: 'skill',
  playbook: 'playbook',
  'tool-definition': 'tool definition',
  judges: 'judges',
  mandates: 'mandates',
  audits: 'audits',
  governance: 'governance',
  serve: 'serving',
  'eval-rubric': 'eval rubric',
  'eval-judge': 'eval judge',
  'eval-golden': 'golden case',
  'eval-regression': 'regression case',
  'eval-run': 'eval results',
  'tuning-report': 'tuning report',
  dream: 'dream',
  outcome: 'outcome',
  conversation: 'turn of a conversation',
  idempotency: 'lease',
  escalation: 'escalation',
  policy: 'policy of the fleet',
  targets: 'targets of the fleet',
  cascade: 'cascade system',
  queue: 'work item',
  generated: 'generated',
  runtime: 'of the runtime',
  database: 'database',
  unknown: 'unknown',
};

/** What a file is, in words. */
export const kindWords = (kind: AgentFileKind): string => WORDS[kind];

const WRITERS: Record<AgentFile['writtenBy'], string> = {
  person: 'a person',
  agent: 'the agent; not to be edited',
  both: 'the agent and a person',
  runtime: 'the runtime; not to be edited',
};

/** Who writes a file. */
export const writerWords = (by: AgentFile['writtenBy']): string => WRITERS[by];

const LINE_ENDS = {
  lf: 'LF',
  crlf: 'CRLF',
  mixed: 'LF and CRLF mixed',
  none: 'one line, without an end',
} as const;

export const lineEndWords = (ends: keyof typeof LINE_ENDS): string => LINE_ENDS[ends];
