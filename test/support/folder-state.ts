import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** One file or folder: what must not move when a store is only looked at. */
export type EntryState = {
  readonly path: string;
  readonly mtimeNs: string;
  readonly mode: number;
  readonly bytes: string;
};

/** The state of a folder and all below it: names, bytes, modes and times of change. */
export function folderState(root: string): EntryState[] {
  const entries: EntryState[] = [];
  const visit = (path: string): void => {
    const stat = lstatSync(path, { bigint: true });
    const bytes = stat.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
    entries.push({
      path: relative(root, path),
      mtimeNs: String(stat.mtimeNs),
      mode: Number(stat.mode),
      bytes,
    });
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
  };
  visit(root);
  return entries;
}
