import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { limits } from '../storage/limits.ts';
import { replaceFile } from '../storage/replace.ts';
import type { RepositoryPaths } from './paths.ts';

/** The file in the app folder that keeps what was read of a repository: one for each database, named by its real path. */
export function cacheFile(paths: RepositoryPaths, dataDir: string, ending: string): string {
  const name = createHash('sha256').update(realpathSync.native(paths.db)).digest('hex').slice(0, 32);
  return join(dataDir, 'indexes', `${name}${ending}`);
}

/** Replaces such a file in one step, and removes those of its kind that were written longest ago. */
export function writeCacheFile(
  paths: RepositoryPaths,
  dataDir: string,
  ending: string,
  content: string | Uint8Array,
): void {
  const file = cacheFile(paths, dataDir, ending);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  replaceFile(file, content);
  prune(dirname(file), ending);
}

/** What tells a database file from another one at the same path. */
export function inodeOf(path: string): string {
  const stat = statSync(path, { bigint: true });
  return `${stat.dev}:${stat.ino}`;
}

function prune(folder: string, ending: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => ({
      path: join(folder, name),
      time: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of files.slice(limits.indexFiles)) rmSync(path, { force: true });
}
