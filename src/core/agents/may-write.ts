import type { AgentFileKind, FileEditing } from '../../contract/agent-files.ts';
import type { FilePlace } from './file-kind.ts';

const no = (why: string, through: 'escalation' | 'tuning' | 'journal' | null = null): FileEditing => ({
  may: false,
  why,
  through,
});

const KEPT = 'It is a former state, and stays as it was.';
const RECORD = 'The agent appends to it, and what it says must stay what happened.';
const RUNTIME = 'The runtime keeps its own state in it; a change could make a run wait or act twice.';

/** Why a person may not write files of a kind, by the table of formats/atomic-agents.md §1 and §13. */
const NOT: Partial<Record<AgentFileKind, FileEditing>> = {
  'memory-version': no(KEPT),
  'memory-archived': no(KEPT),
  'wiki-version': no(KEPT),
  'goal-archive': no(KEPT),
  log: no(RECORD),
  'goal-history': no(RECORD),
  'eval-run': no('The evaluation writes it; a changed score would not be one.'),
  outcome: no('It is written once, when the outcome is known.'),
  dream: no('A dream is the agent’s proposal. The agent’s own command applies it or drops it.'),
  conversation: no('The agent keeps what was said in it.'),
  idempotency: no(RUNTIME),
  runtime: no(RUNTIME),
  queue: no('The runtime moves work items from folder to folder.'),
  database: no('It is a database of the runtime, and no text.'),
  generated: no('It is generated, and would be overwritten.'),
  audits: no('The runtime writes what was audited into it.'),
  raw: no('It is a source that pages quote; a change would make the quotes wrong.'),
  unknown: no('It has no place in the format, so nobody can say what a change would do.'),
  escalation: no(
    'Only its answer may be written, and the proposal must stay as it was judged.',
    'escalation',
  ),
  'tuning-report': no('Only the decision about each proposal may be written.', 'tuning'),
  journal: no('The agent keeps its days in it. You can add an entry of your own for today.', 'journal'),
};

/** Whether a person may write a file of this place. */
export function mayWrite({ kind, within }: FilePlace): FileEditing {
  if (kind === 'audits' && within === 'audits.md') return { may: true };
  return NOT[kind] ?? { may: true };
}
