import Database from 'better-sqlite3';
import type { LedgerFindingKind } from '../../../src/contract/ledger-report.ts';
import { hashOf } from './ledger-maker.ts';
import { canonicalText, spacedJson, type Plain } from './python-text.ts';

type Random = (below: number) => number;
type Db = Database.Database;

type Entry = {
  readonly seq: number;
  readonly execution_id: string | null;
  readonly agent: string | null;
  readonly event_type: string;
  readonly payload_json: string;
  readonly prev_hash: string;
  readonly event_hash: string;
  readonly ts: string;
};
type Payload = Record<string, Plain>;

/** What was done, and what a check has to say: one of these kinds, as an error, at this place. */
export type Tampered = {
  readonly what: string;
  readonly kinds: readonly LedgerFindingKind[];
  readonly seq?: number;
  readonly execution?: string;
  readonly agent?: string;
};

/** A way to tamper; null: this ledger has nothing of the kind. */
type Way = (db: Db, random: Random) => Tampered | null;

const any = <T>(random: Random, from: readonly T[]): T | null => from[random(from.length)] ?? null;
const entriesOf = (db: Db, where = '1'): readonly Entry[] =>
  db.prepare<[], Entry>(`SELECT * FROM event_log WHERE ${where} ORDER BY seq`).all();
const payloadOf = (entry: Entry): Payload => JSON.parse(entry.payload_json) as Payload;
const setEntry = (db: Db, seq: number, column: string, value: string | number | null): void => {
  db.prepare(`UPDATE event_log SET ${column} = ? WHERE seq = ?`).run(value, seq);
};
const settled = `event_type = 'usage.commit' AND json_extract(payload_json, '$.cost_micro') > 1`;

/** Computes all hashes anew, as somebody would who knows how. */
function rechain(db: Db): void {
  let prev = 'GENESIS';
  for (const one of entriesOf(db)) {
    const own = hashOf(prev, one.event_type, one.execution_id ?? '', one.payload_json);
    db.prepare('UPDATE event_log SET prev_hash = ?, event_hash = ? WHERE seq = ?').run(prev, own, one.seq);
    prev = own;
  }
}

/** A whole number of the payload changed, at a random entry; null: there is none. */
function changedNumber(db: Db, random: Random, where: string) {
  const entry = any(random, entriesOf(db, where));
  if (entry === null) return null;
  const payload = payloadOf(entry);
  const key = any(
    random,
    Object.keys(payload).filter((name) => typeof payload[name] === 'number'),
  );
  if (key === null) return null;
  const text = canonicalText({ ...payload, [key]: (payload[key] as number) + 1 + random(50) });
  return { entry, key, text };
}

const LAST = 'seq < (SELECT max(seq) FROM event_log)';

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

/** Changes the payload of a random entry of a kind and computes the chain anew. */
function rewritten(
  where: string,
  change: (payload: Payload) => Payload,
  kinds: readonly LedgerFindingKind[],
): Way {
  return (db, random) => {
    const entry = any(random, entriesOf(db, where));
    if (entry === null) return null;
    setEntry(db, entry.seq, 'payload_json', canonicalText(change(payloadOf(entry))));
    rechain(db);
    return { what: entry.event_type, kinds, seq: entry.seq };
  };
}

/** Changes a row that a query picks, by its rowid. `kinds` empty: any error at the place will do. */
function changedRow(
  pick: string,
  set: string,
  place: 'execution' | 'agent',
  kinds: readonly LedgerFindingKind[] = [],
): Way {
  return (db, random) => {
    const table = /FROM (\w+)/.exec(pick)![1]!;
    const row = any(random, db.prepare<[], { row: number; place: string }>(pick).all());
    if (row === null) return null;
    db.prepare(
      set === 'DELETE'
        ? `DELETE FROM ${table} WHERE rowid = ?`
        : `UPDATE ${table} SET ${set} WHERE rowid = ?`,
    ).run(row.row);
    return { what: set, kinds, [place]: row.place };
  };
}

const executionsOf = (where: string): string =>
  `SELECT rowid row, execution_id place FROM executions WHERE ${where}`;

/** Ways of our own: what else somebody might do. */
export const OTHER_WAYS: Readonly<Record<string, Way>> = {
  'rewritten reserve': rewritten(
    `event_type = 'budget.reserve'`,
    (p) => ({ ...p, estimated_micro: (p['estimated_micro'] as number) + 1 }),
    ['amount-differs', 'reservation-differs'],
  ),
  'rewritten release': rewritten(
    `event_type = 'reservation.release'`,
    (p) => ({ ...p, reason: 'Something else' }),
    ['execution-differs', 'amount-differs'],
  ),
  'rewritten tokens': rewritten(
    settled,
    (p) => ({ ...p, prompt_tokens: (p['prompt_tokens'] as number) + 5 }),
    ['amount-differs', 'tokens-differ', 'price-differs'],
  ),
  'rewritten model': rewritten(settled, (p) => ({ ...p, model: 'somebody-else' }), []),
  'rewritten denial': rewritten(
    `event_type = 'budget.deny'`,
    (p) => ({ ...p, remaining_micro: (p['remaining_micro'] as number) + 11 }),
    [],
  ),
  'tail and its counter': (db, random) => {
    const entry = entriesOf(db, 'execution_id IS NOT NULL').at(-1 - random(6));
    if (entry === undefined) return null;
    db.prepare('DELETE FROM event_log WHERE seq >= ?').run(entry.seq);
    db.prepare(`UPDATE sqlite_sequence SET seq = ? WHERE name = 'event_log'`).run(entry.seq - 1);
    return {
      what: `from ${entry.event_type}`,
      kinds: ['tail-missing', 'row-missing', 'execution-differs', 'spent-differs', 'reserved-differs'],
    };
  },
  'several removed': (db, random) => {
    const entry = any(random, entriesOf(db, LAST));
    if (entry === null) return null;
    db.prepare(
      'DELETE FROM event_log WHERE seq BETWEEN ? AND ? AND seq < (SELECT max(seq) FROM event_log)',
    ).run(entry.seq, entry.seq + random(5));
    return { what: entry.event_type, kinds: ['entry-missing'], seq: entry.seq };
  },
  'older stream, cost': changedRow(
    `SELECT rowid row, agent place FROM events WHERE action = 'usage.commit'`,
    'cost_micro = cost_micro + 3',
    'agent',
    ['stream-differs', 'amount-differs'],
  ),
  'older stream, removed': changedRow(
    `SELECT rowid row, agent place FROM events WHERE action = 'usage.commit'`,
    'DELETE',
    'agent',
    ['stream-differs', 'row-missing'],
  ),
  'status of an execution': changedRow(
    executionsOf(`state = 'COMMITTED'`),
    'status_code = 500',
    'execution',
    ['execution-differs'],
  ),
  'execution removed': changedRow(executionsOf('1'), 'DELETE', 'execution', ['row-missing']),
  'reservation removed': changedRow(
    `SELECT rowid row, execution_id place FROM reservations WHERE 1`,
    'DELETE',
    'execution',
    ['row-missing', 'reservation-differs'],
  ),
  'end of an execution': changedRow(
    executionsOf('terminal_at IS NOT NULL'),
    `terminal_at = '2031-01-01T00:00:00+00:00'`,
    'execution',
  ),
  'settlement of a reservation': changedRow(
    `SELECT rowid row, execution_id place FROM reservations WHERE settled_at IS NOT NULL`,
    `settled_at = '2031-01-01T00:00:00+00:00'`,
    'execution',
  ),
  'error of an execution': changedRow(
    executionsOf(`state = 'RELEASED'`),
    `error_body = '{"detail": "Nothing"}'`,
    'execution',
    ['execution-differs'],
  ),
  'agent of an execution': changedRow(executionsOf('1'), `agent = 'tight2'`, 'execution'),
  'tokens of an agent': changedRow(
    `SELECT rowid row, name place FROM agents WHERE tokens_used_prompt > 0`,
    'tokens_used_prompt = tokens_used_prompt + 9',
    'agent',
    ['tokens-differ'],
  ),
  'lifecycle of an agent': changedRow(
    `SELECT rowid row, name place FROM agents WHERE lifecycle_state = 'READY'`,
    `lifecycle_state = 'QUARANTINED'`,
    'agent',
    ['lifecycle-differs'],
  ),
  'a settlement invented': (db, random) => {
    const entry = any(random, entriesOf(db, settled));
    if (entry === null) return null;
    const last = entriesOf(db).at(-1)!;
    const own = hashOf(last.event_hash, entry.event_type, entry.execution_id ?? '', entry.payload_json);
    db.prepare(
      'INSERT INTO event_log (execution_id, agent, event_type, payload_json, prev_hash, event_hash, ts) VALUES (?,?,?,?,?,?,?)',
    ).run(
      entry.execution_id,
      entry.agent,
      entry.event_type,
      entry.payload_json,
      last.event_hash,
      own,
      last.ts,
    );
    const cost = payloadOf(entry)['cost_micro'] as number;
    db.prepare('UPDATE agents SET spent_micro = min(budget_micro, spent_micro + ?) WHERE name = ?').run(
      cost,
      entry.agent,
    );
    return { what: 'a second settlement', kinds: [], execution: entry.execution_id ?? '' };
  },
};

/** Tampers with a ledger in one way. The file stays as its daemon would leave it: nothing beside it. */
export function tamper(file: string, way: Way, random: Random): Tampered | null {
  const db = new Database(file);
  try {
    db.pragma('foreign_keys = OFF');
    db.pragma('ignore_check_constraints = ON');
    return db.transaction(() => way(db, random))();
  } finally {
    db.close();
  }
}
