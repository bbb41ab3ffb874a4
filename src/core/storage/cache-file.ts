import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { limits } from './limits.ts';
import { replaceFile } from './replace.ts';

/** A store by its database. */
type Stored = { readonly db: string };

/** The file in the app folder that keeps what was read of a store: one for each database, named by its real path. */
export function cacheFile(paths: Stored, dataDir: string, ending: string): string {
  const name = createHash('sha256').update(realpathSync.native(paths.db)).digest('hex').slice(0, 32);
  return join(dataDir, 'indexes', `${name}${ending}`);
}

/** Replaces such a file in one step, and removes those of its kind that were written longest ago. */
export function writeCacheFile(
  paths: Stored,
  dataDir: string,
  ending: string,
  content: string | Uint8Array | readonly Uint8Array[],
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
    .map((name) => {
      const path = join(folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      return { path, time: stat?.mtimeMs ?? 0, bytes: stat?.size ?? 0 };
    })
    .sort((a, b) => b.time - a.time);
  let bytes = 0;
  for (const [at, file] of files.entries()) {
    bytes += file.bytes;
    if (at >= limits.indexFiles || (at > 0 && bytes > limits.indexBytes)) rmSync(file.path, { force: true });
  }
}
