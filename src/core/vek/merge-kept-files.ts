import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../operations/files.ts';
import { ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { replaceFile } from '../storage/replace.ts';
import type { RepositoryPaths } from './paths.ts';

/** Of which repository something is kept, and in which app folder. Nothing of it ever lies in the store. */
export type KeptPlace = { readonly paths: RepositoryPaths; readonly dataDir: string };

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** The folder of a repository, named by the real path of its database. */
function folderOf({ paths, dataDir }: KeptPlace): string {
  return join(dataDir, 'merges', digest(realpathSync.native(paths.db)));
}

/** The path of what is kept under a key, whether or not it is there. */
export function keptFile(place: KeptPlace, key: string, ending: string): Result<string> {
  try {
    return ok(join(folderOf(place), `${digest(key)}${ending}`));
  } catch (error) {
    return systemFailure(error, place.paths.db);
  }
}

/** The paths of everything with that ending. */
export function keptFiles(place: KeptPlace, ending: string): Result<readonly string[]> {
  try {
    const folder = folderOf(place);
    const names = readdirSync(folder).filter((name) => name.endsWith(ending) && !name.startsWith('.'));
    return ok(names.toSorted().map((name) => join(folder, name)));
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? ok([]) : systemFailure(error, place.dataDir);
  }
}

/** Replaces what is kept under a key, in one step. */
export function putKept(place: KeptPlace, key: string, ending: string, text: string): Result<null> {
  const file = keptFile(place, key, ending);
  if (!file.ok) return file;
  try {
    mkdirSync(dirname(file.value), { recursive: true, mode: 0o700 });
    replaceFile(file.value, text);
    return ok(null);
  } catch (error) {
    return systemFailure(error, file.value);
  }
}

/** Forgets what is kept under a key. */
export function dropKept(place: KeptPlace, key: string, ending: string): Result<null> {
  const file = keptFile(place, key, ending);
  if (!file.ok) return file;
  try {
    rmSync(file.value, { force: true });
    return ok(null);
  } catch (error) {
    return systemFailure(error, file.value);
  }
}

/** The first line of a file; null where it is longer than so many bytes, or can't be read. */
export function firstLine(path: string, maxBytes: number): string | null {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(maxBytes);
      const length = readSync(file, bytes, 0, maxBytes, 0);
      const end = bytes.subarray(0, length).indexOf(0x0a);
      return end < 0 ? null : bytes.subarray(0, end).toString('utf8');
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
