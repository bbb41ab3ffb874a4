import { hashOf } from './ledger-maker.ts';
import { canonicalText, spacedJson } from './python-text.ts';
import {
  any,
  changedNumber,
  entriesOf,
  LAST,
  payloadOf,
  rechain,
  setEntry,
  settled,
  type Way,
} from './tamper-tools.ts';

/** The ways of `goldens/aex/tampered-*`, each at a random other place. */
export const GOLDEN_WAYS: Readonly<Record<string, Way>> = {
  'agent-column': (db, random) => {
    const entry = any(random, entriesOf(db, `agent <> '' AND execution_id IS NOT NULL`));
    const other = any(random, [
      ...db
        .prepare<[], string>('SELECT name FROM agents')
        .pluck()
        .all()
        .filter((name) => name !== entry?.agent),
      'somebody else',
    ]);
    if (entry === null || other === null) return null;
    setEntry(db, entry.seq, 'agent', other);
    return { what: `${entry.event_type} → ${other}`, kinds: ['agent-differs'], seq: entry.seq };
  },
  'balance-reserved': (db, random) => {
    const agent = any(random, db.prepare<[], string>('SELECT name FROM agents').pluck().all());
    if (agent === null) return null;
    db.prepare('UPDATE agents SET reserved_micro = reserved_micro + ? WHERE name = ?').run(
      1 + random(900),
      agent,
    );
    return { what: 'reserved raised', kinds: ['reserved-differs'], agent };
  },
  'balance-spent': (db, random) => {
    const agent = any(
      random,
      db.prepare<[], string>('SELECT name FROM agents WHERE spent_micro > 0').pluck().all(),
    );
    if (agent === null) return null;
    db.prepare('UPDATE agents SET spent_micro = spent_micro - 1 WHERE name = ?').run(agent);
    return { what: 'spent lowered', kinds: ['spent-differs'], agent };
  },
  budget: (db, random) => {
    const denied = `SELECT DISTINCT agent FROM event_log WHERE event_type = 'budget.deny' AND agent IN (SELECT name FROM agents)`;
    const agent = any(random, db.prepare<[], string>(denied).pluck().all());
    if (agent === null) return null;
    db.prepare('UPDATE agents SET budget_micro = budget_micro * ? WHERE name = ?').run(2 + random(9), agent);
    return { what: 'budget raised', kinds: ['budget-differs'], agent };
  },
  'delete-first': (db) => {
    db.exec('DELETE FROM event_log WHERE seq = (SELECT min(seq) FROM event_log)');
    return { what: 'first entry', kinds: ['entry-missing'], seq: 1 };
  },
  'delete-middle': (db, random) => {
    const entry = any(random, entriesOf(db, `${LAST} AND seq > 1`));
    if (entry === null) return null;
    db.prepare('DELETE FROM event_log WHERE seq = ?').run(entry.seq);
    return { what: entry.event_type, kinds: ['entry-missing'], seq: entry.seq };
  },
  'delete-tail': (db, random) => {
    const entry = entriesOf(db).at(-1 - random(9));
    if (entry === undefined) return null;
    db.prepare('DELETE FROM event_log WHERE seq >= ?').run(entry.seq);
    return { what: `from ${entry.event_type}`, kinds: ['tail-missing'], seq: entry.seq };
  },
  execution: (db, random) => {
    const states = `state IN ('COMMITTED', 'RELEASED', 'DENIED')`;
    const row = any(
      random,
      db
        .prepare<[], { id: string; state: string }>(
          `SELECT execution_id id, state FROM executions WHERE ${states}`,
        )
        .all(),
    );
    const to = any(
      random,
      ['COMMITTED', 'RELEASED', 'DENIED', 'FAILED'].filter((state) => state !== row?.state),
    );
    if (row === null) return null;
    db.prepare('UPDATE executions SET state = ?, status_code = 502 WHERE execution_id = ?').run(to, row.id);
    return { what: `${row.state} → ${to}`, kinds: ['execution-differs'], execution: row.id };
  },
  payload: (db, random) => {
    const change = changedNumber(db, random, '1');
    if (change === null) return null;
    setEntry(db, change.entry.seq, 'payload_json', change.text);
    return {
      what: `${change.entry.event_type} ${change.key}`,
      kinds: ['entry-altered'],
      seq: change.entry.seq,
    };
  },
  'payload-one-rehash': (db, random) => {
    const change = changedNumber(db, random, LAST);
    if (change === null) return null;
    const { entry, text } = change;
    setEntry(db, entry.seq, 'payload_json', text);
    setEntry(
      db,
      entry.seq,
      'event_hash',
      hashOf(entry.prev_hash, entry.event_type, entry.execution_id ?? '', text),
    );
    return { what: `${entry.event_type} ${change.key}`, kinds: ['entry-replaced'], seq: entry.seq };
  },
  reorder: (db, random) => {
    const entry = any(random, entriesOf(db, LAST));
    const next = entry === null ? undefined : entriesOf(db, `seq > ${entry.seq}`)[0];
    if (entry === null || next === undefined) return null;
    db.prepare('UPDATE event_log SET seq = -1 WHERE seq = ?').run(entry.seq);
    db.prepare('UPDATE event_log SET seq = ? WHERE seq = ?').run(entry.seq, next.seq);
    db.prepare('UPDATE event_log SET seq = ? WHERE seq = -1').run(next.seq);
    return { what: `${entry.event_type}, ${next.event_type}`, kinds: ['entries-reordered'], seq: entry.seq };
  },
  reservation: (db, random) => {
    const row = any(
      random,
      db
        .prepare<[], { id: string }>(
          `SELECT execution_id id FROM reservations WHERE state <> 'RESERVED' AND actual_micro > 0`,
        )
        .all(),
    );
    if (row === null) return null;
    const set = [
      'estimated_micro = estimated_micro + 1, actual_micro = 0',
      'actual_micro = actual_micro - 1',
      `estimated_micro = estimated_micro + 9`,
    ][random(3)]!;
    db.prepare(`UPDATE reservations SET ${set} WHERE execution_id = ?`).run(row.id);
    return { what: set, kinds: ['reservation-differs'], execution: row.id };
  },
  rewritten: (db, random) => {
    const entry = any(random, entriesOf(db, settled));
    if (entry === null) return null;
    const payload = payloadOf(entry);
    setEntry(db, entry.seq, 'payload_json', canonicalText({ ...payload, cost_micro: 1 }));
    rechain(db);
    const less = (payload['cost_micro'] as number) - 1;
    db.prepare('UPDATE agents SET spent_micro = spent_micro - ? WHERE name = ?').run(less, entry.agent);
    return { what: `${entry.agent} cost → 1`, kinds: ['amount-differs'], seq: entry.seq };
  },
  timestamp: (db, random) => {
    const entry = any(random, entriesOf(db));
    if (entry === null) return null;
    setEntry(db, entry.seq, 'ts', '2001-01-01 00:00:00');
    return { what: entry.event_type, kinds: ['time-differs'], seq: entry.seq };
  },
  type: (db, random) => {
    const entry = any(random, entriesOf(db));
    if (entry === null) return null;
    setEntry(db, entry.seq, 'event_type', 'usage.note');
    return { what: entry.event_type, kinds: ['entry-altered'], seq: entry.seq };
  },
  whitespace: (db, random) => {
    const entry = any(random, entriesOf(db));
    if (entry === null) return null;
    setEntry(db, entry.seq, 'payload_json', spacedJson(payloadOf(entry)));
    return { what: entry.event_type, kinds: ['entry-respelled'], seq: entry.seq };
  },
};
