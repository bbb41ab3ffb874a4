import { parentPort, type Transferable } from 'node:worker_threads';
import { fail, type Result } from '../result.ts';

/** What a job may do besides returning: report how far it is, and name buffers that are moved instead of copied. */
export type JobContext<P = unknown> = {
  /** Sent at most every 50 ms; the newest value is always sent before the result. */
  progress(value: P): void;
  transfer(...buffers: Transferable[]): void;
  /** Work that nobody waits for: done in this thread once the result is on its way. It must not throw. */
  after(work: () => void): void;
};

/** The work of a job. It may block: it has its thread for itself, and is ended with it. */
export type JobHandler<I, O, P> = (input: I, context: JobContext<P>) => Result<O> | Promise<Result<O>>;

/** Loads a handler at its first use, so that a worker pays only for what it does. */
export type JobLoader = () => Promise<JobHandler<never, unknown, never>>;

/** From the starter to its worker. */
export type JobRequest = { readonly id: number; readonly name: string; readonly input: unknown };

/** From the worker to its starter. */
export type JobReply =
  | { readonly id: number; readonly type: 'progress'; readonly value: unknown }
  | { readonly id: number; readonly type: 'done'; readonly result: Result<unknown> };

const progressEveryMs = 50;

/** Answers job requests in a worker thread with these handlers, one after the other. */
export function serveJobs(loaders: Readonly<Record<string, JobLoader>>): void {
  const port = parentPort;
  if (port === null) throw new Error('Jobs are served in worker threads only.');
  port.on('message', (request: JobRequest) => {
    void perform(request, loaders, (reply, transfer) => port.postMessage(reply, transfer));
  });
}

async function perform(
  { id, name, input }: JobRequest,
  loaders: Readonly<Record<string, JobLoader>>,
  reply: (message: JobReply, transfer: Transferable[]) => void,
): Promise<void> {
  const moved: Transferable[] = [];
  const afterwards: (() => void)[] = [];
  let sentAt = 0;
  let held: { value: unknown } | null = null;
  const context: JobContext = {
    progress(value) {
      const now = performance.now();
      if (now - sentAt < progressEveryMs) {
        held = { value };
        return;
      }
      sentAt = now;
      held = null;
      reply({ id, type: 'progress', value }, []);
    },
    transfer: (...buffers) => void moved.push(...buffers),
    after: (work) => void afterwards.push(work),
  };
  const flush = (): void => {
    if (held !== null) reply({ id, type: 'progress', value: held.value }, []);
  };
  try {
    const loader = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
    if (loader === undefined) throw new Error(`There is no job “${name}”.`);
    const handler = (await loader()) as JobHandler<unknown, unknown, unknown>;
    const result = await handler(input, context);
    flush();
    reply({ id, type: 'done', result }, moved);
    for (const work of afterwards) work();
  } catch (error) {
    reply({ id, type: 'done', result: jobFailure(name, error) }, []);
  }
}

/** The failure of a job that ended by an exception or with its thread. */
export function jobFailure(name: string, cause: unknown): Result<never> {
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return fail(
    'io',
    `The background work “${name}” ended unexpectedly, so there is no result.`,
    'Try again. If it happens again, report it with the details.',
    detail,
  );
}
