import type { FailureEvent, FailureScan } from '../contract/scale.ts';
import { runJob } from '../core/jobs/run.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { limits } from '../core/storage/limits.ts';
import { dropFailed, loadFailed, saveFailed, type Reach } from '../core/vek/failed-cache.ts';
import { findFailedIn } from '../core/vek/failed-job.ts';
import type { VekIndex } from '../core/vek/index-read.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek } from '../core/vek/store.ts';
import { eventsOf } from './channel.ts';
import { beginsWith, bitsOf, extended, type Found } from './vek-found.ts';

type Progress = (done: number, total: number) => void;

/** The calls of one repository that failed, as far as they were looked for. */
export type Failures = {
  /** the repository changed: what is known is extended, and a small repository is searched unasked */
  soon(index: VekIndex): void;
  /** one byte per node, 1 where the call failed; null while that is not known */
  bits(index: VekIndex): Uint8Array | null;
  /** `bits`, after a search where they are not known; when nobody waits for a search any more it is stopped */
  find(index: VekIndex, signal?: AbortSignal, progress?: Progress): Promise<Result<Uint8Array>>;
  /** the same as events */
  run(index: VekIndex, signal?: AbortSignal): AsyncGenerator<FailureEvent, void, void>;
  scan(index: VekIndex): FailureScan;
  /** what is known is wrong: the store is another one than was searched */
  distrust(): void;
  close(): void;
};

/** Milliseconds after a change before an unasked search, so that the window is served first. */
const AFTER_MS = 300;
/** Searches in one `find` before giving up: the store may be replaced while it is searched. */
const ATTEMPTS = 3;
/** States of a growing store that are remembered, for those who still ask about one of them. */
const REMEMBERED = 16;

type Search = {
  readonly result: Promise<Result<Found>>;
  readonly abort: AbortController;
  readonly heard: Set<Progress>;
  done: number;
  total: number;
  waiting: number;
};

type Keeping = { readonly dataDir: string; readonly version: string };

function replaced(): Result<never> {
  return fail(
    'busy',
    'The repository was replaced again and again while its failed calls were looked for.',
    'Try again when the other process is done.',
  );
}

/** `found` is told how many failed calls became known, none also when a search ends with none. */
export function createFailures(
  paths: RepositoryPaths,
  { dataDir, version }: Keeping,
  found: (more: number) => void,
): Failures {
  const closing = new AbortController();
  let known: Found | null = null;
  /** what `known` was before it was extended */
  let earlier: Reach[] = [];
  let saved: Found | null = null;
  let loaded = false;
  let drawn: { readonly of: Found; readonly index: VekIndex; readonly bits: Uint8Array } | null = null;
  let running: Search | null = null;
  let timer: NodeJS.Timeout | null = null;

  /** What is known of the first calls of an index, perhaps of all. */
  function usable(index: VekIndex): Found | null {
    if (!loaded) saved = known = loadFailed(paths, dataDir, version);
    loaded = true;
    if (known === null || beginsWith(index, known.reach)) return known;
    return earlier.some((reach) => reach.count === index.count && beginsWith(index, reach)) ? known : null;
  }

  function learn(before: Found | null, index: VekIndex, more: Float64Array): Found {
    earlier = before === null ? [] : [...earlier, before.reach].slice(-REMEMBERED);
    known = extended(before, index, more);
    return known;
  }

  /** What is known of a whole index; a few new calls are looked at right here. */
  function upTo(index: VekIndex): Found | null {
    const before = usable(index);
    if (before === null || before.reach.count >= index.count) return before;
    if (index.count - before.reach.count > limits.failuresInlineCalls) return null;
    const more = lookAtVek(paths, (s) => findFailedIn(s, before.reach.rowid));
    if (!more.ok) return null;
    const now = learn(before, index, more.value);
    if (more.value.length > 0) found(more.value.length);
    return now;
  }

  function draw(of: Found, index: VekIndex): Uint8Array {
    if (drawn?.of !== of || drawn.index !== index) drawn = { of, index, bits: bitsOf(index, of) };
    return drawn.bits;
  }

  function save(): void {
    if (known === null || known === saved) return;
    saveFailed(paths, dataDir, version, known);
    saved = known;
  }

  function start(index: VekIndex): Search {
    const before = usable(index);
    const abort = new AbortController();
    const heard = new Set<Progress>();
    const onProgress = ({ done, total }: { done: number; total: number }): void => {
      search.done = done;
      search.total = total;
      for (const hear of heard) hear(done, total);
    };
    const job = runJob(
      'vek.failed',
      { paths, afterRowid: before?.reach.rowid ?? 0 },
      { signal: abort.signal, onProgress },
    );
    const result = job.then((answer): Result<Found> => {
      if (running === search) running = null;
      if (!answer.ok) return answer;
      const now = learn(before, index, answer.value);
      save();
      found(answer.value.length);
      return ok(now);
    });
    const search: Search = { result, abort, heard, done: 0, total: index.count, waiting: 0 };
    running = search;
    return search;
  }

  async function waitFor(search: Search, signal?: AbortSignal, progress?: Progress): Promise<Result<Found>> {
    search.waiting++;
    const leave = (): void => {
      if (--search.waiting > 0) return;
      if (running === search) running = null;
      search.abort.abort();
    };
    if (signal?.aborted === true) leave();
    else signal?.addEventListener('abort', leave, { once: true });
    if (progress !== undefined) search.heard.add(progress);
    const result = await search.result;
    signal?.removeEventListener('abort', leave);
    if (progress !== undefined) search.heard.delete(progress);
    return result;
  }

  async function find(
    index: VekIndex,
    signal?: AbortSignal,
    progress?: Progress,
  ): Promise<Result<Uint8Array>> {
    for (let attempt = 1; ; attempt++) {
      const at = upTo(index);
      if (at !== null) return ok(draw(at, index));
      // A search of the same store as it was a moment ago is waited for: what came since is little.
      const result = await waitFor(running ?? start(index), signal, progress);
      if (!result.ok) return result;
      if (attempt === ATTEMPTS) return replaced();
    }
  }

  function run(index: VekIndex, signal?: AbortSignal): AsyncGenerator<FailureEvent, void, void> {
    return eventsOf(async (tell, stop) => {
      const result = await find(index, stop, (done, total) => tell({ type: 'progress', done, total }));
      const failed = known?.rowids.length ?? 0;
      tell(result.ok ? { type: 'done', failed } : { type: 'failed', error: result.error });
    }, signal);
  }

  return {
    find,
    run,
    soon(index) {
      if (timer !== null) return;
      const searched = usable(index)?.reach.count ?? 0;
      if (searched >= index.count || index.count - searched > limits.failuresUnaskedCalls) return;
      timer = setTimeout(() => {
        timer = null;
        void find(index, closing.signal);
      }, AFTER_MS);
      timer.unref();
    },
    bits(index) {
      const at = upTo(index);
      return at === null ? null : draw(at, index);
    },
    scan(index) {
      const at = upTo(index);
      if (at !== null) return { state: 'known', failed: at.rowids.length };
      return running === null
        ? { state: 'unknown' }
        : { state: 'searching', done: running.done, total: running.total };
    },
    distrust() {
      known = saved = null;
      earlier = [];
      loaded = true;
      dropFailed(paths, dataDir);
      running?.abort.abort();
      running = null;
    },
    close() {
      closing.abort();
      running?.abort.abort();
      if (timer !== null) clearTimeout(timer);
      save();
    },
  };
}
