import { readdirSync, statfsSync, statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { limits } from '../storage/limits.ts';

/** Names of folders that hold nothing an agent or Vekscope reads, or have a watcher of their own. */
const NOT_ENTERED = new Set(['.git', '.vek', '__pycache__', '_cache', 'node_modules', '.venv']);

/** A file that is only on its way to its name (formats/atomic-agents.md §14), or generated. */
export function isPassing(name: string): boolean {
  return name.endsWith('.tmp') || name.endsWith('~') || name === 'dashboard.html' || name.endsWith('.swp');
}

/** Types of file systems, by `statfs`, whose changes on another machine raise no events here. */
const REMOTE = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997, 0x786f4256, 0x73757245, 0x00c36400,
]);

/** Whether file events of a folder can't be relied on. */
export function isRemote(path: string): boolean {
  try {
    return process.platform === 'linux' && REMOTE.has(Number(statfsSync(path).type));
  } catch {
    return false;
  }
}

type Folder = {
  mark: string;
  watcher: FSWatcher | null;
  readonly deep: boolean;
  /** marks of the files in it */
  readonly files: Map<string, string>;
};

/** Folders with an event source each, as far as the system gives them, and the times of what is in them. */
export type WatchedFolders = {
  /** adds a folder, with those below it where `deep`; returns the files that stand in what was new */
  add(path: string, deep: boolean): string[];
  /** forgets a folder and those below it */
  drop(path: string): void;
  /** an event named a path: follows a folder that came or went, and gives what is concerned */
  follow(path: string): string[];
  /** compares one of so many slices of all with what was seen before; returns what changed */
  sweep(slices: number): string[];
  /** whether there are folders without events */
  isBlind(): boolean;
  close(): void;
};

/**
 * Watches folders one by one: on Linux one inotify watch each, which also tells of the files in it. Where the system
 * has no more of them, or events can't be relied on, a folder is only swept.
 */
export function watchFolders(events: boolean, onEvent: (path: string) => void): WatchedFolders {
  const folders = new Map<string, Folder>();
  let cursor = 0;
  let watchers = 0;
  let files = 0;

  function listen(path: string): FSWatcher | null {
    if (!events || watchers >= limits.agentWatches) return null;
    try {
      const watcher = watch(path, { persistent: false }, (_, name) =>
        onEvent(name === null ? path : join(path, name)),
      );
      watchers++;
      watcher.on('error', () => unlisten(path));
      return watcher;
    } catch {
      return null;
    }
  }

  function unlisten(path: string): void {
    const folder = folders.get(path);
    if (folder === undefined || folder.watcher === null) return;
    folder.watcher.close();
    folder.watcher = null;
    watchers--;
  }

  function add(path: string, deep: boolean): string[] {
    const found: string[] = [];
    const waiting = [path];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const known = folders.get(at);
      if (known !== undefined && (known.deep || !deep)) continue;
      if (folders.size >= limits.agentFolders) continue;
      // Listened to first: what is made while it is listed is told.
      const watcher = known?.watcher ?? listen(at);
      const folder: Folder = { mark: markOf(at), watcher, deep, files: known?.files ?? new Map() };
      folders.set(at, folder);
      for (const entry of entriesOf(at)) {
        const below = join(at, entry.name);
        if (entry.isDirectory()) {
          if (deep && !NOT_ENTERED.has(entry.name)) waiting.push(below);
        } else if (!isPassing(entry.name)) {
          found.push(below);
          note(folder, entry.name, markOf(below));
        }
      }
    }
    return found;
  }

  /** Remembers a file's mark; true when it is another one. */
  function note(folder: Folder, name: string, mark: string): boolean {
    const before = folder.files.get(name);
    if (mark === (before ?? '')) return false;
    if (mark === '') {
      folder.files.delete(name);
      files--;
    } else if (before !== undefined || files < limits.agentFiles) {
      if (before === undefined) files++;
      folder.files.set(name, mark);
    }
    return true;
  }

  function drop(path: string): void {
    const inside = path + sep;
    for (const [known, folder] of folders) {
      if (known !== path && !known.startsWith(inside)) continue;
      unlisten(known);
      files -= folder.files.size;
      folders.delete(known);
    }
  }

  function follow(path: string): string[] {
    const parent = folders.get(dirname(path));
    const known = folders.get(path);
    if (isFolder(path)) {
      if (known !== undefined) known.mark = markOf(path);
      return known === undefined && parent?.deep === true ? [path, ...add(path, true)] : [path];
    }
    if (known !== undefined) drop(path);
    if (parent !== undefined) note(parent, basename(path), markOf(path));
    return [path];
  }

  function compare(path: string, folder: Folder): string[] {
    const changed: string[] = [];
    const mark = markOf(path);
    if (mark === '') {
      drop(path);
      return [path];
    }
    if (mark !== folder.mark) {
      folder.mark = mark;
      changed.push(path);
      for (const entry of entriesOf(path)) {
        const below = join(path, entry.name);
        if (entry.isDirectory()) {
          if (folder.deep && !folders.has(below) && !NOT_ENTERED.has(entry.name)) {
            changed.push(below, ...add(below, true));
          }
        } else if (!isPassing(entry.name) && !folder.files.has(entry.name)) {
          note(folder, entry.name, markOf(below));
          changed.push(below);
        }
      }
    }
    for (const name of folder.files.keys()) {
      const below = join(path, name);
      if (note(folder, name, markOf(below))) changed.push(below);
    }
    return changed;
  }

  return {
    add,
    drop,
    follow,
    sweep(slices) {
      const paths = [...folders.keys()];
      const most = Math.ceil(paths.length / slices);
      const changed: string[] = [];
      for (let i = 0; i < most; i++) {
        const path = paths[(cursor + i) % paths.length]!;
        const folder = folders.get(path);
        if (folder !== undefined) changed.push(...compare(path, folder));
      }
      cursor = paths.length === 0 ? 0 : (cursor + most) % paths.length;
      return changed;
    },
    isBlind: () => watchers < folders.size,
    close() {
      for (const path of folders.keys()) unlisten(path);
      folders.clear();
    },
  };
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Whether a folder stands here now. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

/**
 * Differs when a file changed or something came into a folder. A file changed within one tick of the clock of file
 * times has another mark at the next look.
 */
export function markOf(path: string): string {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return '';
    const fresh = Date.now() - stat.mtimeMs <= limits.fileClockMs;
    return `${stat.ino}:${stat.size}:${stat.mtimeMs}${fresh ? ':fresh' : ''}`;
  } catch {
    return '';
  }
}
