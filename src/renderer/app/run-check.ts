import type { Failure } from '../../contract/failure.ts';
import { setCheck, useCheckStore } from '../state/check.ts';
import { announce } from '../ui/announce.ts';
import { formatCount } from '../ui/format.ts';
import { transportFailure } from './client.ts';

/** How far a check must have come since the last words to a screen reader, as a part of the whole. */
const SAID_EVERY = 0.25;

type Progress = { readonly type: 'progress'; readonly done: number; readonly total: number };
type Failed = { readonly type: 'failed'; readonly error: Failure };

/** A check of a source as the engine tells it. `Last`: what it ends with. */
export type CheckRun<Last extends { readonly type: string }> = {
  readonly events: (signal: AbortSignal) => Promise<AsyncIterable<Progress | Failed | Last>>;
  /** what is counted: entries, records */
  readonly counted: string;
  /** what came out, for who hears it */
  readonly endWords: (last: Last) => string;
  /** renews what is shown of the source; awaited before the check counts as over */
  readonly refresh: () => Promise<void>;
};

/** Runs a check in the background, one for each source at a time; `stop` of its state ends it. */
export async function runCheck<Last extends { readonly type: string }>(
  source: string,
  { events, counted, endWords, refresh }: CheckRun<Last>,
): Promise<void> {
  if ((useCheckStore.getState().bySource[source]?.running ?? null) !== null) return;
  const abort = new AbortController();
  const stop = () => abort.abort();
  const sinceMs = Date.now();
  let at = { done: 0, total: 0 };
  let said = 0;
  setCheck(source, { running: { ...at, sinceMs, stop }, cancelled: null, error: null });
  announce('Check started.');
  try {
    for await (const event of await events(abort.signal)) {
      if (isProgress(event)) {
        at = { done: event.done, total: event.total };
        setCheck(source, { running: { ...at, sinceMs, stop } });
        if (at.done >= said + at.total * SAID_EVERY && at.done < at.total) {
          said = at.done;
          announce(`${formatCount(at.done)} of ${formatCount(at.total)} ${counted} checked.`);
        }
      } else if (isFailed(event)) {
        if (event.error.kind !== 'cancelled') fail(source, event.error);
      } else announce(`Check finished. ${endWords(event)}`);
    }
  } catch (error) {
    if (!abort.signal.aborted) fail(source, transportFailure(error));
  }
  if (abort.signal.aborted) {
    setCheck(source, { cancelled: at });
    announce('Check cancelled.');
  }
  await refresh();
  setCheck(source, { running: null });
}

const isProgress = (event: { readonly type: string }): event is Progress => event.type === 'progress';
const isFailed = (event: { readonly type: string }): event is Failed => event.type === 'failed';

function fail(source: string, error: Failure): void {
  setCheck(source, { error });
  announce(`The check could not finish. ${error.message} ${error.hint}`.trim());
}
