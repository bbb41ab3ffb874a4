import SqliteDatabase from 'better-sqlite3';
import './uri.ts';
import { limits } from './limits.ts';

/** A connection of better-sqlite3. Only `core/storage` opens one. */
export type Database = SqliteDatabase.Database;

let uriNamesWork: boolean | null = null;

/** Throws where SQLite would take a URI for a file name: a bug of the host (see uri.ts), not of the store. */
function requireUriNames(): void {
  if (uriNamesWork === null) {
    try {
      new SqliteDatabase('file:vekscope-uri-probe?mode=memory', { readonly: true }).close();
      uriNamesWork = true;
    } catch {
      uriNamesWork = false;
    }
  }
  if (!uriNamesWork) {
    throw new Error(
      'SQLite does not understand URI names here: SQLITE_USE_URI=1 must be set in the main thread before better-sqlite3 loads (import core/storage/uri.ts first).',
    );
  }
}

/** The URI of an absolute path, percent-encoded so that `?`, `#` and `%` in names stay names. */
export function fileUri(path: string, parameters: string): string {
  const slashed = process.platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path;
  return `file:${encodeURI(slashed).replaceAll('?', '%3F').replaceAll('#', '%23')}?${parameters}`;
}

/**
 * Opens a database for reading with the settings for files from strangers: no trusted schema, cell sizes checked,
 * no memory map. The connection can't write, and `parameters` decide what it may touch.
 */
export function openForReading(path: string, parameters: string): Database {
  requireUriNames();
  const db = new SqliteDatabase(fileUri(path, parameters), { readonly: true, timeout: limits.busyTimeoutMs });
  return guarded(db);
}

/** Opens an existing database for writing; never creates one. */
export function openForWriting(path: string): Database {
  requireUriNames();
  const db = new SqliteDatabase(fileUri(path, 'mode=rw'), {
    fileMustExist: true,
    timeout: limits.busyTimeoutMs,
  });
  return guarded(db);
}

/** Makes a new database of our own, in the app folder. */
export function createDatabase(path: string): Database {
  const db = new SqliteDatabase(path);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  return db;
}

function guarded(db: Database): Database {
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('mmap_size = 0');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The SQLite error code of something thrown, or null when it did not come from SQLite. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof SqliteDatabase.SqliteError)) return null;
  return error.code;
}
