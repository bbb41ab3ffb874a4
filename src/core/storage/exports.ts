import { randomBytes } from 'node:crypto';
import { constants, closeSync, mkdirSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../result.ts';
import { isSystemError, systemFailure } from './failures.ts';
import { limits } from './limits.ts';

/**
 * Files that are made for saving wait in the app folder until the host has handed them over: the desktop moves them to where
 * the person wants them, a server gives them to the browser. The id is long and random: whoever has it may have the file, once.
 */
export type WaitingExport = { readonly id: string; readonly path: string };

const ID = /^[0-9a-f]{64}$/;

const folderOf = (data: string): string => join(data, 'exports');

/** A name for a new file, and the folder for it. Removes files that nobody fetched. Throws what the system says. */
export function newExport(data: string): WaitingExport {
  const folder = folderOf(data);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeForgotten(folder);
  const id = randomBytes(32).toString('hex');
  return { id, path: join(folder, id) };
}

/** Where a waiting file lies; null for what is no id of one. */
export function exportPath(data: string, id: string): string | null {
  if (!ID.test(id)) return null;
  const path = join(folderOf(data), id);
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? path : null;
}

/** Removes a waiting file, also a part of one. What the system does not let go of is removed with the forgotten ones. */
export function dropExport(data: string, id: string): void {
  if (!ID.test(id)) return;
  try {
    rmSync(join(folderOf(data), id), { force: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** Moves a waiting file to where a person wants it, in place of what stands there; never in place of a database. */
export async function keepExport(data: string, id: string, target: string): Promise<Result<null>> {
  const path = exportPath(data, id);
  if (path === null) {
    return fail('not-found', 'The file is not there any more.', 'Make it once more.');
  }
  try {
    if (isDatabase(target)) {
      return fail('refused', `${target} belongs to a database and was left alone.`, 'Choose another name.');
    }
    await moveFile(path, target);
    return ok(null);
  } catch (error) {
    return systemFailure(error, target);
  }
}

const MAGIC = 'SQLite format 3\0';

function isDatabase(path: string): boolean {
  if (/-(?:wal|shm|journal)$/.test(path)) return true;
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(MAGIC.length);
    readSync(file, start, 0, start.length, 0);
    return start.toString('latin1') === MAGIC;
  } finally {
    closeSync(file);
  }
}

/** In one step; to another disk by way of a copy beside the target. */
async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    const beside = join(dirname(to), `.vekscope-${randomBytes(6).toString('hex')}.part`);
    try {
      await copyFile(from, beside, constants.COPYFILE_EXCL);
      await rename(beside, to);
    } finally {
      await rm(beside, { force: true });
    }
    await rm(from, { force: true });
  }
}

function removeForgotten(folder: string): void {
  const before = Date.now() - limits.exportKeepMs;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (ID.test(name) && found !== undefined && found.mtimeMs < before) rmSync(path, { force: true });
  }
}
