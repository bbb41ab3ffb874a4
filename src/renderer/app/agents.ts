import { useEffect } from 'react';
import { asOfDay, useAsOf } from '../state/agents.ts';
import { EMPTY_AGENTS, useAgentsStore, type AgentsState } from '../state/agents-overview.ts';
import { nextLive } from '../state/live.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import { attempt } from './client.ts';
import { api } from './engine.ts';

const fetching = new Map<string, 'once' | 'again'>();

/** Fetches who is in a folder of agents; a request during a fetch leads to exactly one more. */
export async function refreshAgents(source: string): Promise<void> {
  if (fetching.has(source)) {
    fetching.set(source, 'again');
    return;
  }
  fetching.set(source, 'once');
  const asOf = asOfDay(source);
  const answer = await attempt(api.agents.overview({ source, today: asOf }));
  const again = fetching.get(source) === 'again';
  fetching.delete(source);
  const { workspace } = useWorkspaceStore.getState();
  if (workspace?.sources.some((known) => known.id === source) === true) {
    useAgentsStore.setState(({ agents }) => {
      const before = agents[source] ?? EMPTY_AGENTS;
      const after: AgentsState = answer.ok
        ? {
            value: answer.value,
            error: null,
            asOf,
            live: nextLive(
              before.live,
              before.value === null ? null : moving(before.value),
              moving(answer.value),
              Date.now(),
            ),
          }
        : { ...before, asOf, error: answer.error };
      return { agents: { ...agents, [source]: after } };
    });
  }
  if (again) await refreshAgents(source);
}

const moving = (value: NonNullable<AgentsState['value']>) => ({
  revision: value.revision,
  newestMicros: value.lastRecordMicros,
  counts: { nodes: value.records },
});

/** Forgets what was known of all folders: another workspace is open. */
export const forgetAgents = (): void => useAgentsStore.setState({ agents: {} });

/**
 * Who is in a folder of agents, and what each needs; one answer for all views, for the day that figures are made for.
 * It is asked again when the folder changes.
 */
export function useAgentsOverview(source: string | null): AgentsState {
  const asOf = useAsOf(source ?? '');
  const known = useAgentsStore((state) => (source === null ? undefined : state.agents[source]));
  const asked = known?.asOf;
  useEffect(() => {
    if (source !== null && asked !== asOf) void refreshAgents(source);
  }, [source, asOf, asked]);
  return known ?? EMPTY_AGENTS;
}
