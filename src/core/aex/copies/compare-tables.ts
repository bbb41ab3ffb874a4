import { hash } from 'node:crypto';
import { AEX_TABLES, type AexTable } from '../schema.ts';
import type { LedgerLook } from '../store.ts';
import type { ComparedEntries } from './compare-entries.ts';
import type { Differences } from './differences.ts';
import type { CopyNames } from './names.ts';

type Table = {
  readonly table: AexTable;
  /** what a row is called */
  readonly word: string;
  readonly key: string;
  /** columns that are compared, the key apart */
  readonly columns: readonly string[];
  /** whether a row may differ in a column because it moved on with entries that only one copy has */
  readonly moved: (key: string, column: string | null) => boolean;
  /** whether it may in every column */
  readonly passed: (key: string) => boolean;
};

/** Columns of an agent's row that an operator sets, and that stay as entries come. */
const RULES: ReadonlySet<string> = new Set(
  AEX_TABLES.agents.filter(
    (name) =>
      name.includes('limit') ||
      name.startsWith('allow') ||
      name.startsWith('max_') ||
      name === 'budget_micro',
  ),
);
const SECRET: ReadonlySet<string> = new Set(['api_token', 'token_hash']);

/**
 * Compares the rows of agents, executions and reservations whose entries are the same in both copies; of agents that went
 * on in one of them only what does not move with entries. Tokens are never read, contents of answers never shown.
 */
export function compareTables(
  a: LedgerLook,
  b: LedgerLook,
  { moved, verdict }: ComparedEntries,
  names: CopyNames,
  differences: Differences,
): void {
  if (verdict === 'other') return;
  const tables: readonly Table[] = [
    {
      table: 'agents',
      word: 'Agent',
      key: 'name',
      columns: AEX_TABLES.agents.filter((name) => name !== 'name' && !SECRET.has(name)),
      // Only where all entries are the same is it known that nothing of the agent happened in between.
      moved: (key, column) =>
        (verdict !== 'same' || moved.agents.has(key)) && (column === null || !RULES.has(column)),
      passed: () => false,
    },
    {
      table: 'executions',
      word: 'Execution',
      key: 'execution_id',
      columns: AEX_TABLES.executions.filter((name) => name !== 'execution_id'),
      moved: (key) => moved.executions.has(key),
      passed: (key) => moved.executions.has(key),
    },
    {
      table: 'reservations',
      word: 'Reservation',
      key: 'execution_id',
      columns: AEX_TABLES.reservations.filter((name) => name !== 'execution_id'),
      moved: (key) => moved.executions.has(key),
      passed: (key) => moved.executions.has(key),
    },
  ];
  for (const table of tables) compareTable(a, b, table, names, differences);
}

type Row = readonly unknown[];

/** Joins the rows by their keys. Copies hold them in the same order, so few rows wait for their like. */
function compareTable(
  a: LedgerLook,
  b: LedgerLook,
  table: Table,
  names: CopyNames,
  differences: Differences,
): void {
  const waitingA = new Map<string, Row>();
  const waitingB = new Map<string, Row>();
  const left = rowsOf(a, table);
  const right = rowsOf(b, table);
  const meet = (row: Row | null, mine: Map<string, Row>, others: Map<string, Row>, isA: boolean): void => {
    if (row === null) return;
    const key = String(row[0]);
    // Nothing of it would be told.
    if (table.passed(key)) return;
    const other = others.get(key);
    if (other === undefined) {
      mine.set(key, withoutBodies(table, row));
      return;
    }
    others.delete(key);
    const own = withoutBodies(table, row);
    compareRows(table, key, isA ? own : other, isA ? other : own, differences);
  };
  for (;;) {
    const one = left.next();
    const other = right.next();
    if (one.done === true && other.done === true) break;
    meet(one.done === true ? null : one.value, waitingA, waitingB, true);
    meet(other.done === true ? null : other.value, waitingB, waitingA, false);
  }
  for (const [waiting, where] of [
    [waitingA, names.a],
    [waitingB, names.b],
  ] as const) {
    for (const key of waiting.keys()) {
      if (!table.moved(key, null)) differences.add(`${table.word} ${key} is only in ${where}.`);
    }
  }
}

function* rowsOf(look: LedgerLook, { table, key, columns }: Table): Generator<Row, void, void> {
  const rows = look.db
    .prepare<[], Row>(`${look.select(table, [key, ...columns, 'rowid'])} ORDER BY rowid`)
    .raw()
    .safeIntegers();
  yield* rows.iterate();
}

/** Columns whose texts are not shown: they may be long, and what they hold is nobody's business here. */
const BODIES: ReadonlySet<string> = new Set(['response_body', 'error_body']);

/** A row that waits for its like keeps digests of its bodies: many may wait. */
function withoutBodies({ columns }: Table, row: Row): Row {
  return row.map((value, at) => {
    const column = columns[at - 1];
    if (column === undefined || !BODIES.has(column) || value === null) return value;
    if (typeof value !== 'string' && !(value instanceof Uint8Array)) return value;
    return `${typeof value} ${hash('sha256', value)}`;
  });
}

function compareRows(table: Table, key: string, a: Row, b: Row, differences: Differences): void {
  table.columns.forEach((column, i) => {
    const one = a[i + 1];
    const other = b[i + 1];
    if (isSame(one, other) || table.moved(key, column)) return;
    if (BODIES.has(column)) differences.add(`${table.word} ${key}: ${column} is not the same in both.`);
    else differences.value(`${table.word} ${key}`, column, one, other);
  });
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;
}
