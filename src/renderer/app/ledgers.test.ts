import { beforeEach, expect, it, vi } from 'vitest';
import type { LedgerOverview } from '../../contract/ledger.ts';
import type { Workspace } from '../../contract/workspace.ts';
import { useLedgersStore } from '../state/ledgers.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import { refreshLedger } from './ledgers.ts';

/** The questions that wait for their answers. */
const asked: ((revision: number) => void)[] = [];
vi.mock('./engine.ts', () => ({
  api: {
    ledger: {
      overview: () =>
        new Promise((resolve) => {
          asked.push((revision) =>
            resolve({
              ok: true,
              value: { revision, counts: { events: revision } } as unknown as LedgerOverview,
            }),
          );
        }),
    },
  },
}));
vi.mock('./client.ts', () => ({ attempt: (answer: unknown) => answer }));

const revision = (): number | undefined => useLedgersStore.getState().ledgers['a']?.value?.revision;
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  asked.length = 0;
  useLedgersStore.setState({ ledgers: {} });
  useWorkspaceStore.setState({ workspace: { sources: [{ id: 'a' }] } as unknown as Workspace });
});

it('whoever asks for a ledger while it is fetched waits for the fetch that begins after his question', async () => {
  let late = false;
  void refreshLedger('a');
  const waiting = refreshLedger('a').then(() => (late = true));
  void refreshLedger('a');
  expect(asked).toHaveLength(1);
  asked[0]!(1);
  await turn();
  expect({ late, revision: revision(), asked: asked.length }).toEqual({ late: false, revision: 1, asked: 2 });
  asked[1]!(2);
  await waiting;
  expect({ revision: revision(), asked: asked.length }).toEqual({ revision: 2, asked: 2 });
});
