import { create } from 'zustand';
import { transportFailure } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { announce } from '../../../ui/announce.ts';
import { formatCounted } from '../../../ui/format.ts';

/** The search for failed calls of one source, as this window asked for it. */
export type FailureSearch =
  | { readonly state: 'searching'; readonly done: number; readonly total: number | null }
  | { readonly state: 'failed'; readonly message: string };

const useSearches = create<{ readonly searches: Readonly<Record<string, FailureSearch>> }>(() => ({
  searches: {},
}));
const running = new Map<string, AbortController>();

/** The search that runs for a source, or why it ended without an answer; null without one. */
export const useFailureSearch = (source: string): FailureSearch | null =>
  useSearches((state) => state.searches[source] ?? null);

function put(source: string, search: FailureSearch | null): void {
  useSearches.setState(({ searches }) => {
    const { [source]: _old, ...rest } = searches;
    return { searches: search === null ? rest : { ...rest, [source]: search } };
  });
}

/** Reads every output for calls that failed. Marks follow by the event `marks-changed`. */
export async function searchFailures(source: string): Promise<void> {
  if (running.has(source)) return;
  const controller = new AbortController();
  running.set(source, controller);
  put(source, { state: 'searching', done: 0, total: null });
  try {
    const events = await api.vek.findFailures({ source }, { signal: controller.signal });
    for await (const event of events) {
      if (controller.signal.aborted) break;
      if (event.type === 'progress') {
        put(source, { state: 'searching', done: event.done, total: event.total });
      } else if (event.type === 'done') {
        announce(`${formatCounted(event.failed, 'call')} failed.`);
        put(source, null);
      } else put(source, { state: 'failed', message: `${event.error.message} ${event.error.hint}`.trim() });
    }
  } catch (error) {
    const failure = transportFailure(error);
    if (failure.kind !== 'cancelled') {
      put(source, { state: 'failed', message: `${failure.message} ${failure.hint}` });
    }
  } finally {
    running.delete(source);
    if (controller.signal.aborted) put(source, null);
  }
}

/** Ends the search; what it found so far is not kept. */
export function stopSearch(source: string): void {
  running.get(source)?.abort();
}
