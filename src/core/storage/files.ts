import { lstatSync, statSync } from 'node:fs';

/** What `stat` says of one file; null where it does not exist. Times are nanoseconds. */
export type FileState = {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly ino: bigint;
};

/** The state of a file, links followed. Null: does not exist. Throws what the system says otherwise. */
export function fileState(path: string): FileState | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return null;
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  return { kind, size: stat.size, mtimeNs: stat.mtimeNs, ctimeNs: stat.ctimeNs, ino: stat.ino };
}

/** Whether a symbolic link stands here, whatever it leads to. */
export function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** A database with the files SQLite keeps beside it. Never opened here: `stat` only. */
export type StoreState = {
  readonly db: FileState | null;
  readonly wal: FileState | null;
  readonly shm: FileState | null;
  readonly journal: FileState | null;
};

/** The state of a database and its companions, from `stat` alone. */
export function storeState(dbPath: string): StoreState {
  return {
    db: fileState(dbPath),
    wal: fileState(`${dbPath}-wal`),
    shm: fileState(`${dbPath}-shm`),
    journal: fileState(`${dbPath}-journal`),
  };
}

function key(state: FileState | null): string {
  return state === null ? '-' : `${state.ino}:${state.size}:${state.mtimeNs}:${state.ctimeNs}`;
}

/** Whether two states are of one unchanged file, or of none. */
export function sameFile(a: FileState | null, b: FileState | null): boolean {
  return key(a) === key(b);
}

/** A text that differs when the database, its log or its journal changed. The `-shm` is left out: readers move it. */
export function storeKey(state: StoreState): string {
  return `${key(state.db)} ${key(state.wal)} ${key(state.journal)}`;
}

/** The newest change of database, log and journal, in milliseconds since 1970. */
export function newestChangeMs(state: StoreState): number {
  let newest = 0n;
  for (const file of [state.db, state.wal, state.journal]) {
    if (file !== null && file.mtimeNs > newest) newest = file.mtimeNs;
  }
  return Number(newest / 1_000_000n);
}
