import type { LedgerFindingKind } from '../../../contract/ledger-report.ts';
import { NONE } from '../columns.ts';
import type { AccountRow } from '../rows.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board } from './board.ts';
import { seqAt, type Facts } from './facts.ts';
import type { Calls } from './steps.ts';
import { listed, shortId, shown } from './words.ts';

/** Tables of which each row has a key of its own. */
const KEYED = { executions: 'execution_id', reservations: 'execution_id', agents: 'name' } as const;
type Keyed = keyof typeof KEYED;

const KINDS: Readonly<Record<Keyed, LedgerFindingKind>> = {
  executions: 'execution-differs',
  reservations: 'reservation-differs',
  agents: 'value-unreadable',
};

const WITNESSES = { executions: 'execution', reservations: 'reservation', agents: 'counter' } as const;

/** Rows given several times that are listed one by one. */
const MAX_LISTED = 300;

/** Columns that are compared: AEX's tables have fewer. That a token differs is said, not what it is. */
const COMPARED = 40;

/**
 * Rows that stand in a table more than once: AEX's tables can't hold them, so the table was made anew without its key.
 * What the rows contradict is told with them.
 */
export function tellTwice(look: LedgerLook, facts: Facts, calls: Calls, board: Board): void {
  // what is saved of a damaged file has no keys
  if (look.how.salvaged) return;
  for (const table of Object.keys(KEYED) as Keyed[]) {
    const key = KEYED[table];
    if (!look.has(table, key) || isUnique(look, table, key)) continue;
    const sql = `SELECT "${key}", count(*) FROM "${table}" GROUP BY "${key}" HAVING count(*) > 1 LIMIT ${MAX_LISTED}`;
    for (const row of look.db.prepare<[], readonly [unknown, number]>(sql).raw().all()) {
      const [id, count] = row;
      if (typeof id === 'string') tell(look, facts, calls, board, table, id, count);
    }
  }
}

/** Whether the table itself lets no key stand there twice. */
function isUnique(look: LedgerLook, table: Keyed, key: string): boolean {
  const sql = `SELECT 1 FROM pragma_index_list(?) list WHERE list."unique" = 1 AND list.partial = 0
    AND (SELECT group_concat(info.name, '|') FROM pragma_index_info(list.name) info) = ? LIMIT 1`;
  return look.db.prepare<[string, string], number>(sql).pluck().get(table, key) === 1;
}

function tell(
  look: LedgerLook,
  facts: Facts,
  calls: Calls,
  board: Board,
  table: Keyed,
  id: string,
  count: number,
): void {
  const isAgent = table === 'agents';
  const n = isAgent ? NONE : facts.ids.find(id);
  const at =
    n === NONE || n >= calls.count
      ? NONE
      : ([calls.reserve[n]!, calls.end[n]!].find((one) => one !== NONE) ?? NONE);
  const seq = at === NONE ? null : seqAt(facts, at);
  const differing = differingColumns(look, table, id);
  const said = WITNESSES[table];
  const name = isAgent
    ? `The agent ${shown(id)}`
    : `The ${table === 'executions' ? 'execution' : 'reservation of execution'} ${shortId(id)}`;
  const how =
    differing.length === 0
      ? 'They say the same.'
      : `They differ in ${listed(differing.map((column) => column.replaceAll('_', ' ')))}: which of them AEX would read is left to chance.`;
  board.add(twiceKey(table, id), {
    kind: KINDS[table],
    severity: 'error',
    seq,
    executionId: isAgent ? null : id,
    agent: isAgent ? id : at === NONE ? null : (facts.names[facts.agent[at]!] ?? null),
    message: `${name} has ${count} rows in ${table}. ${how} AEX's table can't hold a second one: it was made anew without its key, and a row was put in. The entries are not affected.`,
    expected: 'one row',
    found: `${count} rows`,
    sure: 'proved',
    because: [
      witness(said, `the table ${table}`, `${count} rows of one ${KEYED[table].replace('_', ' ')}`, false),
      ...differing
        .slice(0, 12)
        .map((column) =>
          witness(said, `its rows in ${table}`, `differ in ${column.replaceAll('_', ' ')}`, false),
        ),
    ],
  });
}

const twiceKey = (table: Keyed, id: string): string =>
  table === 'agents' ? `agent:${id}` : `${table === 'executions' ? 'execution' : 'reservation'}:${id}`;

const quoted = (column: string): string => `"${column.replaceAll('"', '""')}"`;

/** Columns in which the rows of one key are not the same. */
function differingColumns(look: LedgerLook, table: Keyed, id: string): string[] {
  const columns = look.db
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(table)
    .slice(0, COMPARED);
  return columns.filter((column) => {
    const sql = `SELECT count(*) FROM (SELECT DISTINCT ${quoted(column)} FROM "${table}" WHERE "${KEYED[table]}" = ?)`;
    return look.db.prepare<[string], number>(sql).pluck().get(id) !== 1;
  });
}

/** Each agent once: of rows given twice the first. */
export function distinctAccounts(accounts: readonly AccountRow[]): readonly AccountRow[] {
  const names = new Set<string>();
  return accounts.filter(({ name }) => !names.has(name) && names.add(name));
}

/** What the two rows of an agent contradict belongs to their finding. */
export function joinTwiceAgents(board: Board, accounts: readonly AccountRow[]): void {
  for (const { name } of accounts) {
    const twice = board.get(`agent:${name}`);
    if (twice?.found?.endsWith(' rows') !== true) continue;
    for (const what of [
      'spent-differs',
      'reserved-differs',
      'tokens',
      'budget',
      'caps',
      'activity',
      'lifecycle',
    ]) {
      const key = `${what}:${name}`;
      const draft = board.get(key);
      if (draft === undefined) continue;
      twice.because.push(
        witness(
          'counter',
          `the first row of ${shown(name)}`,
          `${draft.found}; expected ${draft.expected}`,
          false,
        ),
      );
      board.delete(key);
    }
  }
}
