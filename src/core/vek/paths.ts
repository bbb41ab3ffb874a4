import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';

/** Where the parts of a repository are: `dir` is its `.vek` folder, `root` the folder that holds it. */
export type RepositoryPaths = {
  readonly root: string;
  readonly dir: string;
  readonly db: string;
  readonly head: string;
  readonly headLock: string;
};

function pathsOf(dir: string): RepositoryPaths {
  return {
    root: dirname(dir),
    dir,
    db: join(dir, 'vek.db'),
    head: join(dir, 'HEAD'),
    headLock: join(dir, 'HEAD.lock'),
  };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

/**
 * Goes up from `start` (links resolved) to the first folder that holds a folder `.vek`, as vek does
 * (formats/vek.md §1). Also takes the `.vek` folder itself.
 */
export function findRepository(start: string): Result<RepositoryPaths> {
  let folder: string;
  try {
    folder = realpathSync.native(start);
  } catch (error) {
    return systemFailure(error, start);
  }
  for (let at = folder; ; at = dirname(at)) {
    if (isFolder(join(at, '.vek'))) return ok(pathsOf(join(at, '.vek')));
    if (basename(at) === '.vek' && isFolder(at)) return ok(pathsOf(at));
    if (dirname(at) === at) break;
  }
  return fail(
    'not-a-repository',
    `${start} is not in a vek repository: neither it nor a folder above it holds a folder .vek.`,
    'Name the folder with --repo, or open another folder.',
  );
}

/**
 * The repository whose `.vek` folder is `dir` or lies in it; null where there is none. Does not go up. A folder of
 * another name is taken as the `.vek` folder itself when it holds a `vek.db`.
 */
export function repositoryAt(dir: string): RepositoryPaths | null {
  let folder: string;
  try {
    folder = realpathSync.native(dir);
  } catch {
    return null;
  }
  if (isFolder(join(folder, '.vek'))) return pathsOf(join(folder, '.vek'));
  if (!isFolder(folder)) return null;
  if (basename(folder) === '.vek' || hasDatabase(folder)) return pathsOf(folder);
  return null;
}

function hasDatabase(folder: string): boolean {
  try {
    return statSync(join(folder, 'vek.db'), { throwIfNoEntry: false }) !== undefined;
  } catch {
    // a folder that this user may not look into
    return false;
  }
}
