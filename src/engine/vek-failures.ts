import type { FailureEvent, FailureScan } from '../contract/scale.ts';
import { runJob } from '../core/jobs/run.ts';
import { ok, type Result } from '../core/result.ts';
import { limits } from '../core/storage/limits.ts';
import { findFailedIn } from '../core/vek/failed-job.ts';
import type { VekIndex } from '../core/vek/index-read.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek } from '../core/vek/store.ts';
import { createChannel } from './channel.ts';
import { bitsOf, extended, grewFrom, searchedUpTo, type Found } from './vek-found.ts';

type Progress = (done: number, total: number) => void;

/** The calls of one repository that failed, as far as they were looked for. */
export type Failures = {
  /** the repository changed: what is known is extended, and a small repository is searched unasked */
  soon(index: VekIndex): void;
  /** one byte per node, 1 where the call failed; null while that is not known */
  bits(index: VekIndex): Uint8Array | null;
  /** `bits`, after a search where they are not known; stopping the last one who waits stops it */
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

type Search = {
  readonly index: VekIndex;
  readonly result: Promise<Result<Found>>;
  readonly abort: AbortController;
  readonly heard: Set<Progress>;
  done: number;
  total: number;
  waiting: number;
};

/** `found` is told how many failed calls became known, none also when a search ends with none. */
export function createFailures(paths: RepositoryPaths, found: (more: number) => void): Failures {
  const closing = new AbortController();
  let known: Found | null = null;
  let drawn: { readonly of: Found; readonly bits: Uint8Array } | null = null;
  let running: Search | null = null;
  let timer: NodeJS.Timeout | null = null;

  function usable(index: VekIndex): Found | null {
    return known !== null && known.index.count > 0 && grewFrom(index, known.index) ? known : null;
  }

  /** What is known of this very index; a few new calls are looked at right here. */
  function upTo(index: VekIndex): Found | null {
    const before = usable(index);
    if (before === null || before.index === index) return before;
    if (index.count - before.index.count > limits.failuresInlineCalls) return null;
    const more = lookAtVek(paths, (s) => findFailedIn(s, searchedUpTo(before)));
    if (!more.ok) return null;
    known = extended(before, index, more.value);
    if (more.value.length > 0) found(more.value.length);
    return known;
  }

  function draw(of: Found): Uint8Array {
    if (drawn?.of !== of) drawn = { of, bits: bitsOf(of.index, of) };
    return drawn.bits;
  }

  function start(index: VekIndex): Search {
    const before = usable(index);
    const abort = new AbortController();
    const heard = new Set<Progress>();
    const search: Search = {
      index,
      abort,
      heard,
      done: 0,
      total: index.count,
      waiting: 0,
      result: runJob(
        'vek.failed',
        { paths, afterRowid: before === null ? 0 : searchedUpTo(before) },
        {
          signal: abort.signal,
          onProgress: ({ done, total }) => {
            search.done = done;
            search.total = total;
            for (const hear of heard) hear(done, total);
          },
        },
      ).then((result): Result<Found> => {
        running = null;
        if (!result.ok) return result;
        known = before === null ? { index, rowids: result.value } : extended(before, index, result.value);
        found(result.value.length);
        return ok(known);
      }),
    };
    running = search;
    return search;
  }

  async function find(
    index: VekIndex,
    signal?: AbortSignal,
    progress?: Progress,
  ): Promise<Result<Uint8Array>> {
    const at = upTo(index);
    if (at !== null) return ok(draw(at));
    if (running !== null && running.index !== index) running.abort.abort();
    const search = running?.index === index ? running : start(index);
    if (progress !== undefined) search.heard.add(progress);
    search.waiting++;
    const leave = (): void => {
      if (--search.waiting === 0) search.abort.abort();
    };
    if (signal?.aborted === true) leave();
    else signal?.addEventListener('abort', leave, { once: true });
    const result = await search.result;
    signal?.removeEventListener('abort', leave);
    if (progress !== undefined) search.heard.delete(progress);
    return result.ok ? ok(draw(result.value)) : result;
  }

  async function* run(index: VekIndex, signal?: AbortSignal): AsyncGenerator<FailureEvent, void, void> {
    const channel = createChannel<FailureEvent>();
    const abort = new AbortController();
    const stop = (): void => abort.abort();
    signal?.addEventListener('abort', stop);
    const events = channel.subscribe();
    const first = events.next();
    const tell = async (): Promise<void> => {
      const result = await find(index, abort.signal, (done, total) =>
        channel.publish({ type: 'progress', done, total }),
      );
      channel.publish(
        result.ok
          ? { type: 'done', failed: known?.rowids.length ?? 0 }
          : { type: 'failed', error: result.error },
      );
      channel.close();
    };
    void tell();
    try {
      const head = await first;
      if (head.done === true) return;
      yield head.value;
      yield* events;
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
    }
  }

  return {
    find,
    run,
    soon(index) {
      if (timer !== null) return;
      const before = usable(index);
      if (before?.index === index) return;
      if (before === null && index.count > limits.failuresUnaskedCalls) return;
      timer = setTimeout(() => {
        timer = null;
        void find(index, closing.signal);
      }, AFTER_MS);
      timer.unref();
    },
    bits(index) {
      const at = upTo(index);
      return at === null ? null : draw(at);
    },
    scan(index) {
      const at = upTo(index);
      if (at !== null) return { state: 'known', failed: at.rowids.length };
      return running === null
        ? { state: 'unknown' }
        : { state: 'searching', done: running.done, total: running.total };
    },
    distrust() {
      known = null;
      running?.abort.abort();
    },
    close() {
      closing.abort();
      running?.abort.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
