import { relative, sep } from 'node:path';
import type { Running } from '../../contract/fleet.ts';
import { openFolder, type AgentFolder } from '../../core/agents/folder.ts';
import { kernelLocks, lockInode, readRunning } from '../../core/agents/lock.ts';
import type { AgentsRoot } from '../../core/agents/places.ts';
import { openRecords, type RecordStore } from '../../core/agents/records/open.ts';
import { agentsRootAt } from '../../core/agents/root.ts';
import { fail, ok, type Failure, type Result } from '../../core/result.ts';
import type { AgentsChange } from '../../core/workspace/watch-agents.ts';
import { keepFolder } from './kept-folder.ts';
import type { Scene } from './scene.ts';

/** The agents of a root as they are now, or why there are none. */
export type AgentsLive = {
  /** the newest scene; waits for the first one */
  scene(): Promise<Result<Scene>>;
  now(): AgentsState;
  /** reads what changed; changes that come while one is read are read after it */
  changed(change: AgentsChange): void;
  /** reads everything again after the first reading was stopped or failed */
  refresh(): Promise<void>;
  /** a line that was being written counts as torn when nothing more came for a while */
  age(): void;
  /** looks who runs; tells when that is another one than before */
  lookWhoRuns(): void;
  /** ends the first reading */
  stop(): void;
  close(): void;
};

export type AgentsState = {
  readonly scene: Scene | null;
  readonly revision: number;
  readonly failure: Failure | null;
  readonly loading: boolean;
};

type Hear = {
  changed(): void;
  progress(done: number, total: number | null): void;
  /** other agents are there now */
  agents(root: AgentsRoot): void;
  fault(error: unknown): void;
};

type Opened = { readonly root: AgentsRoot; readonly folder: AgentFolder; readonly store: RecordStore };

/** Keeps what is known of a root up to date. Nothing is read before the first question. */
export function createAgentsLive(first: AgentsRoot, dataDir: string, hear: Hear): AgentsLive {
  let state: AgentsState = { scene: null, revision: 0, failure: null, loading: false };
  let opened: Opened | null = null;
  let pending: Set<string> | 'all' | null = null;
  let isGone = false;
  let running: Promise<void> | null = null;
  let reading: AbortController | null = null;
  let whoRuns: ReadonlyMap<string, Running> = new Map();
  let listedLocks: string | null = null;
  let lockFiles: ReadonlySet<number> = new Set();
  let closed = false;

  function set(next: Partial<AgentsState>): void {
    state = { ...state, ...next, revision: state.revision + 1 };
    if (state.scene !== null) state = { ...state, scene: { ...state.scene, revision: state.revision } };
    if (!closed) hear.changed();
  }

  function failed(failure: Failure): void {
    set({ scene: null, failure, loading: false });
  }

  /** Opens the records of a root, from the index in the app folder or all anew. */
  async function open(root: AgentsRoot): Promise<Result<Opened>> {
    reading = new AbortController();
    const { signal } = reading;
    const store = await openRecords(root, {
      dataDir,
      signal,
      onProgress: ({ done, total }) => hear.progress(done, total),
    });
    reading = null;
    if (!store.ok) return signal.aborted ? { ok: false, error: stoppedByPerson(root.path) } : store;
    return ok({ root, folder: keepFolder(openFolder(root)), store: store.value });
  }

  /** Who is there now: null where nothing about that changed. */
  function otherRoot(): Result<AgentsRoot | null> {
    const found = agentsRootAt(first.path);
    if (!found.ok) return found.error.kind === 'not-found' ? gone(first.path) : found;
    if (found.value === null) return noAgents(first.path);
    const same = opened !== null && JSON.stringify(opened.root) === JSON.stringify(found.value);
    return ok(same ? null : found.value);
  }

  async function readOnce(paths: Set<string> | 'all'): Promise<void> {
    if (isGone) {
      failed(gone(first.path).error);
      return;
    }
    if (opened === null || paths === 'all' || [...paths].some(isNearRoot)) {
      const other = otherRoot();
      if (!other.ok) {
        failed(other.error);
        return;
      }
      const next = other.value ?? (opened === null ? first : null);
      if (next !== null) {
        if (opened === null) set({ loading: true, failure: null });
        if (opened === null || !sameAgents(opened.root, next)) {
          opened?.store.close();
          const now = await open(next);
          opened = now.ok ? now.value : null;
          if (!now.ok) {
            failed(now.error);
            return;
          }
          paths = new Set();
        } else opened = { ...opened, root: next, folder: keepFolder(openFolder(next)) };
        hear.agents(next);
        await opened!.store.refresh(paths === 'all' ? undefined : paths);
        tell();
        return;
      }
    }
    const { root, folder, store } = opened!;
    const hint = paths === 'all' ? undefined : [...paths];
    folder.refresh(hint?.map((path) => below(root.path, path)));
    const before = beingWritten(store);
    const changed = await store.refresh(hint);
    const onlyLogs = hint !== undefined && hint.every((path) => isLog(root, path));
    const aged = hint?.length !== 0 || beingWritten(store) !== before;
    if (onlyLogs && (changed.length === 0 || !aged)) return;
    tell();
  }

  /** Makes the scene of what is open. */
  function tell(): void {
    if (opened === null) return;
    whoRuns = runners(opened.root);
    lockFiles = new Set(opened.root.agents.map(({ dir }) => lockInode(dir)));
    const { root, folder, store } = opened;
    const scene: Scene = {
      root,
      folder,
      store,
      tables: store.tables(),
      revision: state.revision,
      running: whoRuns,
    };
    set({ scene, failure: null, loading: false });
  }

  function isNearRoot(path: string): boolean {
    const way = relative(first.path, path);
    return !way.startsWith('..') && way.split(sep).length <= 2;
  }

  async function run(): Promise<void> {
    while (pending !== null) {
      const paths = pending;
      pending = null;
      try {
        await readOnce(paths);
      } catch (error) {
        opened = null;
        hear.fault(error);
        failed(brokenOff(first.path, error));
      }
    }
  }

  function go(): Promise<void> {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  }

  function refresh(): Promise<void> {
    pending = 'all';
    return go();
  }

  return {
    async scene() {
      if (state.scene === null && running !== null) await running;
      else if (state.revision === 0) await refresh();
      if (state.scene !== null) return ok(state.scene);
      return { ok: false, error: state.failure ?? gone(first.path).error };
    },
    now: () => state,
    changed({ paths, gone: nowGone, day }) {
      const back = isGone && !nowGone;
      isGone = nowGone;
      if (closed || state.failure?.kind === 'cancelled') return;
      if (paths === null || back) pending = 'all';
      else if (paths.length > 0 && pending !== 'all') pending = new Set([...(pending ?? []), ...paths]);
      if (day) set({});
      if (pending !== null) void go();
    },
    refresh,
    age() {
      if (opened === null || running !== null || beingWritten(opened.store) === 0) return;
      pending ??= new Set();
      void go();
    },
    lookWhoRuns() {
      if (state.scene === null || running !== null) return;
      const locks = kernelLocks();
      const listed = locks?.filter(({ inode }) => lockFiles.has(inode)) ?? null;
      const key = JSON.stringify(listed);
      if (listed !== null && key === listedLocks) return;
      listedLocks = key;
      const now = runners(state.scene.root, locks);
      if (JSON.stringify([...now]) === JSON.stringify([...whoRuns])) return;
      whoRuns = now;
      set({ scene: { ...state.scene, running: now } });
    },
    stop() {
      pending = null;
      reading?.abort();
    },
    close() {
      closed = true;
      pending = null;
      reading?.abort();
      opened?.store.close();
    },
  };
}

function runners(root: AgentsRoot, locks = kernelLocks()): ReadonlyMap<string, Running> {
  return new Map(root.agents.map(({ name, dir }) => [name, readRunning(dir, locks)]));
}

const foldersOf = ({ agents }: AgentsRoot): string => agents.map(({ dir }) => dir).join('\0');

/** Whether the same folders hold logs, so that what was read of them stays. */
const sameAgents = (a: AgentsRoot, b: AgentsRoot): boolean => foldersOf(a) === foldersOf(b);

/** Lines that may not be at their end yet. */
function beingWritten(store: RecordStore): number {
  return store.tables().agents.reduce((sum, { badCounts }) => sum + badCounts['being-written'], 0);
}

/** Whether a path is a log, or a folder of logs, of an agent: no file that is read by itself. */
function isLog(root: AgentsRoot, path: string): boolean {
  return root.agents.some(({ dir }) => path.startsWith(`${dir}${sep}log${sep}`));
}

/** A path as `AgentFolder` names it: below the root, with `/`. */
function below(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function gone(path: string) {
  return fail(
    'not-found',
    `${path} is no longer there. It was moved, renamed or removed.`,
    'When it is back at this place the view goes on by itself. Otherwise open it where it is now.',
  );
}

function brokenOff(path: string, error: unknown): Failure {
  return fail(
    'io',
    `The agents of ${path} could not be read.`,
    'They are read again when anything changes there, or when the folder is opened again.',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  ).error;
}

function noAgents(path: string) {
  return fail(
    'not-found',
    `There are no agents in ${path} any more.`,
    'An agent is a folder with a model.md. When one is back the view goes on by itself.',
  );
}

function stoppedByPerson(path: string): Failure {
  return fail(
    'cancelled',
    `Reading the agents of ${path} was stopped, so none of their runs are shown.`,
    'Open the folder again when you want to see them.',
  ).error;
}
