import { statSync } from 'node:fs';
import type { Problem } from '../contract/vek.ts';
import type { GraphIndex } from '../core/graph/index.ts';
import { runJob } from '../core/jobs/run.ts';
import { fail, ok, type Failure, type Result } from '../core/result.ts';
import { storeSignature } from '../core/storage/signature.ts';
import { readHead } from '../core/vek/head.ts';
import { hasIndex, loadIndex, saveIndex, type KnownIndex } from '../core/vek/index-cache.ts';
import { extendIndexIn } from '../core/vek/index-extend.ts';
import { fromTransfer, readAllIn, type VekIndex } from '../core/vek/index-read.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek, type VekLook } from '../core/vek/store.ts';
import { makeGraph, type VekGraph } from './vek-graph.ts';
import { openingProblems } from './vek-overview.ts';

/** Databases above this size are indexed in a thread of their own, so that the window stays quick meanwhile. */
const INLINE_BYTES = 16 * 1024 * 1024;
/** New calls after which the index in the app folder is written again while the store grows. */
const SAVE_EVERY = 20_000;

/** The graph of a repository as it is now, or why there is none. */
export type VekLive = {
  /** the newest graph; waits for the first one. `gone` and unreadable stores are failures. */
  graph(): Promise<Result<VekGraph>>;
  /** reads what changed; calls while one runs are answered by one more run after it */
  refresh(): Promise<void>;
  /** ends the reading of a large index; nothing is read until the next refresh */
  stop(): void;
  stopped(): boolean;
  /** the next refresh makes the index anew */
  distrust(): void;
  /** the same graph is to be asked for again */
  touch(): void;
  now(): LiveState;
  /** keeps the index in the app folder when it has grown */
  save(): void;
};

export type LiveState = {
  readonly graph: VekGraph | null;
  readonly revision: number;
  readonly failure: Failure | null;
  readonly problems: readonly Problem[];
  readonly loading: boolean;
  readonly objects: number;
  readonly schema: { readonly version: number | null; readonly note: string | null };
};

/** How often an index is made anew in one refresh before giving up: from the app folder, then from the store. */
const REBUILDS = 3;

type Hear = {
  changed(state: LiveState): void;
  progress(done: number, total: number): void;
};

type Looked = {
  readonly graph: VekGraph | null;
  readonly problems: readonly Problem[];
  readonly objects: ObjectCount;
  readonly schema: LiveState['schema'];
};

type ObjectCount = { readonly count: number; readonly last: number };

/** Counts objects, of a store that only grew by counting the new rows. */
function countObjects(s: VekLook, before: ObjectCount | null): ObjectCount {
  if (!s.schema.tables.has('objects')) return { count: 0, last: 0 };
  const number = (sql: string, ...values: number[]): number =>
    s.db
      .prepare<number[], number | null>(sql)
      .pluck()
      .get(...values) ?? 0;
  const last = number('SELECT max(rowid) FROM objects');
  if (before === null || last < before.last) return { count: s.counts().objects, last };
  return { count: before.count + number('SELECT count(*) FROM objects WHERE rowid > ?', before.last), last };
}

function isLarge(paths: RepositoryPaths): boolean {
  return (statSync(paths.db, { throwIfNoEntry: false })?.size ?? 0) > INLINE_BYTES;
}

function gone(paths: RepositoryPaths): Failure {
  return fail(
    'not-found',
    `${paths.db} is no longer there. It was moved, renamed or removed.`,
    'When it is back at this place the view goes on by itself. Otherwise open it where it is now.',
  ).error;
}

function stoppedByPerson(paths: RepositoryPaths): Failure {
  return fail(
    'cancelled',
    `Reading ${paths.db} was stopped, so none of its calls are shown.`,
    'Read it again when you want to see them.',
  ).error;
}

function busy(paths: RepositoryPaths): Failure {
  return fail(
    'busy',
    `${paths.db} was rewritten again and again while it was read.`,
    'Try again when the other process is done.',
  ).error;
}

/** True when a look found what was there before: the same calls, refs and HEAD. */
function isSame(a: VekGraph, b: VekGraph | null): boolean {
  return (
    b !== null &&
    a.index === b.index &&
    JSON.stringify(a.head) === JSON.stringify(b.head) &&
    a.refs.length === b.refs.length &&
    a.refs.every((ref, i) => ref.name === b.refs[i]?.name && ref.hash === b.refs[i]?.hash)
  );
}

/** Keeps the graph of one repository up to date. Nothing is read before the first question. */
export function createVekLive(paths: RepositoryPaths, dataDir: string, hear: Hear): VekLive {
  let state: LiveState = {
    graph: null,
    revision: 0,
    failure: null,
    problems: [],
    loading: false,
    objects: 0,
    schema: { version: null, note: null },
  };
  let objects: ObjectCount | null = null;
  let trusted = true;
  let saved: { count: number; signature: string } | null = null;
  let signatureNow: string | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let reading: AbortController | null = null;

  function set(next: Partial<LiveState>): void {
    state = { ...state, ...next };
  }

  async function known(): Promise<Result<KnownIndex | null>> {
    const cached = trusted ? loadIndex(paths, dataDir) : null;
    if (cached !== null) {
      saved = { count: cached.index.count, signature: cached.signature };
      return ok(cached);
    }
    if (!isLarge(paths)) return ok(null);
    set({ loading: true, failure: null });
    hear.changed(state);
    reading = new AbortController();
    const { signal } = reading;
    const read = await runJob(
      'vek.index',
      { paths, dataDir, anew: !trusted },
      { signal, onProgress: ({ done, total }) => hear.progress(done, total) },
    );
    reading = null;
    if (!read.ok) return signal.aborted ? { ok: false, error: stoppedByPerson(paths) } : read;
    const index = fromTransfer(read.value.data);
    saved = { count: index.count, signature: read.value.signature };
    return ok({ index, signature: read.value.signature });
  }

  /** Refs, HEAD and index of one moment; graph null where the index has to be read anew in a thread of its own. */
  function lookNow(previous: VekIndex | null, madeFrom: string | null): Result<Looked> {
    const head = readHead(paths);
    return lookAtVek(paths, (s) => {
      // Read inside the look: nothing was committed between the index and this moment.
      const fits = madeFrom !== null && madeFrom === storeSignature(paths.db);
      const extended = previous === null || fits ? previous : extendIndexIn(s, previous);
      const index = usableIndex(s, previous, extended);
      const graph = index === null ? null : makeGraph(index, s.refs(), head, state.graph);
      return {
        graph,
        problems: graph === null ? [] : openingProblems(paths, graph, s),
        objects: countObjects(s, extended === null ? null : objects),
        schema: {
          version: s.schema.version,
          note: s.problems.find((problem) => problem.kind === 'schema')?.message ?? null,
        },
      };
    });
  }

  function usableIndex(s: VekLook, previous: VekIndex | null, extended: GraphIndex | null): VekIndex | null {
    if (extended !== null) return extended === previous ? previous : fromTransfer(extended);
    const inline = s.salvage || !isLarge(paths);
    return inline ? fromTransfer(readAllIn(s)) : null;
  }

  async function refreshOnce(): Promise<void> {
    const signature = storeSignature(paths.db);
    if (signature === null) {
      objects = null;
      set({ graph: null, failure: gone(paths), problems: [], loading: false, revision: state.revision + 1 });
      return;
    }
    let previous = trusted ? (state.graph?.index ?? null) : null;
    let madeFrom: string | null = null;
    for (let attempt = 0; ; attempt++) {
      if (previous === null) {
        const read = await known();
        if (!read.ok) {
          set({ graph: null, failure: read.error, loading: false, revision: state.revision + 1 });
          return;
        }
        previous = read.value?.index ?? null;
        madeFrom = read.value?.signature ?? null;
        trusted = true;
      }
      const result = lookNow(previous, madeFrom);
      if (!result.ok) {
        set({
          graph: null,
          failure: result.error,
          problems: [],
          loading: false,
          revision: state.revision + 1,
        });
        return;
      }
      const looked = result.value;
      if (looked.graph === null) {
        if (attempt >= REBUILDS) {
          set({ graph: null, failure: busy(paths), loading: false, revision: state.revision + 1 });
          return;
        }
        previous = null;
        madeFrom = null;
        trusted = attempt === 0 && trusted;
        continue;
      }
      objects = looked.objects;
      if (signature === signatureNow && isSame(looked.graph, state.graph)) return;
      signatureNow = signature;
      set({
        graph: looked.graph,
        failure: null,
        problems: looked.problems,
        loading: false,
        objects: looked.objects.count,
        schema: looked.schema,
        revision: state.revision + 1,
      });
      const { count } = looked.graph.index;
      if (saved === null || Math.abs(count - saved.count) > SAVE_EVERY) save();
      return;
    }
  }

  function save(): void {
    const index = state.graph?.index;
    if (index === undefined || signatureNow === null) return;
    // The job that made the index may have been ended before it had kept it.
    if (saved?.signature === signatureNow && hasIndex(paths, dataDir)) return;
    saveIndex(paths, dataDir, index, signatureNow);
    saved = { count: index.count, signature: signatureNow };
  }

  async function run(): Promise<void> {
    do {
      again = false;
      const { revision } = state;
      await refreshOnce();
      if (state.revision !== revision) hear.changed(state);
    } while (again);
  }

  function refresh(): Promise<void> {
    if (running !== null) {
      again = true;
      return running;
    }
    running = run().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    async graph() {
      if (state.graph === null && running !== null) await running;
      else if (state.revision === 0) await refresh();
      if (state.graph !== null) return ok(state.graph);
      return { ok: false, error: state.failure ?? gone(paths) };
    },
    refresh,
    stop() {
      again = false;
      reading?.abort();
    },
    stopped: () => state.failure?.kind === 'cancelled',
    distrust() {
      trusted = false;
    },
    touch() {
      set({ revision: state.revision + 1 });
      hear.changed(state);
    },
    now: () => state,
    save,
  };
}
