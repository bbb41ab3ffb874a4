import { useAgentsStore } from '../../state/agents-overview.ts';
import { openAgent } from '../../state/agents.ts';

/** Opens a file below the root in the view of the agent it belongs to, at a line where one is named. */
export function openFile(
  source: string,
  agent: string | null,
  path: string,
  line: number | null = null,
): void {
  const known = useAgentsStore.getState().agents[source]?.value?.agents ?? [];
  const first = path.split('/')[0] ?? '';
  const owner = known.some(({ name }) => name === first) ? first : (agent ?? known[0]?.name ?? null);
  if (owner === null) return;
  openAgent(source, owner, { page: 'file', item: line === null ? path : `${path}#L${line}` });
}

/** Opens the evals of an agent. */
export const openEvals = (source: string, agent: string): void =>
  openAgent(source, agent, { page: 'evals', item: null });
