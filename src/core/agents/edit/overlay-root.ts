import { join } from 'node:path';
import { compareCodePoints } from '../../json/tree.ts';
import type { AgentFolder } from '../folder.ts';
import { entriesOf, foldersOf } from '../parts/read.ts';
import type { AgentPlace, AgentsRoot } from '../places.ts';

type Child = 'agent' | 'log' | 'cascade' | 'left' | null;

/**
 * The root with the agents that a folder shows, where only these paths differ from disk; the same root where no agent
 * comes or goes (formats/atomic-agents.md §1).
 */
export function overlaidRoot(folder: AgentFolder, paths: readonly string[]): AgentsRoot {
  const { root } = folder;
  if (root.single !== null) return root;
  const names = new Set(
    paths.flatMap((path) => (/^[^/._][^/]*(?=\/)/.exec(path) ?? []) as readonly string[]),
  );
  let changed = false;
  let agents = root.agents;
  let cascades = root.cascades;
  let leftOut = root.leftOut;
  for (const name of names) {
    const before = known(root, name);
    const after = childOf(folder, name);
    if (before === after) continue;
    changed = true;
    agents = agents.filter((agent) => agent.name !== name);
    cascades = cascades.filter((cascade) => cascade !== name);
    leftOut = leftOut.filter((left) => left.name !== name);
    if (after === 'cascade') cascades = [...cascades, name].sort(compareCodePoints);
    else if (after === 'left') {
      const why = 'It has a persona but no model.md, so the runtime does not list it.';
      leftOut = [...leftOut, { name, why }];
    } else if (after !== null) {
      const place: AgentPlace = { name, dir: join(root.path, name), logOnly: after === 'log' };
      agents = [...agents, place].sort((a, b) => compareCodePoints(a.name, b.name));
    }
  }
  return changed ? { ...root, agents, cascades, leftOut } : root;
}

function known(root: AgentsRoot, name: string): Child {
  const agent = root.agents.find((one) => one.name === name);
  if (agent !== undefined) return agent.logOnly ? 'log' : 'agent';
  if (root.cascades.includes(name)) return 'cascade';
  return root.leftOut.some((one) => one.name === name) ? 'left' : null;
}

function childOf(folder: AgentFolder, name: string): Child {
  if (folder.isFile(`${name}/model.md`)) return 'agent';
  if (isFolder(folder, `${name}/roles`) && isFolder(folder, `${name}/projects`)) return 'cascade';
  const months = foldersOf(folder, `${name}/log`).filter((month) => /^\d{4}-\d{2}$/.test(month.name));
  if (months.some(({ path }) => entriesOf(folder, path).some((entry) => entry.name.endsWith('.jsonl')))) {
    return 'log';
  }
  const persona = isFolder(folder, `${name}/persona`) || folder.isFile(`${name}/persona.link.md`);
  return persona ? 'left' : null;
}

function isFolder(folder: AgentFolder, path: string): boolean {
  return folder.has(path) && !folder.isFile(path);
}
