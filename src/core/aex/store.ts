import { fail, ok, type Result } from '../result.ts';
import { limits } from '../storage/limits.ts';
import { look, type Database, type LookHow } from '../storage/look.ts';
import { cutTexts } from './cut-texts.ts';
import { ENTRY_COLUMNS, storedEntry, type EntryValues, type StoredEntry } from './entry.ts';
import type { LedgerPaths } from './paths.ts';
import {
  ACCOUNT_COLUMNS,
  accountRow,
  EXECUTION_COLUMNS,
  executionRow,
  RESERVATION_COLUMNS,
  reservationRow,
  withDigits,
  type AccountRow,
  type ExecutionRow,
  type ReservationRow,
} from './rows.ts';
import { AEX_TABLE_NAMES, isLedger, readAexSchema, type AexSchema, type AexTable } from './schema.ts';

/** Rows of each table that matters to the window. */
export type LedgerCounts = {
  readonly entries: number;
  readonly agents: number;
  readonly executions: number;
  readonly reservations: number;
};

/** A body of an execution as far as it was asked for. `bytes`: of the whole. */
export type StoredBody = { readonly text: string; readonly bytes: number; readonly cut: boolean };

/** One consistent look at a ledger. Valid only inside the callback of `lookAtLedger`. */
export type LedgerLook = {
  readonly paths: LedgerPaths;
  readonly db: Database;
  readonly how: LookHow;
  readonly schema: AexSchema;
  /** what was lost, in words; empty for a sound file */
  readonly damage: readonly string[];
  counts(): LedgerCounts;
  /** every agent, by name */
  accounts(): readonly AccountRow[];
  entry(seq: number): StoredEntry | null;
  /** entries from a number on, ascending */
  entries(fromSeq: number, limit: number): readonly StoredEntry[];
  /** entries whose number is this one as a JavaScript number: several may be beyond 2^53 */
  entriesAlike(seq: number): readonly StoredEntry[];
  lastEntry(): StoredEntry | null;
  /** the first entries of an execution, ascending, at most `limits.ledgerExecutionEntries` */
  entriesOfExecution(id: string): readonly StoredEntry[];
  execution(id: string): ExecutionRow | null;
  body(id: string, which: 'response' | 'error', maxChars: number): StoredBody | null;
  reservation(id: string): ReservationRow | null;
  has(table: AexTable, column?: string): boolean;
  /**
   * A query for these columns of a table, to which a WHERE or ORDER BY may be put that names any of them. A column that
   * is not there is NULL; of a table that is not there no row comes. `rowid` may be asked for.
   */
  select(table: AexTable, columns: readonly string[]): string;
};

/**
 * One look at a ledger by the rules for looking at stores: nothing is changed, `read` sees one moment and may be called
 * again when the store changed under it. A damaged file is salvaged as far as it goes, and `damage` says what was lost.
 * Fails where the file can't be read at all, is no ledger, or is refused.
 */
export function lookAtLedger<T>(paths: LedgerPaths, read: (s: LedgerLook) => T): Result<T> {
  const looked = look<Result<T>>(
    paths.db,
    (db, how) => {
      const schema = readAexSchema(db);
      if (schema.refusal !== null) {
        return fail('refused', schema.refusal, 'Look at this file with other tools if you trust it.');
      }
      if (!isLedger(schema)) return notALedger(paths, how);
      return ok(read(makeLook(paths, db, how, schema)));
    },
    { salvage: AEX_TABLE_NAMES },
  );
  return looked.ok ? looked.value : looked;
}

function notALedger(paths: LedgerPaths, how: LookHow): Result<never> {
  if (how.empty) {
    return fail(
      'damaged',
      `${paths.db} is empty (0 bytes): whatever it held is gone.`,
      'Restore it from a backup. AEX would silently make a new ledger of it.',
    );
  }
  if (how.salvaged) {
    return fail(
      'damaged',
      `${paths.db} is damaged, and what could be rescued is no ledger any more.`,
      'Restore it from a backup.',
      how.losses.map(({ message }) => message).join(' '),
    );
  }
  return fail(
    'not-a-database',
    `${paths.db} is a database, but no ledger of AEX: it lacks the tables event_log and agents as AEX makes them.`,
    'Check the path.',
  );
}

const quoted = (name: string): string => `"${name}"`;

function makeLook(paths: LedgerPaths, db: Database, how: LookHow, schema: AexSchema): LedgerLook {
  const has = (table: AexTable, column?: string): boolean => {
    const columns = schema.tables.get(table);
    return columns !== undefined && (column === undefined || columns.includes(column));
  };
  const select = (table: AexTable, columns: readonly string[]): string => {
    const real = schema.tables.get(table);
    const listed = columns.map((name) =>
      real?.includes(name) === true || (real !== undefined && name === 'rowid')
        ? `${quoted(name)} AS ${quoted(name)}`
        : `NULL AS ${quoted(name)}`,
    );
    const from = real === undefined ? 'WHERE 0' : `FROM ${quoted(table)}`;
    return `SELECT ${columns.map(quoted).join(', ')} FROM (SELECT ${listed.join(', ')} ${from})`;
  };
  const entryQuery = select('event_log', ENTRY_COLUMNS);
  const one = lazy(() => db.prepare<[number], EntryValues>(`${entryQuery} WHERE seq = ?`).raw());
  const some = lazy(() =>
    db.prepare<[number, number], EntryValues>(`${entryQuery} WHERE seq >= ? ORDER BY seq LIMIT ?`).raw(),
  );
  // No two integers of SQLite that are the same number here are further apart.
  const alike = lazy(() =>
    db
      .prepare<[number, number, number], EntryValues>(
        `${entryQuery} WHERE seq >= ? AND seq <= ? AND CAST(seq AS REAL) = ? ORDER BY seq`,
      )
      .raw(),
  );
  const last = lazy(() => db.prepare<[], EntryValues>(`${entryQuery} ORDER BY seq DESC LIMIT 1`).raw());
  const ofExecution = lazy(() =>
    db
      .prepare<[string, number], EntryValues>(`${entryQuery} WHERE execution_id = ? ORDER BY seq LIMIT ?`)
      .raw(),
  );
  const execution = lazy(() => db.prepare<[string], Record<string, unknown>>(executionQuery(has, select)));
  const reservation = lazy(() =>
    db.prepare<[string], Record<string, unknown>>(
      cutTexts(`${select('reservations', RESERVATION_COLUMNS)} WHERE execution_id = ?`, RESERVATION_COLUMNS),
    ),
  );
  const count = (table: AexTable): number =>
    has(table)
      ? db
          .prepare<[], number>(`SELECT count(*) FROM ${quoted(table)}`)
          .pluck()
          .get()!
      : 0;
  return {
    paths,
    db,
    how,
    schema,
    damage: damageOf(how),
    // A look is of one moment, and counting takes some hundredths of a second for each million rows.
    counts: lazy(() => ({
      entries: count('event_log'),
      agents: count('agents'),
      executions: count('executions'),
      reservations: count('reservations'),
    })),
    accounts: () =>
      db
        .prepare<[], Record<string, unknown>>(
          `${withDigits(cutTexts(select('agents', ACCOUNT_COLUMNS), ACCOUNT_COLUMNS))} ORDER BY name`,
        )
        .all()
        .map(accountRow),
    entry: (seq) => entryOf(one().get(seq)),
    entries: (fromSeq, limit) => some().all(fromSeq, limit).map(storedEntry),
    entriesAlike: (seq) =>
      alike()
        .all(seq - 2048, seq + 2048, seq)
        .map(storedEntry),
    lastEntry: () => entryOf(last().get()),
    entriesOfExecution: (id) => ofExecution().all(id, limits.ledgerExecutionEntries).map(storedEntry),
    execution: (id) => {
      const row = execution().get(id);
      return row === undefined ? null : executionRow(row);
    },
    body: (id, which, maxChars) => readBody(db, has, id, which, maxChars),
    reservation: (id) => {
      const row = reservation().get(id);
      return row === undefined ? null : reservationRow(row);
    },
    has,
    select,
  };
}

const entryOf = (row: EntryValues | undefined): StoredEntry | null =>
  row === undefined ? null : storedEntry(row);

/** With the sizes of the bodies, which are not read. */
function executionQuery(has: LedgerLook['has'], select: LedgerLook['select']): string {
  const size = (column: string): string =>
    has('executions', column)
      ? `(SELECT octet_length(${column}) FROM executions b WHERE b.execution_id = e.execution_id)`
      : 'NULL';
  const rows = select('executions', EXECUTION_COLUMNS);
  const one = `SELECT e.*, ${size('response_body')} AS response_bytes, ${size('error_body')} AS error_bytes FROM (${rows}) e WHERE e.execution_id = ?`;
  return cutTexts(one, [...EXECUTION_COLUMNS, 'response_bytes', 'error_bytes']);
}

function damageOf(how: LookHow): string[] {
  const damage = how.losses.map(({ message }) => message);
  if (how.salvaged) damage.unshift('The database is damaged; what could still be read is shown.');
  return damage;
}

function readBody(
  db: Database,
  has: LedgerLook['has'],
  id: string,
  which: 'response' | 'error',
  maxChars: number,
): StoredBody | null {
  const column = `${which}_body`;
  if (!has('executions', column)) return null;
  const row = db
    .prepare<[number, string], readonly [unknown, number]>(
      `SELECT substr(${column}, 1, ?), octet_length(${column}) FROM executions WHERE execution_id = ? AND ${column} IS NOT NULL`,
    )
    .raw()
    .get(maxChars, id);
  if (row === undefined) return null;
  const [value, bytes] = row;
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
  return { text, bytes, cut: Buffer.byteLength(text) < bytes };
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
