import { createHash } from 'node:crypto';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readMemory, type Memory } from './memory.ts';

/** What was seen of a ledger, and of others that stood at its place. */
export type Recalled = {
  /** of this path and first hash */
  readonly known: Memory | null;
  /** the file of that, which is there and can't be read */
  readonly unreadable: string | null;
  /** of other ledgers at this path, the newest first */
  readonly others: readonly Memory[];
  /** of a ledger with the same first hash at a path where nothing is any more */
  readonly moved: Memory | null;
};

/** Memories of other ledgers, or of other places, that are read. */
const MOST_OTHERS = 50;

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

const folderOf = (dataDir: string): string => join(dataDir, 'ledgers-seen');

/** The file for what is seen of a ledger, in the app folder. */
export const memoryFile = (dataDir: string, path: string, firstHash: string): string =>
  join(folderOf(dataDir), `${short(path)}-${short(firstHash)}.json`);

/** The file whose lock keeps two processes from remembering at once. */
export const lockFile = (dataDir: string): string => join(folderOf(dataDir), 'lock');

/** The path with links resolved, as it is when the file is there. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** Reads everything that is remembered of a ledger. `firstHash` null: it has no entry. */
export function recall(dataDir: string, path: string, firstHash: string | null): Recalled {
  const own = firstHash === null ? null : memoryFile(dataDir, path, firstHash);
  const files = filesIn(dataDir);
  const read = own === null || !files.includes(own) ? 'none' : readMemory(own);
  const known = isMemory(read) && read.path === path && read.first.hash === firstHash ? read : null;
  const here = files.filter((file) => file !== own && file.startsWith(join(folderOf(dataDir), short(path))));
  return {
    known,
    unreadable: read === 'none' || known !== null ? null : own,
    others: newest(here).filter((other) => other.path === path),
    moved: known !== null || firstHash === null ? null : movedFrom(files, path, firstHash),
  };
}

function movedFrom(files: readonly string[], path: string, firstHash: string): Memory | null {
  const elsewhere = files.filter((file) => file.endsWith(`-${short(firstHash)}.json`));
  const isMoved = (other: Memory): boolean =>
    other.path !== path && other.first.hash === firstHash && !existsSync(other.path);
  return newest(elsewhere).find(isMoved) ?? null;
}

const isMemory = (read: ReturnType<typeof readMemory>): read is Memory => typeof read === 'object';

function newest(files: readonly string[]): Memory[] {
  return files
    .map((file) => ({ file, at: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.at - a.at)
    .slice(0, MOST_OTHERS)
    .map(({ file }) => readMemory(file))
    .filter(isMemory);
}

function filesIn(dataDir: string): readonly string[] {
  const folder = folderOf(dataDir);
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
