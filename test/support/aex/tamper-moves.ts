import type { LedgerFindingKind } from '../../../src/contract/ledger-report.ts';
import { any, entriesOf, payloadOf, type Db, type Way } from './tamper-tools.ts';

type Table = 'executions' | 'reservations' | 'event_log' | 'events';
type Call = { readonly id: string; readonly agent: string };

const names = (db: Db): readonly string[] => db.prepare<[], string>('SELECT name FROM agents').pluck().all();

/** The row of the older stream that a settlement was written with: the n-th of both is the same one. */
function streamRowOf(db: Db, id: string): number | null {
  const ends = entriesOf(db, `event_type IN ('usage.commit', 'budget.deny')`);
  const rows = db
    .prepare<[], number>(`SELECT id FROM events WHERE action IN ('usage.commit', 'budget.deny') ORDER BY id`)
    .pluck()
    .all();
  return rows[ends.findIndex(({ execution_id }) => execution_id === id)] ?? null;
}

/** Gives an execution to another agent of the ledger, in some of the tables and, if wanted, in the counters. */
function moved(
  tables: readonly Table[],
  counters: boolean,
  kinds: readonly LedgerFindingKind[],
  where = `state = 'COMMITTED'`,
): Way {
  return (db, random) => {
    const sql = `SELECT execution_id id, agent FROM executions WHERE ${where} AND execution_id IN (SELECT execution_id FROM event_log)`;
    const call = any(random, db.prepare<[], Call>(sql).all());
    const to = any(
      random,
      names(db).filter((name) => name !== call?.agent),
    );
    if (call === null || to === null) return null;
    const row = streamRowOf(db, call.id);
    for (const table of tables) {
      if (table === 'events') db.prepare('UPDATE events SET agent = ? WHERE id = ?').run(to, row);
      else db.prepare(`UPDATE ${table} SET agent = ? WHERE execution_id = ?`).run(to, call.id);
    }
    if (counters && !moveCounters(db, call, to)) return null;
    return { what: `${call.agent} → ${to}`, kinds, execution: call.id };
  };
}

/** Lets the new agent pay; false: its budget is too small. */
function moveCounters(db: Db, { id, agent }: Call, to: string): boolean {
  const [end] = entriesOf(db, `event_type = 'usage.commit' AND execution_id = '${id}'`);
  if (end === undefined) return true;
  const { cost_micro: cost, prompt_tokens: prompt, completion_tokens: completion } = payloadOf(end);
  const add = db.prepare(
    `UPDATE agents SET spent_micro = spent_micro + ?, tokens_used_prompt = tokens_used_prompt + ?,
      tokens_used_completion = tokens_used_completion + ? WHERE name = ?`,
  );
  const figures = [cost, prompt, completion].map(Number);
  add.run(...figures.map((value) => -value), agent);
  add.run(...figures, to);
  const over = 'SELECT count(*) FROM agents WHERE spent_micro > budget_micro';
  return db.prepare<[], number>(over).pluck().get() === 0;
}

const ALL: readonly Table[] = ['executions', 'reservations', 'event_log', 'events'];
const without = (table: Table): readonly Table[] => ALL.filter((one) => one !== table);
const ENDED = `state IN ('COMMITTED', 'RELEASED', 'DENIED')`;

/** An execution that is somebody else's now, in some of its records. */
export const MOVES: Readonly<Record<string, Way>> = {
  'moved: its row': moved(['executions'], false, ['execution-differs'], ENDED),
  'moved: its reservation': moved(
    ['reservations'],
    false,
    ['reservation-differs'],
    `state IN ('COMMITTED', 'RELEASED')`,
  ),
  'moved: its entries': moved(['event_log'], false, ['agent-differs'], ENDED),
  'moved: its row of the older stream': moved(['events'], false, ['stream-differs']),
  'moved: row and reservation': moved(['executions', 'reservations'], false, ['agent-differs']),
  'moved: row and entries': moved(['executions', 'event_log'], false, ['agent-differs']),
  'moved: all but its row': moved(without('executions'), false, ['agent-differs']),
  'moved: all but its reservation': moved(without('reservations'), false, ['agent-differs']),
  'moved: all but its entries': moved(without('event_log'), false, ['agent-differs']),
  'moved: all but its row of the older stream': moved(without('events'), false, ['agent-differs']),
  'moved: all but the counters': moved(ALL, false, ['agent-differs']),
  'moved: all but its row, with counters': moved(without('executions'), true, ['execution-differs']),
  'moved: all but its entries, with counters': moved(without('event_log'), true, ['agent-differs']),
  'moved: all but the older stream, with counters': moved(without('events'), true, ['stream-differs']),
  'moved: all but its reservation, with counters': moved(without('reservations'), true, [
    'reservation-differs',
  ]),
};

const NAMED: readonly (readonly [table: string, column: string])[] = [
  ['agents', 'name'],
  ['executions', 'agent'],
  ['reservations', 'agent'],
  ['events', 'agent'],
  ['rate_windows', 'agent'],
  ['event_log', 'agent'],
];

/** Gives an agent another name in some tables. */
function renamed(tables: readonly string[]): Way {
  return (db, random) => {
    // one row of another name would be that row's story
    const used = `SELECT name FROM agents WHERE (SELECT count(*) FROM events WHERE agent = name AND action = 'usage.commit') > 1`;
    const name = any(random, db.prepare<[], string>(used).pluck().all());
    if (name === null) return null;
    const to = `${name} the second`;
    for (const [table, column] of NAMED) {
      if (tables.includes(table))
        db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`).run(to, name);
    }
    return { what: `${name} → ${to}: ${tables.join(', ')}`, kinds: ['agent-differs'], agent: to };
  };
}

const tables = NAMED.map(([table]) => table);
/** An agent that has another name now, in some tables. */
export const RENAMINGS: Readonly<Record<string, Way>> = {
  'renamed: agents': renamed(['agents']),
  'renamed: agents and rate windows': renamed(['agents', 'rate_windows']),
  'renamed: agents and executions': renamed(['agents', 'executions']),
  'renamed: agents, executions, reservations': renamed([
    'agents',
    'executions',
    'reservations',
    'rate_windows',
  ]),
  'renamed: agents and older stream': renamed(['agents', 'events']),
  'renamed: all but the log': renamed(tables.filter((table) => table !== 'event_log')),
  'renamed: agents and the log': renamed(['agents', 'event_log']),
  'renamed: all but the older stream': renamed(tables.filter((table) => table !== 'events')),
};
