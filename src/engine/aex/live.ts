import type { LedgerIndex } from '../../core/aex/columns.ts';
import { openIndex, refreshIndex } from '../../core/aex/index/open.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import { lookAtLedger } from '../../core/aex/store.ts';
import type { Failure, Result } from '../../core/result.ts';
import { storeSignature } from '../../core/storage/signature.ts';
import { readBrief, type LedgerBrief } from './brief.ts';
import { createConfirming } from './confirming.ts';
import { brokenOff, busy, gone, stoppedByPerson } from './failures.ts';

/** A ledger as it is now: what its tables say, which is there at once, and the index of its entries, which may follow. */
export type LedgerState = {
  readonly brief: LedgerBrief | null;
  readonly index: LedgerIndex | null;
  readonly revision: number;
  /** of the files when the tables were read; another one: something may have changed */
  readonly signature: string | null;
  readonly failure: Failure | null;
  /** the log is being read for the first time, or anew */
  readonly loading: boolean;
  /** why the log can't be read, though its tables can; a person may have stopped it */
  readonly indexFailure: Failure | null;
};

export type LedgerLive = {
  now(): LedgerState;
  /** what the tables say; waits for the first look */
  brief(): Promise<Result<LedgerBrief>>;
  /** the index; waits for it */
  index(signal?: AbortSignal): Promise<Result<LedgerIndex>>;
  /** the first lines were shown: the log may be read now */
  shown(): void;
  /** reads what changed; changes that come meanwhile are read after it */
  refresh(): Promise<void>;
  /** what is shown is not what was indexed: the next reading makes the index anew */
  distrust(): void;
  /** the same is to be asked for again */
  touch(): void;
  stop(): void;
  /** reads on after a stop or a failure */
  again(): void;
  stopped(): boolean;
  close(): void;
};

type Hear = {
  changed(): void;
  progress(done: number, total: number | null): void;
  /** an index was made anew: what was known of single entries does not count any more */
  rebuilt(): void;
  fault(error: unknown): void;
};

/** A ledger of more bytes is not there at once: its first lines are shown before its index takes the thread. */
const LARGE_BYTES = 32 * 1024 * 1024;
/** The longest that the index of a large ledger waits for its first lines to be shown, in ms. */
const SHOWN_MS = 250;

/** How often an index is made anew in one refresh before giving up. */
const REBUILDS = 3;

/** Keeps a ledger up to date. Nothing is read before the first question. */
export function createLedgerLive(paths: LedgerPaths, dataDir: string, hear: Hear): LedgerLive {
  let state: LedgerState = {
    brief: null,
    index: null,
    revision: 0,
    signature: null,
    failure: null,
    loading: false,
    indexFailure: null,
  };
  let signatureNow: string | null = null;
  let trusted = true;
  let running: Promise<void> | null = null;
  let again = false;
  let reading: AbortController | null = null;
  let closed = false;
  const firstShown = Promise.withResolvers<void>();
  const waiting = new Set<() => void>();
  const confirming = createConfirming(paths, () => state.index, onStale);

  function set(next: Partial<LedgerState>): void {
    state = { ...state, ...next, revision: state.revision + 1 };
    if (!closed) hear.changed();
    wakeAll();
  }

  /** Those who wait take themselves off the list, and may wait anew. */
  function wakeAll(): void {
    const now = Array.from(waiting);
    waiting.clear();
    for (const wake of now) wake();
  }

  /** Reads the tables; false: nothing changed since they were read. */
  function look(): boolean {
    const signature = storeSignature(paths.db);
    if (signature === null) {
      signatureNow = null;
      set({ brief: null, index: null, failure: gone(paths), loading: false, indexFailure: null });
      return true;
    }
    if (signature === signatureNow && state.brief !== null) return false;
    const brief = lookAtLedger(paths, (at) => readBrief(at, trusted ? (state.brief?.counts ?? null) : null));
    if (!brief.ok) {
      signatureNow = null;
      set({ brief: null, index: null, failure: brief.error, loading: false, indexFailure: null });
      return true;
    }
    signatureNow = signature;
    state = { ...state, signature };
    // With an index the two are told together.
    if (state.index !== null) state = { ...state, brief: brief.value, failure: null };
    else set({ brief: brief.value, failure: null, loading: state.indexFailure?.kind !== 'cancelled' });
    return true;
  }

  /** What was read earlier is of entries that were changed since. */
  function onStale(): void {
    if (closed) return;
    trusted = false;
    signatureNow = null;
    void refresh();
  }

  async function readIndex(): Promise<void> {
    if (state.brief === null || state.indexFailure?.kind === 'cancelled') return;
    const before = state.index;
    if (before !== null && trusted) {
      const grown = refreshIndex(paths, before);
      if (grown.ok) {
        confirming.soon(grown.value);
        set({ index: grown.value, failure: null, loading: false, indexFailure: null });
        return;
      }
      if (grown.error.kind !== 'conflict') {
        set({ index: null, loading: false, indexFailure: grown.error });
        return;
      }
      trusted = false;
      // Rows that went while others came are in no count of new ones.
      const brief = lookAtLedger(paths, (at) => readBrief(at, null));
      set({ index: null, loading: true, brief: brief.ok ? brief.value : state.brief });
    }
    for (let attempt = 0; attempt < REBUILDS; attempt++) {
      reading = new AbortController();
      const { signal } = reading;
      const anew = !trusted;
      const opened = await openIndex(paths, { dataDir, signal, onProgress: hear.progress, anew, onStale });
      reading = null;
      if (!opened.ok && opened.error.kind === 'conflict' && !closed) continue;
      if (!opened.ok) {
        const error = signal.aborted ? stoppedByPerson(paths) : opened.error;
        set({ index: null, loading: false, indexFailure: error });
        return;
      }
      trusted = true;
      if (anew) hear.rebuilt();
      set({ index: opened.value, loading: false, indexFailure: null });
      return;
    }
    set({ index: null, loading: false, indexFailure: busy(paths) });
  }

  /** Lets what waits for the tables go first. */
  async function beforeIndex(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (!isLarge(state.brief)) return;
    await Promise.race([firstShown.promise, new Promise((resolve) => setTimeout(resolve, SHOWN_MS))]);
  }

  const goesOn = (): boolean => again && !closed;

  async function run(): Promise<void> {
    do {
      again = false;
      try {
        const changed = look();
        // The tables are shown before the log is read.
        if (state.index === null) await beforeIndex();
        if (!closed && (changed || state.index === null || !trusted)) await readIndex();
      } catch (error) {
        hear.fault(error);
        signatureNow = null;
        set({ brief: null, index: null, failure: brokenOff(paths, error), loading: false });
      }
    } while (goesOn());
  }

  function refresh(): Promise<void> {
    if (running !== null) {
      again = true;
      return running;
    }
    running = run().finally(() => {
      running = null;
      wakeAll();
    });
    return running;
  }

  /** Waits until something is known, or nothing is being read any more. */
  async function until(known: () => boolean, signal?: AbortSignal): Promise<void> {
    if (state.revision === 0 && running === null) void refresh();
    const waits = (): boolean => !known() && running !== null && signal?.aborted !== true;
    while (waits()) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal?.addEventListener('abort', wake);
      });
    }
  }

  return {
    now: () => state,
    async brief() {
      await until(() => state.brief !== null || state.failure !== null);
      if (state.brief !== null) return { ok: true, value: state.brief };
      return { ok: false, error: state.failure ?? gone(paths) };
    },
    async index(signal) {
      await until(
        () => state.index !== null || state.failure !== null || state.indexFailure !== null,
        signal,
      );
      if (state.index !== null) return { ok: true, value: state.index };
      return { ok: false, error: state.failure ?? state.indexFailure ?? stoppedByPerson(paths) };
    },
    shown: () => firstShown.resolve(),
    refresh,
    distrust() {
      trusted = false;
      signatureNow = null;
    },
    touch: () => set({}),
    stop() {
      again = false;
      if (reading !== null) reading.abort();
      else if (state.loading) set({ loading: false, indexFailure: stoppedByPerson(paths) });
    },
    again() {
      state = { ...state, indexFailure: null };
      signatureNow = null;
      void refresh();
    },
    stopped: () => state.indexFailure?.kind === 'cancelled',
    close() {
      closed = true;
      again = false;
      reading?.abort();
      confirming.close();
    },
  };
}

/** Whether its index is worth waiting for. */
export const isLarge = (brief: LedgerBrief | null): boolean =>
  brief !== null && brief.fileBytes > LARGE_BYTES;
