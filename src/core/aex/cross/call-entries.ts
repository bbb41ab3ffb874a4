import { addWitness, witness } from './board.ts';
import { tailUsage, usageOf } from './bodies.ts';
import { isTool, type CallContext, type CallRow } from './call.ts';
import type { LoneCall } from './erased.ts';
import { seqAt } from './facts.ts';
import { secondsOf } from './times.ts';
import { shortId } from './words.ts';

/** Executions without an entry that are kept to be compared with what is left of them. */
const MAX_LONE = 2_000;
/** Answers up to this length are there as a whole. */
const WHOLE = 4_096;

export function tellWithoutEntries(context: CallContext, row: CallRow): void {
  const { board } = context;
  if (row.state === 'RESERVING' && !row.reserved) {
    board.add(`execution:${row.id}`, {
      kind: 'execution-interrupted',
      severity: 'notice',
      executionId: row.id,
      agent: row.agent,
      message: `The execution ${shortId(row.id)} was begun and nothing was reserved for it. The next start of the daemon marks it as failed.`,
      found: 'RESERVING',
      sure: 'proved',
    });
    return;
  }
  if (context.lone.length < MAX_LONE) context.lone.push(loneCall(row));
  const open = context.gaps.at(-1);
  if (open !== undefined) {
    addWitness(
      open.draft,
      witness('execution', `execution ${shortId(row.id)}`, `is ${String(row.state)} and has no entry`, true),
    );
    return;
  }
  board.add(`execution:${row.id}`, {
    kind: 'row-missing',
    severity: 'error',
    executionId: row.id,
    agent: row.agent,
    message: `The execution ${shortId(row.id)} (${String(row.state)}) has no entry in the log, and no number is missing there. Its entries were removed and the rest hashed and numbered anew, or its row was put in.`,
    expected: 'entries in the log',
    found: 'none',
    sure: 'likely',
  });
}

function loneCall(row: CallRow): LoneCall {
  const settled = row.state === 'COMMITTED';
  const text = settled && !isTool(row) && typeof row.response === 'string' ? row.response : null;
  const usage =
    text === null ? null : (tailUsage(text) ?? (row.responseBytes <= WHOLE ? usageOf(text) : null));
  return {
    id: row.id,
    agent: row.agent,
    state: String(row.state),
    spent: settled && typeof row.actual === 'number' ? row.actual : 0,
    prompt: usage?.prompt ?? 0,
    completion: usage?.completion ?? 0,
    began: Math.max(0, secondsOf(row.created) ?? 0),
  };
}

/** AEX writes a dispatch before every call, and goes on without where the database was locked for too long. */
export function tellUndispatched(context: CallContext, row: CallRow, end: number): void {
  const { facts, board, gaps } = context;
  const seq = seqAt(facts, end);
  const said = `execution ${shortId(row.id)} was settled and has no dispatch`;
  const gap = gaps.find(({ from, to, inserted }) => from <= seq && (to ?? Infinity) - from > inserted);
  if (gap !== undefined) {
    addWitness(gap.draft, witness('entry', `entry ${seq}`, said, true, seq));
    return;
  }
  board.add(`undispatched:${seq}`, {
    kind: 'row-missing',
    severity: 'warning',
    seq,
    executionId: row.id,
    agent: row.agent,
    message: `Entry ${seq} settles execution ${shortId(row.id)}, and no entry says that it was dispatched. Either the database was locked for so long that AEX went on without, or that entry was removed and the rest hashed and numbered anew.`,
    expected: 'a dispatch before it',
    found: 'none',
    sure: 'possible',
    because: [witness('entry', `entry ${seq}`, said, false, seq)],
  });
}
