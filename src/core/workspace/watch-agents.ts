import { readdirSync, watch, type FSWatcher } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { localDay } from '../agents/days.ts';
import type { AgentsRoot } from '../agents/places.ts';
import { limits } from '../storage/limits.ts';
import { isFolder, isPassing, isRemote, markOf, watchFolders } from './watch-folders.ts';

/**
 * What changed. `paths`: absolute, files and folders; null: anything may have, so that everything is compared by its
 * times. `gone`: the root is not there now. `day`: a new day began.
 */
export type AgentsChange = {
  readonly paths: readonly string[] | null;
  readonly gone: boolean;
  readonly day: boolean;
};

export type AgentsWatch = {
  /** other agents are there now */
  sync(root: AgentsRoot): void;
  stop(): void;
};

/**
 * Reports what changes below a root of agents: file events tell at once; every few seconds what a running agent writes
 * to (the log of the day, escalations) is compared by `stat`, and in turn everything else. Where there are no events
 * that is done each second, and all is compared again and again, at a pace that costs little.
 */
export function watchAgents(first: AgentsRoot, onChange: (change: AgentsChange) => void): AgentsWatch {
  let root = first;
  let stopped = false;
  let soon: NodeJS.Timeout | null = null;
  let day = localDay(new Date());
  let gone = false;
  let rests = 0;
  let looks = 0;
  const pending = new Set<string>();
  const recursive = process.platform === 'darwin' || process.platform === 'win32';
  const remote = isRemote(first.path);
  const folders = watchFolders(!recursive && !remote, noticed);
  const whole = recursive ? wholeTree(first.path, noticed) : null;
  let hot = new Map<string, string>();

  function noticed(path: string): void {
    if (stopped || isPassing(basename(path)) || !belongs(root, path)) return;
    pending.add(path);
    soon ??= setTimeout(flush, limits.agentSettleMs);
  }

  function flush(): void {
    soon = null;
    if (stopped) return;
    const paths = new Set<string>();
    for (const path of pending) for (const found of folders.follow(path)) paths.add(found);
    pending.clear();
    tell([...paths].filter((path) => !isPassing(basename(path))));
  }

  function tell(paths: readonly string[] | null, newDay = false): void {
    if (paths?.length !== 0 || newDay) onChange({ paths, gone, day: newDay });
  }

  function addAll(): void {
    folders.add(root.path, false);
    for (const name of childrenOf(root.path)) folders.add(join(root.path, name), false);
    for (const name of ['.personas', '_console']) {
      const path = join(root.shared ?? root.path, name);
      if (isFolder(path)) folders.add(path, true);
    }
    if (root.shared !== null && root.shared !== root.path) folders.add(root.shared, false);
    for (const { dir } of root.agents) folders.add(dir, true);
    for (const name of root.cascades) folders.add(join(root.path, name), true);
  }

  /** One stat for each file that a run changes without a change of its folder. */
  function hotMarks(): Map<string, string> {
    const marks = new Map<string, string>();
    for (const { dir } of root.agents) {
      for (const path of [
        join(dir, 'log', day.slice(0, 7), `${day}.jsonl`),
        join(dir, 'vault', 'escalations'),
      ]) {
        marks.set(path, markOf(path));
      }
    }
    return marks;
  }

  function look(): void {
    const rootThere = isFolder(root.path);
    if (gone !== !rootThere) {
      gone = !rootThere;
      if (gone) folders.drop(root.path);
      else addAll();
      tell(null);
      return;
    }
    if (gone) return;
    const now = localDay(new Date());
    const newDay = now !== day;
    day = now;
    tell([...new Set([...(newDay ? [] : changedByRuns()), ...swept()])], newDay);
    if (newDay) hot = hotMarks();
  }

  /** What runs wrote to, by comparing; where events are told that is looked at more rarely. */
  function changedByRuns(): string[] {
    looks++;
    if (!isBlind() && looks % limits.agentHotLooks !== 0) return [];
    const marks = hotMarks();
    const changed = [...marks.keys()].filter((path) => hot.get(path) !== marks.get(path));
    hot = marks;
    return changed.flatMap(folders.follow);
  }

  const isBlind = (): boolean => whole === null && folders.isBlind();

  /** A slice of all; without events all at once, as often as it costs a twentieth of the time. */
  function swept(): string[] {
    if (!isBlind()) return folders.sweep(limits.agentSweeps);
    if (rests > 0) {
      rests--;
      return [];
    }
    const begun = performance.now();
    const changed = folders.sweep(1);
    rests = Math.floor((20 * (performance.now() - begun)) / limits.agentPollMs);
    return changed;
  }

  addAll();
  hot = hotMarks();
  const poll = setInterval(look, limits.agentPollMs);
  poll.unref();
  return {
    sync(next) {
      const names = new Set(next.agents.map(({ dir }) => dir));
      for (const { dir } of root.agents) if (!names.has(dir)) folders.drop(dir);
      root = next;
      addAll();
      hot = hotMarks();
    },
    stop() {
      stopped = true;
      clearInterval(poll);
      if (soon !== null) clearTimeout(soon);
      folders.close();
      whole?.close();
    },
  };
}

/** Events of a whole tree, where the platform has them. */
function wholeTree(path: string, onEvent: (path: string) => void): FSWatcher | null {
  try {
    const watcher = watch(path, { persistent: false, recursive: true }, (_, name) =>
      onEvent(name === null ? path : join(path, name)),
    );
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}

/** Whether a path is of the root itself, a folder directly in it, or of its agents. */
function belongs(root: AgentsRoot, path: string): boolean {
  const way = relative(root.path, path).split(sep);
  if (way[0] === '..') return root.shared !== null;
  return !way.some((part) => part === 'node_modules' || part === '__pycache__' || part === '_cache');
}

function childrenOf(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .slice(0, limits.agentRootFolders)
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}
