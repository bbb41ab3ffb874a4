import { placeOf } from '../file-kind.ts';
import type { AgentFolder } from '../folder.ts';
import { cascadeAgents } from '../prompt-cascade.ts';
import { readPersona } from '../prompt-persona.ts';

/** Files of the root that hold for every agent and stand in no prompt. */
const FOR_ALL: ReadonlySet<string> = new Set(['policy', 'targets', 'judges', 'mandates']);

/** The agents whose runs a file changes: its own, those that share a persona, those of a cascade, or all. */
function agentsOfPath(folder: AgentFolder, path: string): readonly string[] {
  const place = placeOf(folder, path);
  if (place.agent !== null) return [place.agent];
  if (FOR_ALL.has(place.kind)) return everyAgent(folder);
  const persona = sharedPersonaOf(path);
  if (persona !== null) return agentsOfPersona(folder, persona);
  return place.kind === 'cascade' ? instancesOf(folder, path) : [];
}

/** Everyone whose runs these files change, before or after, in the order of the root. */
export function affectedAgents(
  before: AgentFolder,
  after: AgentFolder,
  paths: readonly string[],
): readonly string[] {
  const agents = new Set(
    paths.flatMap((path) => [...agentsOfPath(before, path), ...agentsOfPath(after, path)]),
  );
  return [...agents].sort();
}

/** Whether a file can be in a prompt, or change what is: those of all agents are not. */
export function changesPrompts(folder: AgentFolder, path: string): boolean {
  const place = placeOf(folder, path);
  return place.agent !== null || !FOR_ALL.has(place.kind);
}

/** The id of the shared persona that a file belongs to. */
export function sharedPersonaOf(path: string): string | null {
  return /^(?:\.\.\/)?\.personas\/([^/]+)\/[^/]+$/.exec(path)?.[1] ?? null;
}

/** The agents whose `persona.link.md` names a persona. */
export function agentsOfPersona(folder: AgentFolder, id: string): readonly string[] {
  return everyAgent(folder).filter((agent) => readPersona(folder, agent).shared === id);
}

function everyAgent(folder: AgentFolder): readonly string[] {
  const named = folder.root.agents.filter(({ logOnly }) => !logOnly).map(({ name }) => name);
  return [...named, ...cascadeAgents(folder)];
}

/** The agents that stand on a role or a project of a cascade system (formats/atomic-agents.md §2.24). */
function instancesOf(folder: AgentFolder, path: string): readonly string[] {
  const role = /^(.+)\/roles\/([^/]+)\//.exec(path);
  const project = /^(.+\/projects\/[^/]+)\//.exec(path);
  return cascadeAgents(folder).filter((agent) =>
    role !== null
      ? agent.startsWith(`${role[1]}/projects/`) && agent.endsWith(`/agents/${role[2]}`)
      : project !== null && agent.startsWith(`${project[1]}/agents/`),
  );
}
