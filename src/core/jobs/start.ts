import { Worker, type Transferable } from 'node:worker_threads';
import { fail, type Result } from '../result.ts';
import { jobFailure, type JobReply, type JobRequest } from './serve-jobs.ts';

/** `signal` ends the job and its thread at once. `transfer` names buffers of the input that are moved. */
export type JobOptions<P> = {
  readonly onProgress?: ((value: P) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly transfer?: readonly Transferable[] | undefined;
};

/** A thread without work ends after this time; until then the next job saves its start. */
const idleMs = 5_000;
/** More idle threads than this are not kept. */
const idleWorkers = 2;
/** Jobs read rows in a stream: more room for what is new would only stay with the process when the thread has ended. */
const youngMb = 16;

type Idle = { readonly worker: Worker; readonly timer: NodeJS.Timeout; readonly drop: () => void };
const idle = new Map<string, Idle[]>();
let lastId = 0;

/**
 * Runs a job of a worker file in a thread of its own and returns what it returned. A job that throws, a thread that
 * crashes or can't be started is a failure `io`, an aborted one `cancelled`; the promise never rejects.
 */
export function startJob<O, P>(
  file: URL,
  name: string,
  input: unknown,
  { onProgress, signal, transfer }: JobOptions<P> = {},
): Promise<Result<O>> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve(cancelled());
      return;
    }
    const id = ++lastId;
    const worker = takeWorker(file);
    let settled = false;

    const settle = (result: Result<O>, reuse: boolean): void => {
      if (settled) return;
      settled = true;
      signal?.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('exit', onExit).off('error', onError).off('messageerror', onError);
      if (reuse) keepWorker(file, worker);
      else endWorker(worker);
      resolve(result);
    };
    const onAbort = (): void => settle(cancelled(), false);
    const onError = (error: unknown): void => settle(jobFailure(name, error), false);
    const onExit = (code: number): void =>
      settle(jobFailure(name, `The thread ended with code ${code}.`), false);
    const onMessage = (reply: JobReply): void => {
      if (reply.id !== id) return;
      if (reply.type === 'done') settle(reply.result as Result<O>, true);
      else onProgress?.(reply.value as P);
    };

    worker.on('message', onMessage).on('exit', onExit).on('error', onError).on('messageerror', onError);
    signal?.addEventListener('abort', onAbort);
    const request: JobRequest = { id, name, input };
    try {
      worker.postMessage(request, [...(transfer ?? [])]);
    } catch (error) {
      settle(jobFailure(name, error), false);
    }
  });
}

function cancelled(): Result<never> {
  return fail(
    'cancelled',
    'The work was stopped before its end.',
    'Start it again when you want its result.',
  );
}

function takeWorker(file: URL): Worker {
  const kept = idle.get(file.href)?.pop();
  if (kept === undefined)
    return new Worker(file, {
      execArgv: [],
      stdin: false,
      resourceLimits: { maxYoungGenerationSizeMb: youngMb },
    });
  clearTimeout(kept.timer);
  kept.worker.off('error', kept.drop).off('exit', kept.drop);
  kept.worker.ref();
  return kept.worker;
}

function keepWorker(file: URL, worker: Worker): void {
  const list = idle.get(file.href) ?? [];
  idle.set(file.href, list);
  if (list.length >= idleWorkers) {
    endWorker(worker);
    return;
  }
  const drop = (): void => {
    clearTimeout(entry.timer);
    const at = list.indexOf(entry);
    if (at !== -1) list.splice(at, 1);
    endWorker(worker);
  };
  const entry: Idle = { worker, drop, timer: setTimeout(drop, idleMs).unref() };
  worker.on('error', drop).on('exit', drop).unref();
  list.push(entry);
}

/** Ends a thread; what it still reports has no listener that matters, and must not become an uncaught error. */
function endWorker(worker: Worker): void {
  worker.on('error', () => undefined);
  void worker.terminate();
}
