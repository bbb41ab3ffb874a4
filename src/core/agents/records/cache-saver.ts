import type { AgentStore } from './agent-store.ts';
import { pruneAgents, saveAgent } from './cache.ts';

/** Fewer new records are read again in no time. */
const WORTH_ROWS = 2_000;
/** Saved one agent at a time with pauses, so that nobody waits for it. */
const PAUSE_MS = 50;
const QUIET_MS = 2_000;

/** Keeps the tables in the app folder up to date, when there is time for it and when the store is closed. */
export class CacheSaver {
  readonly #dataDir: string;
  readonly #unsaved = new Map<AgentStore, number>();
  #timer: NodeJS.Timeout | null = null;
  #saved = false;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** So many records of an agent are not in its file; Infinity: the file does not fit at all. */
  changed(store: AgentStore, rows: number): void {
    if (rows === 0) return;
    this.#unsaved.set(store, (this.#unsaved.get(store) ?? 0) + rows);
    this.#wait(QUIET_MS);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const store of this.#due()) this.#save(store);
    this.#prune();
  }

  #due(): readonly AgentStore[] {
    return [...this.#unsaved]
      .filter(
        ([store, rows]) =>
          store.columns.count >= WORTH_ROWS && rows >= Math.max(WORTH_ROWS, store.columns.count / 100),
      )
      .map(([store]) => store);
  }

  #wait(ms: number): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const [next] = this.#due();
      if (next === undefined) {
        this.#prune();
        return;
      }
      this.#save(next);
      this.#wait(PAUSE_MS);
    }, ms).unref();
  }

  #save(store: AgentStore): void {
    this.#unsaved.delete(store);
    this.#saved = saveAgent(this.#dataDir, store.place.dir, store.data) || this.#saved;
  }

  #prune(): void {
    if (this.#saved) pruneAgents(this.#dataDir);
    this.#saved = false;
  }
}
