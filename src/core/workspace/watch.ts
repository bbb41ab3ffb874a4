import { statSync, watch, type FSWatcher } from 'node:fs';
import { limits } from '../storage/limits.ts';
import type { RepositoryPaths } from '../vek/paths.ts';

/** What changed since the last report. `gone`: the repository is not there now; its other fields are false then. */
export type StoreChange = {
  readonly store: boolean;
  readonly head: boolean;
  readonly lock: boolean;
  readonly gone: boolean;
};

/**
 * Reports changes of a repository's files from `stat` alone: file events wake it, a poll is the truth. A repository
 * that was removed is reported as gone once, and as changed when it is back. Returns what ends the watching.
 */
export function watchStore(paths: RepositoryPaths, onChange: (change: StoreChange) => void): () => void {
  let last = marksOf(paths);
  let gone = last === null;
  let stopped = false;
  let soon: NodeJS.Timeout | null = null;
  const hint = folderHint(paths.dir, () => {
    if (stopped || soon !== null) return;
    soon = setTimeout(() => {
      soon = null;
      look();
    }, limits.watchSettleMs);
  });

  const look = (): void => {
    const now = marksOf(paths);
    hint.keep(now?.dir ?? null);
    if (now === null) {
      if (gone) return;
      gone = true;
      last = null;
      onChange({ store: false, head: false, lock: false, gone: true });
      return;
    }
    const change = {
      store: now.store !== last?.store,
      head: now.head !== last?.head,
      lock: now.lock !== last?.lock,
      gone: false,
    };
    const back = gone;
    gone = false;
    last = now;
    if (back || change.store || change.head || change.lock) onChange(change);
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

type Marks = { readonly dir: string; readonly store: string; readonly head: string; readonly lock: string };

/** Marks that differ when a file was changed or replaced; null when folder or database are not there. */
function marksOf(paths: RepositoryPaths): Marks | null {
  const db = markOf(paths.db);
  if (db === '') return null;
  return {
    dir: inodeOf(paths.dir),
    store: `${db} ${markOf(`${paths.db}-wal`)}`,
    head: markOf(paths.head),
    lock: markOf(paths.headLock),
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
