import type { LedgerFindingKind } from '../../../src/contract/ledger-report.ts';
import { canonicalText } from './python-text.ts';
import { any, entriesOf, payloadOf, rechain, type Db, type Way } from './tamper-tools.ts';
import { closeUpStream } from './tamper-removals.ts';

/** Columns that hold times, with the text shape that `strftime` writes them in. */
const TIMES: Readonly<Record<string, readonly (readonly [column: string, shape: string])[]>> = {
  event_log: [['ts', '%Y-%m-%d %H:%M:%S']],
  events: [['timestamp', '%Y-%m-%d %H:%M:%S']],
  executions: ['created_at', 'updated_at', 'terminal_at'].map((one) => [one, '%Y-%m-%dT%H:%M:%S+00:00']),
  reservations: ['reserved_at', 'settled_at', 'expiry_at'].map((one) => [one, '%Y-%m-%dT%H:%M:%S+00:00']),
};

/** Moves every time of some rows by seconds. */
function shiftTimes(db: Db, table: string, seconds: number, where: string): void {
  for (const [column, shape] of TIMES[table]!) {
    db.exec(
      `UPDATE ${table} SET ${column} = strftime('${shape}', ${column}, '${seconds} seconds') WHERE ${column} IS NOT NULL AND (${where})`,
    );
  }
}

const AMOUNTS = [86_400, -86_400, 3_600, -3_600, 30, -40, -9 * 86_400];
const busiest = (db: Db, random: (below: number) => number): string | null =>
  any(
    random,
    db
      .prepare<[], string>(
        `SELECT agent FROM event_log WHERE agent IN (SELECT name FROM agents) GROUP BY agent HAVING count(*) > 5`,
      )
      .pluck()
      .all(),
  );

function shifted(
  tables: readonly string[],
  rows: 'all' | 'agent' | 'stretch',
  kinds: readonly LedgerFindingKind[],
): Way {
  return (db, random) => {
    const seconds = any(random, AMOUNTS)!;
    const all = entriesOf(db);
    let where = '1';
    let seq = 1;
    let agent: string | undefined;
    if (rows === 'agent') {
      const name = busiest(db, random);
      if (name === null) return null;
      where = `agent = '${name.replaceAll("'", "''")}'`;
      seq = all.find((one) => one.agent === name)!.seq;
      agent = name;
    } else if (rows === 'stretch') {
      const first = 5 + random(Math.max(1, all.length - 40));
      where = `seq BETWEEN ${first} AND ${first + 5 + random(30)}`;
      seq = first;
    }
    for (const table of tables) shiftTimes(db, table, seconds, where);
    return {
      what: `${rows} by ${seconds} s${agent === undefined ? '' : ` (${agent})`}`,
      kinds,
      ...(tables.includes('event_log') ? { seq } : {}),
    };
  };
}

/** Times of a whole table, of an agent in it or of a stretch, moved by one amount. */
export const SHIFTS: Readonly<Record<string, Way>> = {
  'times: of the log': shifted(['event_log'], 'all', ['time-differs']),
  'times: of one agent in the log': shifted(['event_log'], 'agent', ['time-differs']),
  'times: of a stretch of the log': shifted(['event_log'], 'stretch', ['time-differs']),
  'times: of the executions': shifted(['executions'], 'all', ['execution-differs']),
  'times: of one agent in executions': shifted(['executions'], 'agent', ['execution-differs']),
  'times: of the reservations': shifted(['reservations'], 'all', ['reservation-differs']),
  'times: of one agent in reservations': shifted(['reservations'], 'agent', ['reservation-differs']),
  'times: of the older stream': shifted(['events'], 'all', ['stream-differs']),
  'times: of one agent in the older stream': shifted(['events'], 'agent', ['stream-differs']),
  'times: of the log and the older stream': shifted(['event_log', 'events'], 'all', ['time-differs']),
  'times: of one agent in log and older stream': shifted(['event_log', 'events'], 'agent', ['time-differs']),
  'times: of executions and reservations': shifted(['executions', 'reservations'], 'all', [
    'execution-differs',
  ]),
};

const modelOf = (db: Db, random: (below: number) => number): string | null =>
  any(
    random,
    db
      .prepare<[], string>(
        `SELECT json_extract(payload_json, '$.model') m FROM event_log WHERE event_type = 'usage.commit' AND m NOT LIKE 'tool:%' GROUP BY m HAVING count(*) > 3`,
      )
      .pluck()
      .all(),
  );

function renamedModel(places: readonly ('log' | 'stream' | 'answers')[], hashed: boolean, to?: 'other'): Way {
  return (db, random) => {
    const model = modelOf(db, random);
    if (model === null) return null;
    const name =
      to === 'other'
        ? (db
            .prepare<[string], string>(
              `SELECT json_extract(payload_json, '$.model') m FROM event_log WHERE event_type = 'usage.commit' AND m NOT LIKE 'tool:%' AND m <> ? LIMIT 1`,
            )
            .pluck()
            .get(model) ?? 'cheap')
        : 'cheap';
    const touched = entriesOf(
      db,
      `event_type = 'usage.commit' AND json_extract(payload_json, '$.model') = '${model}'`,
    );
    if (places.includes('log')) {
      for (const one of touched)
        db.prepare('UPDATE event_log SET payload_json = ? WHERE seq = ?').run(
          canonicalText({ ...payloadOf(one), model: name }),
          one.seq,
        );
      if (hashed) rechain(db);
    }
    if (places.includes('stream'))
      db.prepare(`UPDATE events SET metadata = ? WHERE action = 'usage.commit' AND metadata = ?`).run(
        name,
        model,
      );
    if (places.includes('answers'))
      db.prepare(
        `UPDATE executions SET response_body = replace(response_body, ?, ?) WHERE execution_id IN (SELECT execution_id FROM event_log WHERE event_type = 'usage.commit' AND json_extract(payload_json, '$.model') = ?)`,
      ).run(`"model": "${model}`, `"model": "${name}`, name);
    return {
      what: `${model} → ${name}`,
      kinds: [],
      ...(places.includes('log') ? { seq: touched[0]!.seq } : {}),
    };
  };
}

/** A model that has another name now, in some records. */
export const MODEL_NAMES: Readonly<Record<string, Way>> = {
  'model: in the log, chain left': renamedModel(['log'], false),
  'model: in the log, hashed anew': renamedModel(['log'], true),
  'model: in the log and stream, chain left': renamedModel(['log', 'stream'], false),
  'model: in the log and stream, hashed anew': renamedModel(['log', 'stream'], true),
  'model: everywhere, chain left': renamedModel(['log', 'stream', 'answers'], false),
  'model: everywhere, hashed anew': renamedModel(['log', 'stream', 'answers'], true),
  'model: in the stream': renamedModel(['stream'], true),
  'model: made another known one, chain left': renamedModel(['log', 'stream'], false, 'other'),
  'model: made another known one, hashed anew': renamedModel(['log', 'stream'], true, 'other'),
};

type Call = { readonly id: string; readonly agent: string };
function streamRowOf(db: Db, id: string): number | null {
  const ends = entriesOf(db, `event_type IN ('usage.commit', 'budget.deny')`);
  const rows = db
    .prepare<[], number>(`SELECT id FROM events WHERE action IN ('usage.commit', 'budget.deny') ORDER BY id`)
    .pluck()
    .all();
  return rows[ends.findIndex(({ execution_id }) => execution_id === id)] ?? null;
}

/** Exchanges the agents of two settled calls in some tables. */
function swapped(tables: readonly string[]): Way {
  return (db, random) => {
    const calls = db
      .prepare<[], Call>(
        `SELECT execution_id id, agent FROM executions WHERE state = 'COMMITTED' AND endpoint <> '/v1/tools/execute' AND execution_id IN (SELECT execution_id FROM event_log)`,
      )
      .all();
    const one = any(random, calls);
    const other = any(
      random,
      calls.filter(({ agent }) => agent !== one?.agent),
    );
    if (one === null || other === null) return null;
    const rows = [streamRowOf(db, one.id), streamRowOf(db, other.id)];
    for (const [i, [id, agent]] of (
      [
        [one.id, other.agent],
        [other.id, one.agent],
      ] as const
    ).entries()) {
      for (const table of tables) {
        if (table === 'events') db.prepare('UPDATE events SET agent = ? WHERE id = ?').run(agent, rows[i]);
        else db.prepare(`UPDATE ${table} SET agent = ? WHERE execution_id = ?`).run(agent, id);
      }
    }
    return { what: `${one.agent} ${one.id.slice(0, 8)} ↔ ${other.agent} ${other.id.slice(0, 8)}`, kinds: [] };
  };
}

/** Two calls whose agents were exchanged in some records. */
export const SWAPS: Readonly<Record<string, Way>> = {
  'swapped: rows': swapped(['executions']),
  'swapped: reservations': swapped(['reservations']),
  'swapped: rows and reservations': swapped(['executions', 'reservations']),
  'swapped: entries': swapped(['event_log']),
};

/** Removes many rows of the older stream. */
function streamGone(
  where: (db: Db, random: (below: number) => number) => string | null,
  closed: boolean,
): Way {
  return (db, random) => {
    const sql = where(db, random);
    if (sql === null) return null;
    const { changes } = db.prepare(`DELETE FROM events WHERE ${sql}`).run();
    if (changes < 2) return null;
    if (closed) closeUpStream(db);
    return { what: `${sql}: ${changes}`, kinds: ['row-missing'] };
  };
}
const ofAgent = (db: Db, random: (below: number) => number): string | null => {
  const name = busiest(db, random);
  return name === null ? null : `agent = '${name.replaceAll("'", "''")}'`;
};
const ofRange = (db: Db, random: (below: number) => number): string => {
  const ids = db.prepare<[], number>('SELECT id FROM events ORDER BY id').pluck().all();
  const first = random(Math.max(1, ids.length - 12));
  return `id BETWEEN ${ids[first]} AND ${ids[Math.min(ids.length - 1, first + 3 + random(ids.length))]}`;
};
const ofDay = (db: Db, random: (below: number) => number): string | null => {
  const day = any(
    random,
    db.prepare<[], string>('SELECT DISTINCT substr(timestamp, 1, 10) FROM events').pluck().all(),
  );
  return day === null ? null : `timestamp LIKE '${day}%'`;
};
const ofModel = (db: Db, random: (below: number) => number): string | null => {
  const model = modelOf(db, random);
  return model === null ? null : `metadata = '${model}'`;
};
/** Rows of the older stream that were removed together. */
export const STREAM_GONE: Readonly<Record<string, Way>> = Object.fromEntries(
  Object.entries({
    'of an agent': ofAgent,
    'a day': ofDay,
    'of a model': ofModel,
    settlements: () => `action = 'usage.commit'`,
  }).flatMap(([name, where]) => [
    [`older stream gone: ${name}`, streamGone(where, false)],
    [`older stream gone: ${name}, closed up`, streamGone(where, true)],
  ]),
);

/** Rows of the older stream behind each other that were removed, their numbers left out. */
export const STREAM_HOLE: Readonly<Record<string, Way>> = {
  'older stream gone: a range': streamGone(ofRange, false),
};
