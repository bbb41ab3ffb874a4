import type { CheckReport } from '../contract/problem.ts';
import type { CheckEvent } from '../contract/workspace.ts';
import { checkRepository } from '../core/vek/check.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { createChannel, type Channel } from './channel.ts';
import { countFindings } from './vek-findings.ts';

/** A report with the time at which the check ended. */
export type CheckEnd = { readonly report: CheckReport; readonly atMicros: number };

/** Checks a repository and tells how far it is; ends with how it ended. `ended` gets the whole report before that is told. */
export async function* runCheck(
  paths: RepositoryPaths,
  signal: AbortSignal | undefined,
  ended: (end: CheckEnd) => void,
): AsyncGenerator<CheckEvent, void, void> {
  const channel = createChannel<CheckEvent>();
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  signal?.addEventListener('abort', stop);
  const events = channel.subscribe();
  const first = events.next();
  void tell(channel, paths, abort.signal, ended);
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
  ended: (end: CheckEnd) => void,
): Promise<void> {
  const checked = await checkRepository(paths, {
    signal,
    onProgress: ({ done, total }) => channel.publish({ type: 'progress', done, total }),
  });
  if (checked.ok) {
    const atMicros = Date.now() * 1000;
    ended({ report: checked.value, atMicros });
    const { ok, checked: counts, problems } = checked.value;
    const report = { ok, checked: counts, findings: countFindings(problems) };
    channel.publish({ type: 'report', report, atMicros });
  } else {
    channel.publish({ type: 'failed', error: checked.error });
  }
  channel.close();
}
