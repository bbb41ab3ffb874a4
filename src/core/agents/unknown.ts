import { fail } from '../result.ts';
import type { AgentsRoot } from './places.ts';

/** The failure of a question about an agent that is not there, naming those that are; null where it is. */
export function unknownAgent(root: AgentsRoot, agent: string | null): ReturnType<typeof fail> | null {
  if (agent === null || root.agents.some(({ name }) => name === agent)) return null;
  const names = root.agents.map(({ name }) => name).join(', ');
  return fail('not-found', `There is no agent “${agent}” in ${root.path}.`, `The agents there are: ${names}`);
}
