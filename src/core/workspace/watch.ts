import { statSync, watch, type FSWatcher } from 'node:fs';
import { limits } from '../storage/limits.ts';
import { modelsMark } from '../aex/config/models.ts';
import type { LedgerPaths } from '../aex/paths.ts';
import type { RepositoryPaths } from '../vek/paths.ts';

/** What changed since the last report. `gone`: the repository is not there now; its other fields are false then. */
export type StoreChange = {
  readonly store: boolean;
  readonly head: boolean;
  readonly lock: boolean;
  readonly gone: boolean;
};

/** What changed of a ledger. `gone`: it is not there now; `prices`: the price list beside it is another one. */
export type LedgerChange = { readonly gone: boolean; readonly prices: boolean };

/**
 * Reports changes of a repository's files from `stat` alone: file events wake it, a poll is the truth. A repository
 * that was removed is reported as gone once, and as changed when it is back. Returns what ends the watching.
 */
export function watchStore(paths: RepositoryPaths, onChange: (change: StoreChange) => void): () => void {
  return watchMarks(
    paths.dir,
    () => storeMarks(paths),
    (now, last) => {
      if (now === null) {
        onChange({ store: false, head: false, lock: false, gone: true });
        return;
      }
      onChange({
        store: now.store !== last?.store,
        head: now.head !== last?.head,
        lock: now.lock !== last?.lock,
        gone: false,
      });
    },
  );
}

/** The same for a ledger: its database with what SQLite keeps beside it, and the price list. Other files of its folder wake it for nothing. */
export function watchLedger(paths: LedgerPaths, onChange: (change: LedgerChange) => void): () => void {
  return watchMarks(
    paths.dir,
    () => ledgerMarks(paths),
    (now, last) =>
      onChange({
        gone: now === null,
        prices: now !== null && last !== null && now['prices'] !== last['prices'],
      }),
  );
}

type Marks = Readonly<Record<string, string>> & { readonly dir: string };

/** Calls `report` whenever a mark is another one; `null` marks: it is not there. `dir` is the folder with file events. */
function watchMarks<M extends Marks>(
  dir: string,
  marksNow: () => M | null,
  report: (now: M | null, last: M | null) => void,
): () => void {
  let last = marksNow();
  let gone = last === null;
  let stopped = false;
  let soon: NodeJS.Timeout | null = null;
  const hint = folderHint(dir, () => {
    if (stopped || soon !== null) return;
    soon = setTimeout(() => {
      soon = null;
      look();
    }, limits.watchSettleMs);
  });

  const look = (): void => {
    const now = marksNow();
    hint.keep(now?.dir ?? null);
    if (now === null) {
      if (gone) return;
      gone = true;
      last = null;
      report(null, null);
      return;
    }
    const before = last;
    const back = gone;
    gone = false;
    last = now;
    if (back || differ(now, before)) report(now, before);
  };
  hint.keep(last?.dir ?? null);
  const poll = setInterval(look, limits.watchPollMs);
  return () => {
    stopped = true;
    clearInterval(poll);
    if (soon !== null) clearTimeout(soon);
    hint.keep(null);
  };
}

/** The folder itself only says where to listen. */
function differ(now: Marks, before: Marks | null): boolean {
  return Object.keys(now).some((name) => name !== 'dir' && now[name] !== before?.[name]);
}

type StoreMarks = Marks & { readonly store: string; readonly head: string; readonly lock: string };

/** Marks that differ when a file was changed or replaced; null when folder or database are not there. */
function storeMarks(paths: RepositoryPaths): StoreMarks | null {
  const db = markOf(paths.db);
  if (db === '') return null;
  return {
    dir: inodeOf(paths.dir),
    store: `${db} ${markOf(`${paths.db}-wal`)}`,
    head: markOf(paths.head),
    lock: markOf(paths.headLock),
  };
}

function ledgerMarks({ db, dir }: LedgerPaths): Marks | null {
  const mark = markOf(db);
  if (mark === '') return null;
  return {
    dir: inodeOf(dir),
    db: mark,
    wal: markOf(`${db}-wal`),
    journal: markOf(`${db}-journal`),
    prices: modelsMark({ db, dir }),
  };
}

/**
 * A file that was changed within one tick of the clock of file times may change again without a trace, so its mark
 * says so, and differs from the one it has when it is looked at next.
 */
function markOf(path: string): string {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (stat === undefined) return '';
    const fresh = Date.now() - Number(stat.mtimeNs / 1_000_000n) <= limits.fileClockMs;
    return `${stat.ino}:${stat.size}:${stat.mtimeNs}${fresh ? ':fresh' : ''}`;
  } catch {
    return '';
  }
}

function inodeOf(path: string): string {
  try {
    return String(statSync(path, { bigint: true }).ino);
  } catch {
    return '';
  }
}

/** File events of a folder, kept on the folder that stands there now. Where there are none, the poll is enough. */
function folderHint(dir: string, onEvent: () => void) {
  let watcher: FSWatcher | null = null;
  let watched: string | null = null;
  return {
    keep(inode: string | null): void {
      if (inode === watched) return;
      watcher?.close();
      watcher = null;
      watched = inode;
      if (inode === null) return;
      try {
        watcher = watch(dir, { persistent: false }, onEvent);
        watcher.on('error', () => watcher?.close());
      } catch {
        watcher = null;
      }
    },
  };
}
