import { runJob } from '../core/jobs/run.ts';
import { ok, type Result } from '../core/result.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import type { VekIndex } from '../core/vek/index-read.ts';
import type { Failures } from './vek-failures.ts';
import { beginsWith, bitsOf, extended, type Found } from './vek-found.ts';
import type { ContentMatch } from './vek-views.ts';

/** Answers that are kept, so that a growing store is searched in its new calls only. */
const KEPT = 8;

type Progress = (done: number, total: number) => void;

/** Finds calls by what they contain, in jobs beside the engine; those that failed by what `failures` knows. */
export function contentMatcher(paths: RepositoryPaths, failures: Failures, progress: Progress): ContentMatch {
  const known = new Map<string, Found>();

  async function find(text: string, index: VekIndex, signal: AbortSignal): Promise<Result<Uint8Array>> {
    const kept = known.get(text);
    const before = kept !== undefined && beginsWith(index, kept.reach) ? kept : null;
    if (before?.reach.count === index.count) return ok(bitsOf(index, before));
    const found = await runJob(
      'vek.search',
      { paths, text, afterRowid: before?.reach.rowid ?? 0 },
      { onProgress: ({ done, total }) => progress(done, total), signal },
    );
    if (!found.ok) return found;
    const now = extended(before, index, found.value);
    known.delete(text);
    known.set(text, now);
    for (const old of known.keys()) {
      if (known.size <= KEPT) break;
      known.delete(old);
    }
    return ok(bitsOf(index, now));
  }

  return async ({ index }, { texts, notTexts, failed, notFailed }, signal) => {
    let bits: Uint8Array | null = null;
    /** Keeps what has `wanted` among `found`: 1 for those found, 0 for the others. */
    const keep = (found: Uint8Array, wanted: 0 | 1): void => {
      bits ??= new Uint8Array(index.count).fill(1);
      for (let i = 0; i < bits.length; i++) if (found[i] !== wanted) bits[i] = 0;
    };
    for (const [list, wanted] of [
      [texts, 1],
      [notTexts, 0],
    ] as const) {
      for (const text of list) {
        const found = await find(text, index, signal);
        if (!found.ok) return found;
        keep(found.value, wanted);
      }
    }
    if (failed || notFailed) {
      const found = await failures.find(index, signal, progress);
      if (!found.ok) return found;
      if (failed) keep(found.value, 1);
      if (notFailed) keep(found.value, 0);
    }
    return ok(bits ?? new Uint8Array(index.count).fill(1));
  };
}
