import { nextLive } from '../state/live.ts';
import { EMPTY_LEDGER, useLedgersStore, type LedgerState } from '../state/ledgers.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import type { LedgerOverview } from '../../contract/ledger.ts';
import { attempt } from './client.ts';
import { api } from './engine.ts';

type Fetching = { again: boolean; readonly done: Promise<void> };
const fetching = new Map<string, Fetching>();

/**
 * Fetches the accounts of a ledger; a request during a fetch leads to exactly one more. Who waits for it then has what is
 * so since he asked.
 */
export function refreshLedger(source: string): Promise<void> {
  const known = fetching.get(source);
  if (known !== undefined) {
    known.again = true;
    return known.done;
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const mine: Fetching = { again: false, done: promise };
  fetching.set(source, mine);
  const all = async (): Promise<void> => {
    do {
      mine.again = false;
      await fetchLedger(source);
    } while (mine.again);
  };
  all()
    .finally(() => fetching.delete(source))
    .then(resolve, reject);
  return promise;
}

async function fetchLedger(source: string): Promise<void> {
  const answer = await attempt(api.ledger.overview({ source }));
  const { workspace } = useWorkspaceStore.getState();
  if (workspace?.sources.some((known) => known.id === source) !== true) return;
  useLedgersStore.setState(({ ledgers }) => {
    const before = ledgers[source] ?? EMPTY_LEDGER;
    const after: LedgerState = answer.ok
      ? { value: answer.value, error: null, live: liveAfter(before, answer.value) }
      : { ...before, error: answer.error };
    return { ledgers: { ...ledgers, [source]: after } };
  });
}

const moving = ({ revision, counts }: LedgerOverview) => ({
  revision,
  newestMicros: null,
  counts: { nodes: counts.events },
});

const liveAfter = (before: LedgerState, value: LedgerOverview) =>
  nextLive(before.live, before.value === null ? null : moving(before.value), moving(value), Date.now());

/** Forgets what was known of all ledgers: another workspace is open. */
export const forgetLedgers = (): void => useLedgersStore.setState({ ledgers: {}, looks: {} });

/** The accounts of a ledger and how its last check stands; one answer for all views. */
export const useLedgerOverview = (source: string | null): LedgerState =>
  useLedgersStore((state) => (source === null ? EMPTY_LEDGER : (state.ledgers[source] ?? EMPTY_LEDGER)));
