import { announce } from '../ui/announce.ts';
import { formatCounted } from '../ui/format.ts';
import { setCheck, useCheckStore } from '../state/check.ts';
import { transportFailure } from './client.ts';
import { api } from './engine.ts';
import { refreshOverview } from './engine-events.ts';

/** Recomputes every hash of a source. Goes on in the background; `stop` of its state ends it. */
export async function checkEverything(source: string): Promise<void> {
  if ((useCheckStore.getState().bySource[source]?.running ?? null) !== null) return;
  const abort = new AbortController();
  const stop = () => abort.abort();
  setCheck(source, { running: { done: 0, total: 0, stop }, error: null });
  try {
    for await (const event of await api.vek.check({ source }, { signal: abort.signal })) {
      if (event.type === 'progress') {
        setCheck(source, { running: { done: event.done, total: event.total, stop } });
      } else if (event.type === 'report') {
        setCheck(source, { running: null, report: event.report, atMicros: event.atMicros });
        announce(`Check finished, ${formatCounted(event.report.problems.length, 'problem')}.`);
      } else {
        setCheck(source, { running: null, error: event.error });
      }
    }
  } catch (error) {
    if (!abort.signal.aborted) setCheck(source, { running: null, error: transportFailure(error) });
  }
  setCheck(source, { running: null });
  void refreshOverview(source);
}
