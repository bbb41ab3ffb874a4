import { nextLive } from '../state/live.ts';
import { EMPTY_LEDGER, useLedgersStore, type LedgerState } from '../state/ledgers.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import type { LedgerOverview } from '../../contract/ledger.ts';
import { attempt } from './client.ts';
import { api } from './engine.ts';

const fetching = new Map<string, 'once' | 'again'>();

/** Fetches the accounts of a ledger; a request during a fetch leads to exactly one more. */
export async function refreshLedger(source: string): Promise<void> {
  if (fetching.has(source)) {
    fetching.set(source, 'again');
    return;
  }
  fetching.set(source, 'once');
  const answer = await attempt(api.ledger.overview({ source }));
  const again = fetching.get(source) === 'again';
  fetching.delete(source);
  const { workspace } = useWorkspaceStore.getState();
  if (workspace?.sources.some((known) => known.id === source) === true) {
    useLedgersStore.setState(({ ledgers }) => {
      const before = ledgers[source] ?? EMPTY_LEDGER;
      const after: LedgerState = answer.ok
        ? { value: answer.value, error: null, live: liveAfter(before, answer.value) }
        : { ...before, error: answer.error };
      return { ledgers: { ...ledgers, [source]: after } };
    });
  }
  if (again) await refreshLedger(source);
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
