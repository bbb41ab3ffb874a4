import type { LedgerFindingKind } from '../../../src/contract/ledger-report.ts';
import { canonicalText } from './python-text.ts';
import {
  any,
  entriesOf,
  payloadOf,
  rechain,
  settled,
  type Db,
  type Entry,
  type Way,
} from './tamper-tools.ts';

/** An execution that no record knows. */
const ID = 'f'.repeat(64);

/** Puts a copy of an entry at a place; what stands there and behind it is numbered and hashed anew. */
function insert(db: Db, seq: number, entry: Entry): void {
  db.prepare('UPDATE event_log SET seq = -seq WHERE seq >= ?').run(seq);
  db.prepare(
    'INSERT INTO event_log (seq, execution_id, agent, event_type, payload_json, prev_hash, event_hash, ts) VALUES (?,?,?,?,?,?,?,?)',
  ).run(seq, entry.execution_id, entry.agent, entry.event_type, entry.payload_json, '', '', entry.ts);
  db.exec('UPDATE event_log SET seq = 1 - seq WHERE seq < 0');
  db.exec(`UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM event_log) WHERE name = 'event_log'`);
  rechain(db);
}

/** Puts a copy of a row of the older stream behind it; those behind it get the next numbers. */
function insertStream(db: Db, entry: Entry): void {
  const ends = entriesOf(db, `event_type = 'usage.commit' AND seq <= ${entry.seq}`).length;
  const id = db
    .prepare<[number], number>(
      `SELECT id FROM events WHERE action = 'usage.commit' ORDER BY id LIMIT 1 OFFSET ?`,
    )
    .pluck()
    .get(ends - 1);
  if (id === undefined) return;
  db.prepare('UPDATE events SET id = -id WHERE id > ?').run(id);
  db.exec('UPDATE events SET id = 1 - id WHERE id < 0');
  db.prepare(
    'INSERT INTO events (id, agent, action, cost_micro, timestamp, metadata) SELECT id + 1, agent, action, cost_micro, timestamp, metadata FROM events WHERE id = ?',
  ).run(id);
  db.exec(`UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM events) WHERE name = 'events'`);
}

/** Counts a settlement once more; false: the budget is too small. */
function raiseCounters(db: Db, entry: Entry): boolean {
  const { cost_micro: cost, prompt_tokens: prompt, completion_tokens: completion } = payloadOf(entry);
  db.prepare(
    'UPDATE agents SET spent_micro = spent_micro + ?, tokens_used_prompt = tokens_used_prompt + ?, tokens_used_completion = tokens_used_completion + ? WHERE name = ?',
  ).run(cost, prompt, completion, entry.agent);
  const over = 'SELECT count(*) FROM agents WHERE spent_micro > budget_micro';
  return db.prepare<[], number>(over).pluck().get() === 0;
}

/** A settlement that is given once more. */
function twice(where: 'behind' | 'later' | 'end', stream: boolean, counters: boolean): Way {
  return (db, random) => {
    const entry = any(random, entriesOf(db, settled));
    if (entry === null) return null;
    const last = entriesOf(db).at(-1)!.seq;
    const seq =
      where === 'behind'
        ? entry.seq + 1
        : where === 'end'
          ? last + 1
          : Math.min(last + 1, entry.seq + 2 + random(12));
    const before = entriesOf(db, `seq < ${seq}`).at(-1)!;
    insert(db, seq, { ...entry, ts: before.ts });
    if (stream) insertStream(db, entry);
    if (counters && !raiseCounters(db, entry)) return null;
    return {
      what: `${entry.seq} again as ${seq}`,
      kinds: ['entry-unknown'],
      seq,
      execution: entry.execution_id ?? '',
    };
  };
}

/** An entry that was never there, put in; the rest is numbered and hashed anew. */
function invented(
  where: string,
  change: (entry: Entry) => Partial<Entry>,
  kinds: readonly LedgerFindingKind[] = [],
): Way {
  return (db, random) => {
    const entry = any(random, entriesOf(db, where));
    if (entry === null) return null;
    const seq = entry.seq + 1;
    insert(db, seq, { ...entry, ...change(entry) });
    return { what: `${entry.event_type} behind ${entry.seq}`, kinds, seq };
  };
}

/** A call of an agent once more under another id, at the end of the log, with its row in some tables. */
function forged(tables: readonly ('executions' | 'reservations')[]): Way {
  return (db, random) => {
    const call = any(random, entriesOf(db, settled));
    if (call === null) return null;
    const first = entriesOf(db).at(-1)!.seq + 1;
    for (const entry of entriesOf(db, `execution_id = '${call.execution_id}'`)) {
      const last = entriesOf(db).at(-1)!;
      insert(db, last.seq + 1, { ...entry, execution_id: ID, ts: last.ts });
    }
    for (const table of tables) {
      db.exec(
        `CREATE TEMP TABLE copied AS SELECT * FROM ${table} WHERE execution_id = '${call.execution_id}'`,
      );
      db.prepare('UPDATE copied SET execution_id = ?').run(ID);
      if (table === 'executions') db.prepare('UPDATE copied SET request_hash = ?').run(ID);
      const last = entriesOf(db).at(-1)!.ts.replace(' ', 'T');
      const times =
        table === 'executions' ? ['created_at', 'updated_at', 'terminal_at'] : ['reserved_at', 'settled_at'];
      for (const column of times) db.prepare(`UPDATE copied SET ${column} = ?`).run(`${last}+00:00`);
      db.exec(`INSERT INTO ${table} SELECT * FROM copied`);
      db.exec('DROP TABLE copied');
    }
    return {
      what: `a call of ${call.agent} at ${first}`,
      kinds: ['entry-unknown'],
      seq: first,
      execution: ID,
      agent: call.agent ?? '',
    };
  };
}

/** Entries that were put in, with everything behind them numbered and hashed anew. */
export const INSERTS: Readonly<Record<string, Way>> = {
  'twice: the entry': twice('behind', false, false),
  'twice: the entry, later': twice('later', false, false),
  'twice: the entry, at the end': twice('end', false, false),
  'twice: with its row': twice('behind', true, false),
  'twice: with its row, later': twice('later', true, false),
  'twice: with counters': twice('behind', false, true),
  'twice: with counters, later': twice('later', false, true),
  'twice: with row and counters': twice('behind', true, true),
  'twice: with row and counters, later': twice('later', true, true),
  'forged: a call': forged([]),
  'forged: a call with its row': forged(['executions']),
  'forged: a call with its row and reservation': forged(['executions', 'reservations']),
  'inserted: a settlement of nobody': invented(settled, () => ({ execution_id: ID })),
  'inserted: a reservation of nobody': invented(`event_type = 'budget.reserve'`, () => ({
    execution_id: ID,
  })),
  'inserted: a denial of nobody': invented(`event_type = 'budget.deny'`, () => ({ execution_id: ID })),
  'inserted: a second reservation': invented(`event_type = 'budget.reserve'`, () => ({})),
  'inserted: a second dispatch': invented(`event_type = 'execution.dispatched'`, () => ({})),
  'inserted: a second release': invented(`event_type = 'reservation.release'`, () => ({})),
  'inserted: a second denial': invented(`event_type = 'budget.deny'`, () => ({})),
  'inserted: a release of a settled one': invented(settled, (entry) => ({
    event_type: 'reservation.release',
    payload_json: canonicalText({
      estimated_micro: payloadOf(entry)['estimated_micro']!,
      reason: 'Upstream provider error',
    }),
  })),
  'inserted: a settlement with another cost': invented(settled, (entry) => ({
    payload_json: canonicalText({ ...payloadOf(entry), cost_micro: 1 }),
  })),
  'inserted: a change of state': invented('1', () => ({
    event_type: 'agent.state.transition',
    execution_id: null,
    payload_json: canonicalText({ from: 'READY', reason: 'x', to: 'PAUSED' }),
  })),
  'inserted: another type': invented('1', () => ({ event_type: 'usage.note', payload_json: '{}' })),
};

/** Makes a table anew without its keys, and gives one of its rows twice. */
function givenTwice(table: 'executions' | 'reservations' | 'agents', key: string, set: string | null): Way {
  return (db, random) => {
    const row = any(
      random,
      db
        .prepare<[], { row: number; id: string }>(
          `SELECT rowid row, ${key} id FROM ${table} WHERE ${table === 'agents' ? '1' : `execution_id IN (SELECT execution_id FROM event_log WHERE event_type = 'usage.commit')`}`,
        )
        .all(),
    );
    if (row === null) return null;
    db.exec(`CREATE TABLE made_anew AS SELECT * FROM ${table}`);
    db.exec(`DROP TABLE ${table}`);
    db.exec(`ALTER TABLE made_anew RENAME TO ${table}`);
    db.prepare(`INSERT INTO ${table} SELECT * FROM ${table} WHERE ${key} = ?`).run(row.id);
    if (set !== null)
      db.exec(
        `UPDATE ${table} SET ${set} WHERE rowid = ${random(2) === 0 ? `(SELECT max(rowid) FROM ${table})` : `(SELECT min(rowid) FROM ${table} WHERE ${key} = '${row.id}')`}`,
      );
    return {
      what: `${table} ${row.id}`,
      kinds: [],
      ...(table === 'agents' ? { agent: row.id } : { execution: row.id }),
    };
  };
}

/** Rows that are there twice, in a table that was made anew without its keys. */
export const TWICE: Readonly<Record<string, Way>> = {
  'row twice: execution': givenTwice('executions', 'execution_id', null),
  'row twice: execution with another state': givenTwice('executions', 'execution_id', `state = 'RELEASED'`),
  'row twice: execution with another agent': givenTwice('executions', 'execution_id', `agent = 'zz'`),
  'row twice: reservation': givenTwice('reservations', 'execution_id', null),
  'row twice: reservation with another cost': givenTwice(
    'reservations',
    'execution_id',
    'actual_micro = actual_micro + 1',
  ),
  'row twice: agent': givenTwice('agents', 'name', null),
  'row twice: agent with another budget': givenTwice('agents', 'name', 'budget_micro = budget_micro * 2'),
};
