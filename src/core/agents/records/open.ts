import { join, relative, resolve, sep } from 'node:path';
import type { BadLine } from '../../../contract/records.ts';
import { ok, type Result } from '../../result.ts';
import type { AgentsRoot } from '../places.ts';
import type { AgentStore } from './agent-store.ts';
import { CacheSaver } from './cache-saver.ts';
import { firstReading } from './first-reading.ts';
import { MirrorLinks, targetOf, type Update } from './links.ts';
import type { RecordTables } from './table.ts';

/** How far the first reading is, in bytes of logs. */
export type RecordsProgress = { readonly done: number; readonly total: number | null };

export type OpenOptions = {
  /** the user's app folder */
  readonly dataDir: string;
  readonly onProgress?: ((progress: RecordsProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** The records of all agents of a root. Everything but `refresh` answers from memory, and from the logs themselves. */
export type RecordStore = {
  readonly root: AgentsRoot;
  tables(): RecordTables;
  /**
   * Reads what changed and returns the agents concerned. `paths`: absolute, files or folders that may have changed;
   * without them every log is compared by `stat`.
   */
  refresh(paths?: Iterable<string>): Promise<readonly string[]>;
  close(): void;
  /** the agent's part of the store */
  agent(name: string): AgentStore | null;
  /** the target's own line of a mirror */
  target(agent: string, row: number): { readonly agent: string; readonly row: number } | null;
  badLines(agent: string | null): readonly BadLine[];
};

/** Opens the records of a root: from the app folder what is unchanged, from the logs what is not. */
export async function openRecords(root: AgentsRoot, options: OpenOptions): Promise<Result<RecordStore>> {
  const saver = new CacheSaver(options.dataDir);
  const first = await firstReading(root, options);
  if (!first.ok) return first;
  const stores = first.value.map(({ store }) => store);
  for (const { store, unsaved } of first.value) saver.changed(store, unsaved);
  const links = new MirrorLinks();
  let revision = 0;
  let tables: RecordTables | null = null;

  /** Brings what lies between the agents up to date and says which of them are others now. */
  const settle = (updated: ReadonlyMap<AgentStore, Update>): readonly string[] => {
    const changed = new Set(links.update(stores, updated));
    for (const store of stores) if (store.aging) changed.add(store);
    for (const store of changed) store.touch();
    for (const [store, { did, rows }] of updated)
      if (did !== 'same') {
        changed.add(store);
        saver.changed(store, rows);
      }
    if (changed.size > 0) {
      revision += 1;
      tables = null;
    }
    return [...changed].map(({ place }) => place.name);
  };

  settle(new Map(stores.map((store) => [store, { did: 'moved', from: 0, rows: 0 }])));
  return ok({
    root,
    tables: () => (tables ??= { revision, agents: stores.map((store) => store.records) }),
    refresh: (paths) => {
      const hints = paths === undefined ? null : hintsOf(stores, paths);
      const updated = new Map<AgentStore, Update>();
      for (const store of stores)
        if (hints === null || hints.has(store)) updated.set(store, updateOf(store, hints?.get(store)));
      return Promise.resolve(settle(updated));
    },
    close: () => saver.close(),
    agent: (name) => stores.find(({ place }) => place.name === name) ?? null,
    target: (agent, row) => {
      const store = stores.find(({ place }) => place.name === agent);
      const found = store === undefined ? null : targetOf(stores, store, row);
      return found === null ? null : { agent: found.store.place.name, row: found.row };
    },
    badLines: (agent) =>
      stores
        .filter(({ place }) => agent === null || place.name === agent)
        .flatMap((store) => store.badLines()),
  });
}

function updateOf(store: AgentStore, only: readonly string[] | undefined): Update {
  const from = store.columns.count;
  const did = store.update(only);
  return { did, from, rows: did === 'moved' ? Infinity : store.columns.count - from };
}

/** Which agents' logs may have changed, and which of them; a path above a log means all of the agent's. */
function hintsOf(
  stores: readonly AgentStore[],
  paths: Iterable<string>,
): Map<AgentStore, string[] | undefined> {
  const hints = new Map<AgentStore, string[] | undefined>();
  for (const path of paths) {
    for (const store of stores) {
      const way = relative(store.place.dir, resolve(path)).split(sep).join('/');
      if (way.startsWith('log/') && !way.startsWith('../')) {
        const known = hints.has(store) ? hints.get(store) : [];
        hints.set(store, known === undefined ? undefined : [...known, way]);
      } else if (way === '' || way === 'log' || isAbove(path, store.place.dir)) hints.set(store, undefined);
    }
  }
  return hints;
}

const isAbove = (path: string, dir: string): boolean => dir.startsWith(join(resolve(path), sep));
