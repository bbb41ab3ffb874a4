import { join } from 'node:path';
import { limits } from './limits.ts';
import { createDatabase, sqliteCode, type Database } from './sqlite.ts';

/** What could not be read of one table. `rows` counts the rows known to be lost; null: unknown. */
export type Loss = { readonly table: string; readonly rows: number | null; readonly message: string };

/** A database of our own that holds what could be rescued. */
export type Salvaged = { readonly path: string; readonly losses: readonly Loss[] };

type Column = { readonly name: string; readonly type: string; readonly notnull: number; readonly pk: number };
type Row = unknown[];

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Copies every row of the named tables that can still be read into a new database in `folder`. Indexes are not
 * used: each table is scanned upwards until a page fails, then downwards from the end, then row by row between.
 * Returns the path of the new database and what was lost, in words. Throws the SQLite error when not even the
 * list of tables can be read. `db` must be open for reading and is left in salvage mode.
 */
export function salvage(db: Database, tables: readonly string[], folder: string): Salvaged {
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  const found = new Set(
    db
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0`)
      .pluck()
      .all(),
  );
  const path = join(folder, 'salvaged.db');
  const target = createDatabase(path);
  const losses: Loss[] = [];
  try {
    for (const table of tables) {
      if (!found.has(table)) continue;
      losses.push(...salvageTable(db, target, table));
    }
    const version = readVersion(db);
    if (version !== null) target.pragma(`user_version = ${version}`);
    return { path, losses };
  } finally {
    target.close();
  }
}

function readVersion(db: Database): number | null {
  try {
    return Number(db.pragma('user_version', { simple: true }));
  } catch (error) {
    if (sqliteCode(error) === null) throw error;
    return null;
  }
}

function salvageTable(db: Database, target: Database, table: string): Loss[] {
  const columns = db.prepare<[string], Column>('SELECT * FROM pragma_table_info(?)').all(table);
  const definitions = columns.map(
    (column) => `${quoted(column.name)} ${quoted(column.type)}${column.pk === 1 ? ' PRIMARY KEY' : ''}`,
  );
  target.exec(`CREATE TABLE ${quoted(table)} (${definitions.join(', ')})`);
  const names = ['rowid', ...columns.map((column) => quoted(column.name))];
  const insert = target.prepare(
    `INSERT OR IGNORE INTO ${quoted(table)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  const required = columns.flatMap((column, i) => (column.notnull !== 0 || column.pk !== 0 ? [i + 1] : []));
  const seen = { kept: 0, broken: 0 };
  const keep = (row: Row): void => {
    const usable = required.every((i) => row[i] !== null) && insert.run(...row).changes === 1;
    if (usable) seen.kept += 1;
    else seen.broken += 1;
  };
  target.exec('BEGIN');
  const source = `SELECT ${names.join(', ')} FROM ${quoted(table)} NOT INDEXED`;
  const gap = scan(db, source, keep);
  target.exec('COMMIT');
  return lossesOf(table, seen, gap);
}

type Gap = { readonly detail: string; readonly complete: boolean } | null;

const lowest = -(2n ** 63n);
const highest = 2n ** 63n - 1n;

/** Reads all rows that can be read, each once. Returns what stopped the plain scan, or null. */
function scan(db: Database, source: string, keep: (row: Row) => void): Gap {
  const upwards = run(db, `${source} WHERE rowid > ? AND rowid < ? ORDER BY rowid`, lowest, highest, keep);
  if (upwards.error === null) return null;
  const low = upwards.last ?? 0n;
  const downwards = run(
    db,
    `${source} WHERE rowid > ? AND rowid < ? ORDER BY rowid DESC`,
    low,
    highest,
    keep,
  );
  const high = downwards.last ?? highest;
  // Where neither direction gave a row, the root page of the table is gone, and asking for single rows can't help.
  const hopeless = upwards.last === null && downwards.last === null;
  return { detail: upwards.error, complete: hopeless || probe(db, source, low, high, keep) };
}

/**
 * Looks for readable pages between two row numbers: asks at growing distances for the next row, and reads both
 * ways from where one answers. False when rows may have been passed over.
 */
function probe(db: Database, source: string, low: bigint, high: bigint, keep: (row: Row) => void): boolean {
  const next = db.prepare<[bigint, bigint], Row>(
    `${source} WHERE rowid >= ? AND rowid < ? ORDER BY rowid LIMIT 1`,
  );
  next.raw().safeIntegers();
  let step = 1n;
  let misses = 0;
  let at = low + 1n;
  while (at < high) {
    const answer = attempt(() => next.get(at, high));
    if (answer.error === null) {
      const found = answer.value?.[0];
      if (typeof found !== 'bigint') break;
      run(db, `${source} WHERE rowid > ? AND rowid < ? ORDER BY rowid DESC`, low, found, keep);
      const on = run(db, `${source} WHERE rowid > ? AND rowid < ? ORDER BY rowid`, found - 1n, high, keep);
      // A damaged page may give row numbers out of order; the search only ever goes up.
      low = on.last !== null && on.last > found ? on.last : found;
      at = low + 1n;
      step = 1n;
      continue;
    }
    misses += 1;
    if (misses > limits.salvageProbes) return false;
    if (misses % 64 === 0) step *= 2n;
    at += step;
  }
  return step === 1n || high === highest;
}

function attempt<T>(work: () => T): { value: T | undefined; error: string | null } {
  try {
    return { value: work(), error: null };
  } catch (error) {
    const code = sqliteCode(error);
    if (code === null) throw error;
    return { value: undefined, error: `${code}: ${error instanceof Error ? error.message : ''}` };
  }
}

/** Reads the rows between two row numbers in the order of `sql` until one fails. `last`: the last that did not. */
function run(
  db: Database,
  sql: string,
  low: bigint,
  high: bigint,
  take: (row: Row) => void,
): { last: bigint | null; error: string | null } {
  let last: bigint | null = null;
  const { error } = attempt(() => {
    for (const row of db.prepare<[bigint, bigint], Row>(sql).raw().safeIntegers().iterate(low, high)) {
      const rowid = row[0];
      if (typeof rowid === 'bigint') last = rowid;
      take(row);
    }
  });
  return { last, error };
}

function lossesOf(table: string, seen: { kept: number; broken: number }, gap: Gap): Loss[] {
  const losses: Loss[] = [];
  const read = seen.kept === 0 ? 'No row' : seen.kept === 1 ? 'Only 1 row' : `Only ${seen.kept} rows`;
  if (gap !== null) {
    const more = gap.complete ? '' : ' The gap is wide, so single rows in it may have been passed over.';
    losses.push({
      table,
      rows: null,
      message: `${read} of the table ${table} can be read; pages of the file are missing or damaged.${more}`,
    });
  }
  if (seen.broken > 0) {
    const rows = seen.broken === 1 ? '1 row' : `${seen.broken} rows`;
    losses.push({
      table,
      rows: seen.broken,
      message: `${rows} of the table ${table} can’t be read: the bytes are missing or damaged.`,
    });
  }
  return losses;
}
