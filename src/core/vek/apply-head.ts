import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createWhole, systemCode, writeSynced } from '../operations/files.ts';
import type { RecordFolder } from '../operations/folder.ts';
import { isAlive } from '../operations/process-mark.ts';
import { fail, ok, type Result } from '../result.ts';
import { syncFolder } from '../storage/replace.ts';
import { readHead, readHeadLock } from './head.ts';
import type { RepositoryPaths } from './paths.ts';

/** HEAD.lock is held by a recording session; says since when. */
export function lockedBy(sinceMicros: number): Result<never> {
  const since = new Date(sinceMicros / 1000).toISOString().slice(0, 19).replace('T', ' ');
  return fail(
    'locked',
    `A recording session has held HEAD.lock since ${since} UTC. Nothing was changed.`,
    'Try again when the session has ended.',
  );
}

/** The text of a HEAD.lock of ours: decimal Unix time, as vek writes it, fine enough to be known again. */
export function headLockText(micros: number): string {
  const fine = String(process.hrtime.bigint() % 1_000_000n).padStart(6, '0');
  return `${Math.floor(micros / 1_000_000)}.${fine}`;
}

/** Takes HEAD.lock as a session would: a stale one is removed first, a fresh one is `locked` (formats/vek.md §1). */
export function takeHeadLock(paths: RepositoryPaths, folder: RecordFolder, text: string): Result<null> {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (createWhole(paths.headLock, text, 0o666, folder.dir)) return ok(null);
    const lock = readHeadLock(paths);
    if (lock === null) continue;
    if (lock.text === text) return ok(null);
    if (!lock.stale) return lockedBy(lock.sinceMicros);
    rmSync(paths.headLock, { force: true });
  }
  return lockedBy(Date.now() * 1000);
}

/** Gives HEAD.lock back if it is still the one with this text. */
export function returnHeadLock(paths: RepositoryPaths, text: string): void {
  try {
    if (readFileSync(paths.headLock, 'utf8') !== text) return;
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return;
  }
  rmSync(paths.headLock, { force: true });
}

/** The text of HEAD; null when it is missing. An unreadable HEAD is undefined: it equals nothing a plan knows. */
export function headNow(paths: RepositoryPaths): string | null | undefined {
  const head = readHead(paths);
  if (head.state === 'branch') return head.text;
  return head.state === 'missing' ? null : undefined;
}

/** Writes the new HEAD beside the record, to be put in place by `replaceHead`. Returns its path. */
export function prepareHead(folder: RecordFolder, operation: string, text: string): string {
  const path = join(folder.dir, `HEAD.${operation}.tmp`);
  rmSync(path, { force: true });
  writeSynced(path, text);
  return path;
}

/** Puts a prepared HEAD in place in one step and waits until that is on disk. */
export function replaceHead(paths: RepositoryPaths, prepared: string): void {
  renameSync(prepared, paths.head);
  syncFolder(paths.dir);
}

/** Removes what a write that died left unfinished in the folder of the record. Only while holding the apply lock. */
export function removeLeftovers(folder: RecordFolder): void {
  for (const name of readdirSync(folder.dir)) {
    const scratch = /^\.new\.(\d+)\..*\.tmp$/.exec(name);
    // A live process may be about to take the lock with this file.
    const left =
      scratch === null ? /^HEAD\..*\.tmp$/.test(name) : !isAlive({ pid: Number(scratch[1]), start: '' });
    if (left) rmSync(join(folder.dir, name), { force: true });
  }
  try {
    for (const name of readdirSync(folder.trash)) {
      if (name.endsWith('.part')) rmSync(join(folder.trash, name), { force: true });
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
