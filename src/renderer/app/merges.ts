import { useMergesStore } from '../state/merges.ts';
import { kindOf, onMergesChanged, onSourceChanged, useWorkspaceStore } from '../state/workspace.ts';
import { attempt } from './client.ts';
import { api } from './engine.ts';

const fetching = new Map<string, 'once' | 'again'>();

/** Reads the merges in progress of a source anew; a request during that leads to exactly one more. */
export async function refreshMerges(source: string): Promise<void> {
  if (kindOf(source) !== 'vek') return;
  if (fetching.has(source)) {
    fetching.set(source, 'again');
    return;
  }
  fetching.set(source, 'once');
  const answer = await attempt(api.merge.list({ source }));
  const again = fetching.get(source) === 'again';
  fetching.delete(source);
  if (answer.ok) {
    const { bySource } = useMergesStore.getState();
    // most sources have none: nothing is drawn anew for them
    if (JSON.stringify(bySource[source] ?? []) !== JSON.stringify(answer.value))
      useMergesStore.setState({ bySource: { ...bySource, [source]: answer.value } });
  }
  if (again) await refreshMerges(source);
}

/** Keeps the lists of merges in step with what is saved, and with branches that move. */
export function followMerges(): () => void {
  const ends = [
    onMergesChanged((source) => void refreshMerges(source)),
    onSourceChanged((source) => void refreshMerges(source)),
    useWorkspaceStore.subscribe(({ workspace }, before) => {
      if (workspace?.id === before.workspace?.id) return;
      for (const { id } of workspace?.sources ?? []) void refreshMerges(id);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
