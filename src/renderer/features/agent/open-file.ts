import { openAgent } from '../../state/agents.ts';
import { useAgentsStore } from '../../state/agents-overview.ts';
import { ownerOf } from '../change-sets/set-files.ts';
import { agentInFront } from './open-changes.ts';

/** Opens a file on the page of its agent; one that several agents read, in the one in front. `form`: the form it opens in. */
export function openFileOf(source: string, path: string, form: 'edit' | 'history' | null = null): void {
  const overview = useAgentsStore.getState().agents[source]?.value ?? null;
  const names = overview?.agents.map(({ name }) => name) ?? [];
  const agent = ownerOf(path, names, overview?.single ?? null) ?? agentInFront(source) ?? names[0];
  if (agent === undefined) return;
  openAgent(source, agent, { page: 'file', item: form === null ? path : `${path}#${form}` });
}
