import type { LedgerFindingKind } from '../../../src/contract/ledger-report.ts';
import { any, entriesOf, rechain, type Db, type Way } from './tamper-tools.ts';

/** Numbers and hashes the log anew, so that nothing seems to be missing. */
export function closeUp(db: Db, counter = true): void {
  const seqs = entriesOf(db).map(({ seq }) => seq);
  const set = db.prepare('UPDATE event_log SET seq = ? WHERE seq = ?');
  for (const [i, seq] of seqs.entries()) set.run(i + 1, seq);
  if (counter) db.prepare(`UPDATE sqlite_sequence SET seq = ? WHERE name = 'event_log'`).run(seqs.length);
  rechain(db);
}

export function closeUpStream(db: Db): void {
  const ids = db.prepare<[], number>('SELECT id FROM events ORDER BY id').pluck().all();
  const set = db.prepare('UPDATE events SET id = ? WHERE id = ?');
  for (const [i, id] of ids.entries()) set.run(i + 1, id);
  db.prepare(`UPDATE sqlite_sequence SET seq = ? WHERE name = 'events'`).run(ids.length);
}

/** Id of the row of the older stream that a settlement was written with. */
function streamRow(db: Db, id: string): number {
  const ends = entriesOf(db, `event_type = 'usage.commit'`);
  const at = ends.findIndex(({ execution_id }) => execution_id === id);
  const sql = `SELECT id FROM events WHERE action = 'usage.commit' ORDER BY id LIMIT 1 OFFSET ?`;
  return db.prepare<[number], number>(sql).pluck().get(at)!;
}

type Where = {
  /** `numbered`: the counter of SQLite stays */
  readonly log: boolean | 'numbered';
  readonly rows: boolean;
  readonly stream: 'kept' | 'hole' | 'closed';
};

/** Removes a settled call of a model from some of the tables. */
function erased({ log, rows, stream }: Where, kinds: readonly LedgerFindingKind[]): Way {
  return (db, random) => {
    const calls = db
      .prepare<[], { id: string; agent: string }>(
        `SELECT execution_id id, agent FROM executions WHERE state = 'COMMITTED' AND endpoint <> '/v1/tools/execute'
          AND execution_id IN (SELECT execution_id FROM reservations WHERE actual_micro > 0)
          AND execution_id IN (SELECT execution_id FROM event_log WHERE event_type = 'execution.dispatched')`,
      )
      .all();
    const call = any(random, calls);
    if (call === null) return null;
    const row = streamRow(db, call.id);
    if (log !== false) {
      db.prepare('DELETE FROM event_log WHERE execution_id = ?').run(call.id);
      closeUp(db, log === true);
    }
    if (rows) {
      for (const table of ['executions', 'reservations'])
        db.prepare(`DELETE FROM ${table} WHERE execution_id = ?`).run(call.id);
    }
    if (stream !== 'kept') db.prepare('DELETE FROM events WHERE id = ?').run(row);
    if (stream === 'closed') closeUpStream(db);
    return {
      what: `a call of ${call.agent}`,
      kinds,
      ...(log === 'numbered' && rows
        ? {}
        : log !== false && rows
          ? { agent: call.agent }
          : { execution: call.id }),
    };
  };
}

/** Calls that were removed from tables, so that nothing shows in the chain. */
export const REMOVALS: Readonly<Record<string, Way>> = {
  'removed: from every table': erased({ log: true, rows: true, stream: 'closed' }, ['entry-missing']),
  'removed: from every table, its number left out': erased({ log: true, rows: true, stream: 'hole' }, [
    'entry-missing',
  ]),
  'removed: but not from the older stream': erased({ log: true, rows: true, stream: 'kept' }, [
    'entry-missing',
  ]),
  'removed: from the log': erased({ log: true, rows: false, stream: 'kept' }, ['entry-missing']),
  'removed: from the log and the older stream': erased({ log: true, rows: false, stream: 'closed' }, [
    'entry-missing',
  ]),
  'removed: from every table, but counted by SQLite': erased(
    { log: 'numbered', rows: true, stream: 'hole' },
    ['entry-missing'],
  ),
  'removed: from the log, but counted by SQLite': erased({ log: 'numbered', rows: false, stream: 'kept' }, [
    'entry-missing',
  ]),
  'removed: from every table in turn, but counted by SQLite': erased(
    { log: 'numbered', rows: true, stream: 'closed' },
    ['tail-missing'],
  ),
  'removed: its rows': erased({ log: false, rows: true, stream: 'kept' }, ['row-missing']),
  'removed: its rows and that of the older stream': erased({ log: false, rows: true, stream: 'hole' }, [
    'row-missing',
  ]),
};

/** Changes the cost of a settlement in every record of the call, and hashes everything behind it anew. */
export const costEverywhere: Way = (db, random) => {
  const calls = entriesOf(
    db,
    `event_type = 'usage.commit' AND json_extract(payload_json, '$.model') NOT LIKE 'tool:%' AND json_extract(payload_json, '$.cost_micro') > 20`,
  );
  const entry = any(random, calls);
  if (entry === null) return null;
  const id = entry.execution_id!;
  const row = streamRow(db, id);
  const text = entry.payload_json.replace(/"cost_micro":\d+/, '"cost_micro":7');
  db.prepare('UPDATE event_log SET payload_json = ? WHERE seq = ?').run(text, entry.seq);
  rechain(db);
  db.prepare('UPDATE reservations SET actual_micro = 7 WHERE execution_id = ?').run(id);
  db.prepare('UPDATE events SET cost_micro = 7 WHERE id = ?').run(row);
  return { what: `${entry.seq} costs 7`, kinds: ['amount-differs'], seq: entry.seq };
};
