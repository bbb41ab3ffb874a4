import { NONE } from '../columns.ts';
import { addWitness, witness } from './board.ts';
import type { CallContext } from './call.ts';
import { nameOf, SEEN, seqAt } from './facts.ts';
import { kindName, shortId } from './words.ts';

/** Rows that lack their counterpart, listed one by one. */
const MAX_LISTED = 300;

/** Executions that entries name and that are not there, and reservations without one. */
export function checkMissingRows(context: CallContext): void {
  const { look, facts, calls, board } = context;
  if (!look.has('executions', 'execution_id') || context.emptied.executions) return;
  const told = new Set<number>();
  for (let at = 0; at < facts.count && told.size < MAX_LISTED; at++) {
    const n = facts.execution[at]!;
    if (n === NONE || n >= calls.count || calls.found[n] === 1 || told.has(n)) continue;
    if ((facts.flags[at]! & (SEEN.rebuilt | SEEN.broken)) !== 0) continue;
    told.add(n);
    const seq = seqAt(facts, at);
    const id = look.entry(seq)?.executionId ?? '';
    const own = new Set(
      [calls.reserve[n]!, calls.end[n]!].map((place) => (place === NONE ? -1 : seqAt(facts, place))),
    );
    const known = board.find(
      (draft) =>
        draft.severity === 'error' &&
        (draft.executionId === id ||
          (draft.kind === 'row-missing' && draft.seq !== null && own.has(draft.seq))),
    );
    if (known !== undefined) {
      known.executionId ??= id;
      addWitness(known, witness('execution', `execution ${shortId(id)}`, 'has no row', false));
      continue;
    }
    board.add(`execution:${id}`, {
      kind: 'row-missing',
      severity: 'error',
      seq,
      executionId: id,
      agent: nameOf(facts, facts.agent[at]!),
      message: `Entry ${seq} is about execution ${shortId(id)}, which has no row. AEX never removes one, except with its whole agent; then the entries lose its id. The row was removed, or the entry was put in.`,
      expected: 'a row in executions',
      found: 'none',
      sure: 'likely',
      because: [witness('entry', `entry ${seq}`, `a ${kindName(facts.kind[at]!)} of it`, true, seq)],
    });
  }
  // Each reservation was met with its execution.
  if (context.counts.reservations === look.counts().reservations) return;
  const sql = `SELECT r.execution_id, r.agent FROM (${look.select('reservations', ['execution_id', 'agent'])}) r WHERE NOT EXISTS (SELECT 1 FROM executions x WHERE x.execution_id = r.execution_id) LIMIT ?`;
  for (const row of look.db.prepare(sql).raw().all(MAX_LISTED)) {
    const [id, agent] = row as readonly unknown[];
    const key = typeof id === 'string' ? id : String(id);
    if (board.get(`execution:${key}`) !== undefined) continue;
    board.add(`reservation:${key}`, {
      kind: 'row-missing',
      severity: 'error',
      executionId: key,
      agent: typeof agent === 'string' ? agent : null,
      message: `There is a reservation for execution ${shortId(key)}, and no such execution.`,
      expected: 'a row in executions',
      found: 'none',
      sure: 'proved',
    });
  }
}
