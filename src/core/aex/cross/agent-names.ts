import { NONE } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import type { Facts } from './facts.ts';

/** Tables beside the entries that name agents. */
export const NAMING_TABLES = ['executions', 'reservations', 'events', 'rate_windows'] as const;
export type NamingTable = (typeof NAMING_TABLES)[number];

const MAX_NAMES = 100_000;

/** The agents that a table names: by its index, so that its rows are not read. */
export function agentsIn(look: LedgerLook, table: NamingTable): readonly string[] {
  if (!look.has(table, 'agent')) return [];
  const sql = hasIndex(look, table)
    ? `WITH RECURSIVE one(name) AS (SELECT min(agent) FROM ${table} UNION ALL
        SELECT (SELECT min(agent) FROM ${table} WHERE agent > one.name) FROM one WHERE one.name IS NOT NULL)
       SELECT name FROM one LIMIT ?`
    : `SELECT DISTINCT agent FROM ${table} LIMIT ?`;
  const names = look.db.prepare<[number], unknown>(sql).pluck().all(MAX_NAMES);
  return names.filter((name) => typeof name === 'string');
}

function hasIndex(look: LedgerLook, table: NamingTable): boolean {
  const sql = `SELECT 1 FROM pragma_index_list(?) list, pragma_index_info(list.name) info
    WHERE info.seqno = 0 AND info.name = 'agent' AND list.partial = 0 LIMIT 1`;
  return look.db.prepare<[string], number>(sql).pluck().get(table) === 1;
}

/** Which agents entries name, by their number. */
export function namedByEntries(facts: Facts): Uint8Array {
  const named = new Uint8Array(facts.names.length);
  for (let at = 0; at < facts.count; at++) named[facts.agent[at]!] = 1;
  named[0] = 0;
  return named;
}

/** Agents that were deleted, by the older stream. */
export function deletedAgents(look: LedgerLook): ReadonlySet<string> {
  if (!look.has('events', 'action') || !look.has('events', 'agent')) return new Set();
  const sql = `SELECT agent FROM events WHERE action = 'AGENT_DELETED'`;
  return new Set(
    look.db
      .prepare<[], unknown>(sql)
      .pluck()
      .all()
      .filter((name) => typeof name === 'string'),
  );
}

/** Rows that are looked at to find whose the executions of a name are. */
const MAX_ROWS = 2_000;

/** The one agent whose entries the rows of a name belong to, and how many they are; null: none, or several. */
export function ownerOfRows(
  look: LedgerLook,
  facts: Facts,
  table: 'executions' | 'reservations',
  name: string,
  agentOf: Uint32Array,
): { readonly number: number; readonly rows: number } | null {
  const sql = `${look.select(table, ['execution_id', 'agent'])} WHERE agent = ? LIMIT ${MAX_ROWS}`;
  const ids = look.db.prepare<[string], readonly unknown[]>(sql).raw().all(name);
  let number = 0;
  for (const [id] of ids) {
    const n = typeof id === 'string' ? facts.ids.find(id) : NONE;
    if (n === NONE || n >= agentOf.length) continue;
    const its = agentOf[n]!;
    if (its === 0 || (number !== 0 && its !== number)) return null;
    number = its;
  }
  return number === 0 ? null : { number, rows: ids.length };
}

/** The agent of each execution, by its first entry. */
export function agentsOfExecutions(facts: Facts): Uint32Array {
  const agentOf = new Uint32Array(facts.ids.count);
  for (let at = facts.count - 1; at >= 0; at--) {
    const n = facts.execution[at]!;
    if (n !== NONE) agentOf[n] = facts.agent[at]!;
  }
  return agentOf;
}
