import { openAgent } from '../../state/agents.ts';
import { useAgentsStore } from '../../state/agents-overview.ts';
import { activeSet, editsOf } from '../../state/edits.ts';
import { tabId, useTabs } from '../../state/tabs.ts';
import { ownerOf } from '../change-sets/set-files.ts';

/** The agent whose tab is in front, or null. */
export function agentInFront(source: string): string | null {
  const { tabs, active } = useTabs.getState();
  const front = tabs.find((tab) => tabId(tab) === active);
  return front?.kind === 'agent' && front.source === source ? front.agent : null;
}

/** Opens what is not written yet: of the agent named, else of the one in front, else of the first edited file. */
export function openChanges(source: string, agent: string | null = null): void {
  const overview = useAgentsStore.getState().agents[source]?.value ?? null;
  const names = overview?.agents.map(({ name }) => name) ?? [];
  const owners = activeSet(editsOf(source)).edits.map(({ path }) =>
    ownerOf(path, names, overview?.single ?? null),
  );
  // before the agents are known, a file says whose it is by the folder that it is in
  const said = overview === null ? activeSet(editsOf(source)).edits[0]?.path.split('/')[0] : undefined;
  const of = agent ?? agentInFront(source) ?? owners.find((owner) => owner !== null) ?? said ?? names[0];
  if (of !== undefined) openAgent(source, of, { page: 'changes', item: null });
}
