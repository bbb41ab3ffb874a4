import { openAgent, openRuns } from '../../state/agents.ts';
import { openFile } from '../fleet/open.ts';
import { agentQuery } from '../runs/terms.ts';

/** Folders of an agent that have a page of their own. */
const PAGES: Readonly<Record<string, string>> = {
  memory: 'memory',
  wiki: 'wiki',
  journal: 'journal',
  skills: 'skills',
  goals: 'goals',
  outcomes: 'outcomes',
  evals: 'evals',
  dreams: 'dreams',
  conversations: 'conversations',
  idempotency: 'governance',
};

/** Opens what a check is about: a file at its line, or the page of a folder. */
export function openPlace(source: string, agent: string | null, path: string, line: number | null): void {
  const last = path.split('/').at(-1) ?? '';
  if (agent === null || last.includes('.')) {
    openFile(source, agent, path, line);
    return;
  }
  const below = path.startsWith(`${agent}/`) ? path.slice(agent.length + 1) : path;
  if (below === 'log') openRuns(source, agentQuery(agent));
  else openAgent(source, agent, { page: PAGES[below.split('/')[0] ?? ''] ?? 'files', item: null });
}
