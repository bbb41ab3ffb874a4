import type { EngineEvent } from '../contract/workspace.ts';
import type { Log } from '../core/log/log.ts';
import type { FoundStore } from '../core/workspace/inspect.ts';
import type { EngineOptions } from './options.ts';
import { createAgentsSession } from './agents/create.ts';
import type { AgentsSession } from './agents/session.ts';
import { createLedgerSession } from './aex/create.ts';
import type { LedgerSession } from './aex/session.ts';
import { createVekSession, type VekSession } from './vek-session.ts';

/** A source stays open this long after its last window went, so that a reload finds it warm. */
const GRACE_MS = 30_000;

/** An open source of any kind. */
export type Session = VekSession | AgentsSession | LedgerSession;

export type SessionPool = {
  acquire(store: FoundStore, hear: (event: EngineEvent) => void): { session: Session; release: () => void };
  close(): void;
};

type Entry = {
  readonly session: Session;
  readonly listeners: Set<(event: EngineEvent) => void>;
  timer: NodeJS.Timeout | null;
};

/** One session a place: the same folder may be a repository and a root of agents. */
const keyOf = (store: FoundStore): string => `${store.kind} ${store.path}`;

function create(
  store: FoundStore,
  options: EngineOptions,
  log: Log,
  tell: (event: EngineEvent) => void,
): Session {
  switch (store.kind) {
    case 'vek':
      return createVekSession(store, options, log, tell);
    case 'agents':
      return createAgentsSession(store, options, log, tell);
    case 'aex':
      return createLedgerSession(store, options, log, tell);
    default:
      return store satisfies never;
  }
}

/** Open sources, shared by every window that shows them. */
export function createSessionPool(options: EngineOptions, log: Log): SessionPool {
  const entries = new Map<string, Entry>();

  function entryOf(store: FoundStore): Entry {
    const known = entries.get(keyOf(store));
    if (known !== undefined) {
      known.session.reopen();
      return known;
    }
    const listeners = new Set<(event: EngineEvent) => void>();
    const tell = (event: EngineEvent): void => {
      for (const listener of listeners) listener(event);
    };
    const session = create(store, options, log, tell);
    const entry: Entry = { session, listeners, timer: null };
    entries.set(keyOf(store), entry);
    return entry;
  }

  return {
    acquire(store, hear) {
      const entry = entryOf(store);
      if (entry.timer !== null) clearTimeout(entry.timer);
      entry.timer = null;
      const listener = (event: EngineEvent): void => hear(event);
      entry.listeners.add(listener);
      return {
        session: entry.session,
        release() {
          entry.listeners.delete(listener);
          if (entry.listeners.size > 0) return;
          entry.timer = setTimeout(() => {
            entries.delete(keyOf(store));
            entry.session.close();
          }, GRACE_MS);
          entry.timer.unref();
        },
      };
    },
    close() {
      for (const entry of entries.values()) {
        if (entry.timer !== null) clearTimeout(entry.timer);
        entry.session.close();
      }
      entries.clear();
    },
  };
}
