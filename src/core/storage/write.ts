import { realpathSync } from 'node:fs';
import { sqliteFailure, systemFailure } from './failures.ts';
import { fileState } from './files.ts';
import { limits } from './limits.ts';
import { fail, type Result } from '../result.ts';
import { openForWriting, sqliteCode, type Database } from './sqlite.ts';

/**
 * Runs `work` in one `BEGIN IMMEDIATE` transaction on an existing database and commits when it returns a success;
 * a failure or an exception rolls back. Refuses schemas that run code (triggers), views and virtual tables, and
 * files that do not pass SQLite's quick check. The database is closed before this returns.
 */
export function writeStore<T>(dbPath: string, work: (db: Database) => Result<T>): Result<T> {
  let path: string;
  let size: bigint;
  try {
    path = realpathSync.native(dbPath);
    const state = fileState(path);
    if (state === null || state.kind !== 'file') {
      return fail('not-a-database', `${dbPath} is not a file.`, 'Check what was put in its place.');
    }
    size = state.size;
  } catch (error) {
    return systemFailure(error, dbPath);
  }
  if (size === 0n) {
    return fail('damaged', `${dbPath} is empty (0 bytes).`, 'Restore it from a backup before writing to it.');
  }
  let db: Database | null = null;
  try {
    db = openForWriting(path);
    db.exec('BEGIN IMMEDIATE');
    const refusal = refuse(db, dbPath, size);
    if (refusal !== null) return refusal;
    const result = work(db);
    if (result.ok) db.exec('COMMIT');
    return result;
  } catch (error) {
    if (sqliteCode(error) === null) throw error;
    return sqliteFailure(error, dbPath);
  } finally {
    if (db !== null) {
      if (db.inTransaction) db.exec('ROLLBACK');
      db.close();
    }
  }
}

type SchemaRow = { readonly type: string; readonly name: string; readonly sql: string | null };

function refuse(db: Database, path: string, size: bigint): Result<never> | null {
  const rows = db.prepare<[], SchemaRow>('SELECT type, name, sql FROM sqlite_schema').all();
  for (const row of rows) {
    const virtual = row.type === 'table' && /^\s*create\s+virtual\b/i.test(row.sql ?? '');
    if (row.type === 'trigger' || row.type === 'view' || virtual) {
      const what = virtual ? 'virtual table' : row.type;
      return fail(
        'refused',
        `${path} holds a ${what} named “${row.name}”, which could run when we write. Nothing was written.`,
        'Look at it with other tools, and remove it if you trust the rest of the file.',
      );
    }
  }
  if (size > BigInt(limits.quickCheckBytes)) return null;
  const answer: unknown = db.pragma('quick_check(1)', { simple: true });
  if (answer === 'ok') return null;
  return fail(
    'damaged',
    `${path} does not pass SQLite’s check; nothing was written.`,
    'Restore it from a backup before writing to it.',
    String(answer),
  );
}
