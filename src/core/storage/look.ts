import { realpathSync } from 'node:fs';
import { dataDirPath } from './data-dir.ts';
import { copyOfStore, openCopy, type StoreCopy } from './copied.ts';
import { sqliteFailure, systemFailure } from './failures.ts';
import { newestChangeMs, storeKey, storeState, type StoreState } from './files.ts';
import { keptCopy } from './kept.ts';
import { limits } from './limits.ts';
import { notADatabase } from './not-a-database.ts';
import { fail, ok, type Result } from '../result.ts';
import { salvage, type Loss, type Salvaged } from './salvage.ts';
import { openForReading, sqliteCode, type Database } from './sqlite.ts';

export type { Database } from './sqlite.ts';
export type { Loss } from './salvage.ts';

/**
 * How a look was had. `immutable`: nobody else had the file open. `copy`: of a copy in the app folder, beside a
 * writer or after a crash. `shared`: the same for a store too large to copy, with SQLite's read lock. `salvaged`:
 * the database is a copy of what could still be read, `losses` says what could not. `empty`: the file has no byte.
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
type Attempt<T> = { readonly done: Result<T> } | 'changed' | 'shared-failed' | 'copy-failed';
/** One way to the data of one state of a store. */
type Opening = {
  readonly how: LookHow;
  readonly open: () => Database;
  /** the file to name when it is no database */
  readonly file: string;
  /** whether what was read is still of one moment */
  readonly held: () => boolean;
};

/**
 * One consistent look at a store: opens it so that no byte of it or beside it changes, reads inside one
 * transaction, closes. `read` must not be async and may be called again when the store changed under it; its last
 * answer is the one returned. Expected failures: not there, no database, damaged, busy, no permission.
 */
export function look<T>(dbPath: string, read: Read<T>, options: LookOptions = {}): Result<T> {
  let force: LookHow['way'] | null = null;
  let tornCopies = 0;
  let caught: StoreState | null = null;
  for (let attempt = 0; attempt < limits.lookAttempts; attempt += 1) {
    if (attempt > 0 && caught === null) sleep(Math.min(5 * attempt, 40));
    try {
      const path = realpathSync.native(dbPath);
      const outcome: Attempt<T> = lookOnce(path, read, options, force, caught);
      if (typeof outcome === 'object') return outcome.done;
      caught = outcome === 'changed' ? catchWriter(path) : null;
      if (outcome === 'shared-failed') force = 'copy';
      if (outcome === 'copy-failed') tornCopies += 1;
      if (tornCopies >= limits.tornCopies) force = outcome === 'shared-failed' ? 'copy' : 'shared';
    } catch (error) {
      if (sqliteCode(error) !== null) return sqliteFailure(error, dbPath);
      if (error instanceof NoCopy) return noCopy(error, dbPath);
      return systemFailure(error, dbPath);
    }
  }
  return fail(
    'busy',
    `${dbPath} kept changing while it was read.`,
    'Another process is writing to it; try again when it is done.',
  );
}

function lookOnce<T>(
  path: string,
  read: Read<T>,
  options: LookOptions,
  force: LookHow['way'] | null,
  caught: StoreState | null,
): Attempt<T> {
  const before = caught ?? settledState(path);
  const refusal = refuse(path, before);
  if (refusal !== null) return { done: refusal };
  if (isTooSmall(before)) return { done: notADatabase(path, path) };
  const opening = openingOf(path, before, force);
  if (opening === null) return 'copy-failed';
  const first = attemptRead(opening.open, read, opening.how);
  if (!opening.held()) return 'changed';
  if (first.ok) return { done: ok(first.value) };
  const code = sqliteCode(first.error);
  if (code === null) throw first.error;
  // The writer that was caught has closed already.
  if (opening.how.way === 'shared' && needsCopy(code)) return caught === null ? 'shared-failed' : 'changed';
  if (code === 'SQLITE_NOTADB') return { done: notADatabase(opening.file, path) };
  if (!code.startsWith('SQLITE_CORRUPT') || options.salvage === undefined) {
    return { done: sqliteFailure(first.error, path) };
  }
  return lookAtSalvage(path, before, opening, read, options.salvage);
}

function openingOf(path: string, before: StoreState, force: LookHow['way'] | null): Opening | null {
  const key = storeKey(before);
  const how: LookHow = {
    way: wayTo(before, force),
    salvaged: false,
    empty: before.db?.size === 0n,
    losses: [],
  };
  if (how.way === 'shared') {
    return { how, open: () => openForReading(path, 'mode=ro&readonly_shm=1'), file: path, held: () => true };
  }
  if (how.way === 'immutable') {
    const held = (): boolean => storeKey(storeState(path)) === key;
    return { how, open: () => openForReading(path, 'immutable=1'), file: path, held };
  }
  const copy = copyOrFailure(path, before, key);
  if (copy === null) return null;
  if ('failure' in copy) {
    // Without an app folder to copy to, a store beside a writer can still be read in place.
    if (force !== null || wayTo(before, 'shared') !== 'shared') throw copyFailure(copy.failure, path);
    return sharedOpening(path, { ...how, way: 'shared' });
  }
  return { how, open: () => openCopy(copy.path), file: copy.path, held: () => true };
}

/** The app folder can't take the copy that a look needs. */
class NoCopy extends Error {}

/** What the system says of the store itself stays as it is. */
function copyFailure(failure: unknown, path: string): unknown {
  const named = failure instanceof Error && 'path' in failure ? String(failure.path) : '';
  if (named.startsWith(path) || !(failure instanceof Error)) return failure;
  return new NoCopy(failure.message);
}

function noCopy({ message }: NoCopy, dbPath: string): Result<never> {
  const isFull = /ENOSPC|no space left/i.test(message);
  return fail(
    'io',
    `${dbPath} has the log of a writer beside it, so it is read from a copy, and ${dataDirPath()} ${isFull ? 'has no room for one' : 'can’t be written'}.`,
    `${isFull ? 'Free some space there' : 'Check its permissions'}, or name another folder in VEKSCOPE_DATA.`,
    message,
  );
}

function sharedOpening(path: string, how: LookHow): Opening {
  return { how, open: () => openForReading(path, 'mode=ro&readonly_shm=1'), file: path, held: () => true };
}

function copyOrFailure(
  path: string,
  before: StoreState,
  key: string,
): StoreCopy | null | { readonly failure: unknown } {
  try {
    return copyOfStore(path, before, key);
  } catch (failure) {
    return { failure };
  }
}

/**
 * Which way leaves no trace in this state. Beside a writer a lock of ours would make it leave its `-wal` and `-shm`
 * behind when it closes at that moment, so a store is copied as long as it is small enough.
 */
function wayTo(state: StoreState, force: LookHow['way'] | null): LookHow['way'] {
  if (state.journal !== null && state.journal.size > 0n) return 'copy';
  if (state.wal === null) return 'immutable';
  if (state.shm === null) return state.wal.size === 0n ? 'immutable' : 'copy';
  if (force !== null) return force;
  const bytes = (state.db?.size ?? 0n) + state.wal.size;
  return bytes <= BigInt(limits.copyBytes) ? 'copy' : 'shared';
}

function lookAtSalvage<T>(
  path: string,
  before: StoreState,
  opening: Opening,
  read: Read<T>,
  tables: readonly string[],
): Attempt<T> {
  let rescued: Salvaged;
  try {
    rescued = keptCopy(`salvage ${path}`, storeKey(before), (folder) => {
      const db = opening.open();
      try {
        return salvage(db, tables, folder);
      } finally {
        db.close();
      }
    }).value;
  } catch (error) {
    return opening.held() ? { done: sqliteFailure(error, path) } : 'changed';
  }
  const how = { ...opening.how, salvaged: true, losses: rescued.losses };
  const second = attemptRead(() => openForReading(rescued.path, 'immutable=1'), read, how);
  if (!opening.held()) return 'changed';
  return { done: second.ok ? ok(second.value) : sqliteFailure(second.error, path) };
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

/**
 * The state of a large store while somebody has it open, so that it can be read with SQLite's lock; null: nobody opens it
 * for a while, or it is small. A writer that opens and closes it for each write never leaves it alone for as long as
 * reading all of it takes, so this catches it in between.
 */
function catchWriter(path: string): StoreState | null {
  const until = performance.now() + limits.catchWriterMs;
  for (;;) {
    const state = storeState(path);
    const bytes = (state.db?.size ?? 0n) + (state.wal?.size ?? 0n);
    if (bytes <= BigInt(limits.copyBytes) || performance.now() > until) return null;
    if (state.wal !== null && state.shm !== null && state.journal === null) return state;
    sleep(0.2);
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Errors by which SQLite says that it would have to write to `-shm` to read the log. */
function needsCopy(code: string): boolean {
  const signs = [
    'SQLITE_READONLY',
    'SQLITE_CANTOPEN',
    'SQLITE_BUSY_RECOVERY',
    'SQLITE_PROTOCOL',
    'SQLITE_IOERR_SHM',
  ];
  return signs.some((sign) => code.startsWith(sign));
}

/** SQLite takes a few bytes for an empty database; its smallest page has 512. */
function isTooSmall(state: StoreState): boolean {
  const size = state.db?.size ?? 0n;
  return size > 0n && size < 512n && state.wal === null && state.journal === null;
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
