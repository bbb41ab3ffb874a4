import { existsSync } from 'node:fs';
import type { Result } from '../result.ts';
import type { Jobs } from './registry.ts';
import { startJob, type JobOptions } from './start.ts';

/**
 * Runs one of our jobs beside the caller's thread. Several may run at once. Call `enableUriNames()` in the main
 * thread before the first one: threads inherit the setting (notes/sqlite-readonly.md), and can't make it themselves.
 */
export function runJob<N extends keyof Jobs>(
  name: N,
  input: Jobs[N]['input'],
  options?: JobOptions<Jobs[N]['progress']>,
): Promise<Result<Jobs[N]['output']>> {
  return startJob(workerFile(), name, input, options);
}

/** From source the worker stands beside this file; bundled it is `job-worker.js` there or, for a chunk, one above. */
function workerFile(): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL('worker.ts', here);
  const beside = new URL('job-worker.js', here);
  return existsSync(beside) ? beside : new URL('../job-worker.js', here);
}
