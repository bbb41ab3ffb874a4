import { dirname, relative, sep } from 'node:path';
import type { AgentsRoot } from './places.ts';
import { agentsRootAt } from './root.ts';

/** Folders of a root that belong to its agents without being one (formats/atomic-agents.md §1). */
const SHARED = new Set(['.personas', '_console', '_dashboard', '_migrations']);

/**
 * The agents that a folder lies in: it is, or is below, an agent, a cascade system or a shared folder of a root. Of an
 * agent in a fleet that is the fleet; null where there is none. Does not look into folders below.
 */
export function agentsAbove(folder: string): AgentsRoot | null {
  for (let at = folder; ; at = dirname(at)) {
    const found = rootAt(at);
    if (found !== null && found.single !== null) return fleetOf(found) ?? found;
    if (found !== null && belongsTo(found, folder)) return found;
    if (dirname(at) === at) return null;
  }
}

function rootAt(path: string): AgentsRoot | null {
  const root = agentsRootAt(path);
  return root.ok ? root.value : null;
}

/** The root above an agent where that is more than a folder that happens to hold it. */
function fleetOf(agent: AgentsRoot): AgentsRoot | null {
  const above = dirname(agent.path);
  const root = above === agent.path ? null : rootAt(above);
  if (root === null || root.single !== null) return null;
  return root.agents.length > 1 || agent.shared !== null ? root : null;
}

function belongsTo(root: AgentsRoot, folder: string): boolean {
  const [first = ''] = relative(root.path, folder).split(sep);
  return (
    first === '' ||
    SHARED.has(first) ||
    root.cascades.includes(first) ||
    root.agents.some(({ name }) => name === first)
  );
}
