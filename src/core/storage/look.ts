import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { copyFiles } from './copy.ts';
import { sqliteFailure, systemFailure } from './failures.ts';
import { newestChangeMs, storeKey, storeState, type StoreState } from './files.ts';
import { limits } from './limits.ts';
import { keptCopy } from './kept.ts';
import { fail, ok, type Result } from '../result.ts';
import { salvage, type Loss } from './salvage.ts';
import { openForReading, openForWriting, sqliteCode, type Database } from './sqlite.ts';

export type { Database } from './sqlite.ts';
export type { Loss } from './salvage.ts';

/**
 * How a look was had. `immutable`: nobody else had the file open. `shared`: beside a live writer, or after a crash
 * that left `-wal` and `-shm`. `copy`: of a copy in the app folder. `salvaged`: the database is a copy of what could
 * still be read, `losses` says what could not. `empty`: the file has no byte.
 */
export type LookHow = {
  readonly way: 'immutable' | 'shared' | 'copy';
  readonly salvaged: boolean;
  readonly empty: boolean;
  readonly losses: readonly Loss[];
};

/** `salvage`: the tables to rescue when the file is damaged; none: a damaged file is a failure. */
export type LookOptions = { readonly salvage?: readonly string[] };

type Read<T> = (db: Database, how: LookHow) => T;
type Attempt<T> = { readonly done: Result<T> } | { readonly again: 'changed' | 'copy' };

/**
 * One consistent look at a store: opens it so that no byte of it or beside it changes, reads inside one
 * transaction, closes. `read` must not be async and may be called again when the store changed under it; its last
 * answer is the one returned. Expected failures: not there, no database, damaged, busy, no permission.
 */
export function look<T>(dbPath: string, read: Read<T>, options: LookOptions = {}): Result<T> {
  let copy = false;
  for (let attempt = 0; attempt < limits.lookAttempts; attempt += 1) {
    if (attempt > 0) sleep(5 * attempt);
    let outcome: Attempt<T>;
    try {
      outcome = lookOnce(realpathSync.native(dbPath), read, options, copy);
    } catch (error) {
      if (sqliteCode(error) !== null) return sqliteFailure(error, dbPath);
      return systemFailure(error, dbPath);
    }
    if ('done' in outcome) return outcome.done;
    copy = outcome.again === 'copy';
  }
  return fail(
    'busy',
    `${dbPath} kept changing while it was read.`,
    'Another process is writing to it; try again when it is done.',
  );
}

function lookOnce<T>(path: string, read: Read<T>, options: LookOptions, copy: boolean): Attempt<T> {
  const before = settledState(path);
  const refusal = refuse(path, before);
  if (refusal !== null) return { done: refusal };
  const way = copy ? 'copy' : wayTo(before);
  const target =
    way === 'copy'
      ? keptCopy(`copy ${path}`, storeKey(before), (folder) => copyStore(path, before, folder))
      : null;
  const unchanged = (): boolean => way === 'shared' || storeKey(storeState(path)) === storeKey(before);
  if (target !== null && !unchanged()) {
    target.discard();
    return { again: 'changed' };
  }
  const open = (): Database => {
    if (target !== null) return openCopy(target.value);
    return openForReading(path, way === 'shared' ? 'mode=ro&readonly_shm=1' : 'immutable=1');
  };
  const plain: LookHow = { way, salvaged: false, empty: before.db?.size === 0n, losses: [] };
  const first = attemptRead(open, read, plain);
  if (!unchanged()) return { again: 'changed' };
  if (first.ok) return { done: ok(first.value) };
  const code = sqliteCode(first.error);
  if (code === null) throw first.error;
  if (way === 'shared' && needsCopy(code)) return { again: 'copy' };
  if (code === 'SQLITE_NOTADB') return { done: notADatabase(path, target?.value ?? null) };
  if (!code.startsWith('SQLITE_CORRUPT') || options.salvage === undefined) {
    return { done: sqliteFailure(first.error, path) };
  }
  return lookAtSalvage(path, before, open, read, plain, options.salvage, unchanged);
}

function lookAtSalvage<T>(
  path: string,
  before: StoreState,
  open: () => Database,
  read: Read<T>,
  how: LookHow,
  tables: readonly string[],
  unchanged: () => boolean,
): Attempt<T> {
  let rescued: { path: string; losses: Loss[] };
  try {
    rescued = keptCopy(`salvage ${path}`, storeKey(before), (folder) => {
      const db = open();
      try {
        return salvage(db, tables, folder);
      } finally {
        db.close();
      }
    }).value;
  } catch (error) {
    if (!unchanged()) return { again: 'changed' };
    return { done: sqliteFailure(error, path) };
  }
  const second = attemptRead(() => openForReading(rescued.path, 'immutable=1'), read, {
    ...how,
    salvaged: true,
    losses: rescued.losses,
  });
  if (!unchanged()) return { again: 'changed' };
  if (second.ok) return { done: ok(second.value) };
  return { done: sqliteFailure(second.error, path) };
}

type Attempted<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

function attemptRead<T>(open: () => Database, read: Read<T>, how: LookHow): Attempted<T> {
  let db: Database | null = null;
  try {
    db = open();
    db.exec('BEGIN');
    // The first read takes the snapshot and finds what is no database or has a broken first page.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    const value = read(db, how);
    if (value instanceof Promise)
      throw new Error('A look must not be async: the database closes when it returns.');
    return { ok: true, value };
  } catch (error) {
    return { ok: false, error };
  } finally {
    db?.close();
  }
}

/** Waits until the last change is older than the clock of file times, so that the next one shows. */
function settledState(path: string): StoreState {
  const state = storeState(path);
  const age = Date.now() - newestChangeMs(state);
  if (age < 0 || age >= limits.fileClockMs) return state;
  sleep(limits.fileClockMs - age);
  return storeState(path);
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function wayTo(state: StoreState): LookHow['way'] {
  if (state.journal !== null && state.journal.size > 0n) return 'copy';
  if (state.wal === null) return 'immutable';
  if (state.shm !== null) return 'shared';
  return state.wal.size === 0n ? 'immutable' : 'copy';
}

/** Errors by which SQLite says that it would have to write to `-shm` to read the log. */
function needsCopy(code: string): boolean {
  return (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_BUSY_RECOVERY') ||
    code.startsWith('SQLITE_PROTOCOL') ||
    code.startsWith('SQLITE_IOERR_SHM')
  );
}

function refuse(path: string, state: StoreState): Result<never> | null {
  if (state.db === null) {
    return fail('not-found', `${path} does not exist.`, 'Check the path; it may have been moved or removed.');
  }
  if (state.db.kind === 'folder') {
    return fail(
      'not-a-database',
      `${path} is a folder, not a database file.`,
      'Check what was put in its place.',
    );
  }
  if (state.db.kind === 'other') {
    return fail(
      'refused',
      `${path} is no ordinary file; reading it could hang.`,
      'Check what was put in its place.',
    );
  }
  return null;
}

function copyStore(path: string, state: StoreState, folder: string): string {
  const target = join(folder, 'store.db');
  const files = [{ from: path, to: target }];
  if (state.wal !== null) files.push({ from: `${path}-wal`, to: `${target}-wal` });
  if (state.journal !== null) files.push({ from: `${path}-journal`, to: `${target}-journal` });
  copyFiles(files);
  return target;
}

/** A copy may be recovered in place; what is read from it is still only read. */
function openCopy(path: string): Database {
  const db = openForWriting(path);
  try {
    db.pragma('query_only = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A file without SQLite's header has no locks to lose, so its first bytes may be read here. */
function notADatabase(path: string, copy: string | null): Result<never> {
  const start = Buffer.alloc(16);
  let length = 0;
  try {
    const file = openSync(copy ?? path, 'r');
    try {
      length = readSync(file, start, 0, start.length, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return systemFailure(error, path);
  }
  const bytes = start.subarray(0, length);
  const text = bytes.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '·');
  return fail(
    'not-a-database',
    `${path} is not an SQLite database: it begins with “${text}” (${bytes.toString('hex')}).`,
    'Check that it is the right file, or restore it from a backup.',
  );
}
