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

  return async ({ index }, { texts, failed }, signal) => {
    let bits: Uint8Array | null = null;
    const keep = (found: Uint8Array): void => {
      if (bits === null) bits = found.slice();
      else for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] as number) & (found[i] as number);
    };
    for (const text of texts) {
      const found = await find(text, index, signal);
      if (!found.ok) return found;
      keep(found.value);
    }
    if (failed) {
      const found = await failures.find(index, signal, progress);
      if (!found.ok) return found;
      keep(found.value);
    }
    return ok(bits ?? new Uint8Array(index.count).fill(1));
  };
}
