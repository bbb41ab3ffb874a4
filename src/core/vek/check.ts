import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { CheckReport } from '../../contract/problem.ts';
import { runJob } from '../jobs/run.ts';
import { fail, ok, type Result } from '../result.ts';
import { storeSignature } from '../storage/signature.ts';
import { makeShared } from './check-job.ts';
import { makeReport } from './check-report.ts';
import type { CheckJobInput, CheckJobOutput, CheckProgress, PartOutput, Survey } from './check-types.ts';
import type { RepositoryPaths } from './paths.ts';

export type { CheckProgress } from './check-types.ts';

/** `workers`: threads at most (2 by default). `signal` ends the check at once. */
export type CheckOptions = {
  readonly workers?: number | undefined;
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Below this size of the file one thread is done before a second one has started. */
const bytesWorthSharing = 4 * 1024 * 1024;

/**
 * Checks everything in a repository: each hash recomputed from the stored bytes, each link followed, as vek's fsck
 * does (formats/vek.md §6) and more: unused objects, storage classes, cycles, refs, HEAD. Runs in jobs; never
 * changes the store. Fails only where the file can't be read at all, or when stopped.
 */
export async function checkRepository(
  paths: RepositoryPaths,
  options: CheckOptions = {},
): Promise<Result<CheckReport>> {
  const workers = Math.min(options.workers ?? 2, availableParallelism());
  if (workers > 1 && fileSize(paths.db) >= bytesWorthSharing) {
    const before = storeSignature(paths.db);
    const [surveyed, pages] = await Promise.all([
      runStep({ step: 'survey', paths }, options),
      runStep({ step: 'structure', paths }, options),
    ]);
    if (!surveyed.ok) return surveyed;
    if (surveyed.value.step === 'survey' && !surveyed.value.survey.salvage) {
      const parts = await shareOut(paths, surveyed.value.survey, workers, options);
      if (!parts.ok) return parts;
      if (parts.value !== null) {
        const same = before !== null && storeSignature(paths.db) === before;
        const seen = same && pages.ok && pages.value.step === 'structure' ? pages.value.structure : null;
        const report = makeReport(parts.value, seen);
        // Several looks at a store that moved in between may disagree: damage must be seen in a single one.
        if (report.ok || same) return ok(report);
      }
    }
  }
  const whole = await runStep({ step: 'whole', paths }, options);
  if (!whole.ok) return whole;
  if (whole.value.step !== 'part') throw new Error(`A whole check ended as “${whole.value.step}”.`);
  return ok(makeReport([whole.value.output]));
}

function fileSize(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    // The check itself says what is wrong with the file.
    return 0;
  }
}

/** Runs the parts at once; null when the store moved under one of them. The first failure ends all. */
async function shareOut(
  paths: RepositoryPaths,
  survey: Survey,
  workers: number,
  { onProgress, signal }: CheckOptions,
): Promise<Result<PartOutput[] | null>> {
  const shared = makeShared(survey, workers);
  const stop = new AbortController();
  const end = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  let why: Result<null> | null = null;
  const outcomes = await Promise.all(
    Array.from({ length: workers }, async (_, part) => {
      const outcome = await runStep({ step: 'part', paths, shared, part }, { onProgress, signal: end });
      if (outcome.ok && outcome.value.step === 'part') return outcome.value.output;
      why ??= outcome.ok ? ok(null) : outcome;
      stop.abort();
      return null;
    }),
  );
  const parts = outcomes.filter((part) => part !== null);
  if (parts.length === workers) return ok(parts);
  return why ?? fail('io', 'A part of the check gave no result.', 'Try again.');
}

function runStep(
  input: CheckJobInput,
  { onProgress, signal }: CheckOptions,
): Promise<Result<CheckJobOutput>> {
  return runJob('vek.check', input, { onProgress, signal });
}
