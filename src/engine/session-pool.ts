import type { EngineEvent } from '../contract/workspace.ts';
import type { Log } from '../core/log/log.ts';
import type { FoundStore } from '../core/workspace/inspect.ts';
import type { EngineOptions } from './options.ts';
import { createVekSession, type VekSession } from './vek-session.ts';

/** A source stays open this long after its last window went, so that a reload finds it warm. */
const GRACE_MS = 30_000;

export type SessionPool = {
  acquire(
    store: FoundStore,
    hear: (event: EngineEvent) => void,
  ): { session: VekSession; release: () => void };
  close(): void;
};

type Entry = {
  readonly session: VekSession;
  readonly listeners: Set<(event: EngineEvent) => void>;
  timer: NodeJS.Timeout | null;
};

/** Open sources, shared by every window that shows them. */
export function createSessionPool(options: EngineOptions, log: Log): SessionPool {
  const entries = new Map<string, Entry>();

  function entryOf(store: FoundStore): Entry {
    const known = entries.get(store.paths.dir);
    if (known !== undefined) {
      known.session.reopen();
      return known;
    }
    const listeners = new Set<(event: EngineEvent) => void>();
    const session = createVekSession(store, options, log, (event) => {
      for (const listener of listeners) listener(event);
    });
    const entry: Entry = { session, listeners, timer: null };
    entries.set(store.paths.dir, entry);
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
            entries.delete(store.paths.dir);
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
