import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { copyFiles, type FileCopy } from './copy.ts';
import { sameFile, storeKey, storeState, type StoreState } from './files.ts';
import { keptCopy } from './kept.ts';
import { openForWriting, type Database } from './sqlite.ts';

/** A whole copy of a store in the app folder. `key` says of which state of the store it is. */
export type StoreCopy = { readonly path: string; readonly key: string };

/**
 * Copies a store with its log and journal into the app folder, or gives the copy made before of the same state.
 * Null when the store changed in a way that could tear the copy. A log that only grew meanwhile does not: what was
 * copied of it is a valid beginning (its frames carry checksums and the salt of its header).
 */
export function copyOfStore(path: string, before: StoreState, key: string): StoreCopy | null {
  const salt = walHeader(path, before);
  const copy = keptCopy(`copy ${path}`, key, (folder) => {
    const target = join(folder, 'store.db');
    const files = [{ from: path, to: target }];
    if (before.wal !== null) files.push({ from: `${path}-wal`, to: `${target}-wal` });
    if (before.journal !== null) files.push({ from: `${path}-journal`, to: `${target}-journal` });
    const failure = copied(files);
    const after = storeState(path);
    // A file that went while it was copied is a change of the store, not a failure.
    if (failure !== null) {
      if (storeKey(after) === storeKey(before)) throw failure;
      return null;
    }
    const whole =
      sameFile(before.db, after.db) &&
      sameFile(before.journal, after.journal) &&
      grewOnly(before, after) &&
      walHeader(path, after) === salt;
    return whole ? { path: target, key } : null;
  });
  if (copy.value === null) copy.discard();
  return copy.value;
}

function copied(files: readonly FileCopy[]): unknown {
  try {
    copyFiles(files);
    return null;
  } catch (error) {
    return error;
  }
}

function grewOnly(before: StoreState, after: StoreState): boolean {
  if (before.wal === null || after.wal === null) return before.wal === after.wal;
  return before.wal.ino === after.wal.ino && after.wal.size >= before.wal.size;
}

/** The header of the log, which a restart of the log changes. SQLite takes no lock on this file, so it may be read. */
function walHeader(path: string, state: StoreState): string {
  if (state.wal === null || state.wal.size === 0n) return '';
  const header = Buffer.alloc(32);
  try {
    const file = openSync(`${path}-wal`, 'r');
    try {
      return header.toString('hex', 0, readSync(file, header, 0, header.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return 'gone';
  }
}

/** A copy may be recovered in place; what is read from it is still only read. */
export function openCopy(path: string): Database {
  const db = openForWriting(path);
  try {
    db.pragma('query_only = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
