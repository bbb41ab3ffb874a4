import type { CheckEvent } from '../contract/workspace.ts';
import { checkRepository } from '../core/vek/check.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { createChannel, type Channel } from './channel.ts';

/** Checks a repository and tells how far it is; ends with the report or with why there is none. */
export async function* runCheck(
  paths: RepositoryPaths,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckEvent, void, void> {
  const channel = createChannel<CheckEvent>();
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  signal?.addEventListener('abort', stop);
  const events = channel.subscribe();
  const first = events.next();
  void tell(channel, paths, abort.signal);
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

async function tell(
  channel: Channel<CheckEvent>,
  paths: RepositoryPaths,
  signal: AbortSignal,
): Promise<void> {
  const checked = await checkRepository(paths, {
    signal,
    onProgress: ({ done, total }) => channel.publish({ type: 'progress', done, total }),
  });
  channel.publish(
    checked.ok
      ? { type: 'report', report: checked.value, atMicros: Date.now() * 1000 }
      : { type: 'failed', error: checked.error },
  );
  channel.close();
}
