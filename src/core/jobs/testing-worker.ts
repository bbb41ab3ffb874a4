import { ok } from '../result.ts';
import { serveJobs, type JobContext } from './serve-jobs.ts';

/** Jobs that only the tests run: each shows one way in which work can go. */
serveJobs({
  double: () => Promise.resolve((n: number) => ok(n * 2)),
  throws: () =>
    Promise.resolve(() => {
      throw new Error('broken on purpose');
    }),
  exits: () => Promise.resolve(() => process.exit(3)),
  // An exception outside the job's own call, as a late callback would throw it.
  crashes: () =>
    Promise.resolve(
      () =>
        new Promise<never>(() => {
          setTimeout(() => {
            throw new Error('late and uncaught');
          }, 5);
        }),
    ),
  spins: () =>
    Promise.resolve((_: null, context: JobContext<number>) => {
      for (let i = 0; ; i++) context.progress(i);
    }),
  counts: () =>
    Promise.resolve((n: number, context: JobContext<number>) => {
      for (let i = 1; i <= n; i++) context.progress(i);
      return ok(n);
    }),
  moves: () =>
    Promise.resolve((input: Uint8Array, context: JobContext) => {
      context.transfer(input.buffer as ArrayBuffer);
      return ok(input);
    }),
  function: () => Promise.resolve(() => ok(() => 1)),
  thread: () => Promise.resolve(() => import('node:worker_threads').then((w) => ok(w.threadId))),
});
