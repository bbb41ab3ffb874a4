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

/** Reads all rows that can be read, each once. Returns what stopped the plain scan, or null. */
function scan(db: Database, source: string, keep: (row: Row) => void): Gap {
  const upwards = run(db, `${source} WHERE rowid > ? ORDER BY rowid`, -(2n ** 63n), keep);
  if (upwards.error === null) return null;
  // Row numbers begin at 1 unless somebody chose others.
  let low = upwards.last < 0n ? 0n : upwards.last;
  const held: Row[] = [];
  let high = 2n ** 63n - 1n;
  const downwards = run(db, `${source} WHERE rowid < ? ORDER BY rowid DESC`, high, (row) => {
    const rowid = row[0] as bigint;
    if (rowid > low) held.push(row);
    if (held.length >= 1000) for (const one of held.splice(0)) keep(one);
  });
  for (const row of held) keep(row);
  high = downwards.last;
  const complete = nothing(upwards.last, high) || probe(db, source, low, high, keep);
  return { detail: upwards.error, complete };
}

/** Neither direction gave a row: the root page of the table is gone, and asking for single rows can't help. */
function nothing(low: bigint, high: bigint): boolean {
  return low === -(2n ** 63n) && high === 2n ** 63n - 1n;
}

/** Asks for the rows between two row numbers one by one; false when there are too many to ask for all. */
function probe(db: Database, source: string, low: bigint, high: bigint, keep: (row: Row) => void): boolean {
  const one = db.prepare<[bigint], Row>(`${source} WHERE rowid = ?`).raw().safeIntegers();
  let asked = 0;
  for (let rowid = low + 1n; rowid < high; rowid += 1n) {
    asked += 1;
    if (asked > limits.salvageProbes) return false;
    const row = attempt(() => one.get(rowid));
    if (row.value !== undefined) keep(row.value);
  }
  return true;
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

function run(
  db: Database,
  sql: string,
  start: bigint,
  take: (row: Row) => void,
): { last: bigint; error: string | null } {
  let last = start;
  const { error } = attempt(() => {
    for (const row of db.prepare<[bigint], Row>(sql).raw().safeIntegers().iterate(start)) {
      take(row);
      if (typeof row[0] === 'bigint') last = row[0];
    }
  });
  return { last, error };
}

function lossesOf(table: string, seen: { kept: number; broken: number }, gap: Gap): Loss[] {
  const losses: Loss[] = [];
  const read = seen.kept === 0 ? 'No row' : seen.kept === 1 ? 'Only 1 row' : `Only ${seen.kept} rows`;
  if (gap !== null) {
    const more = gap.complete ? '' : ` The gap is too wide to ask for every row in it.`;
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
      message: `${rows} of the table ${table} can't be read: the bytes are missing or damaged.`,
    });
  }
  return losses;
}
