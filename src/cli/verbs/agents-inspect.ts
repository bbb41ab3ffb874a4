import { spanOf } from '../../core/agents/overview.ts';
import { openRecords } from '../../core/agents/records/open.ts';
import { dataDirPath } from '../../core/storage/data-dir.ts';
import type { FoundAgents } from '../../core/workspace/inspect.ts';
import { counted } from '../output.ts';

/** What a root of agents holds. Lines that can't be read are no damage: the runtime skips them too. */
export async function agentsVerdict({
  root,
}: FoundAgents): Promise<{ readonly state: 'ok' | 'unreadable'; readonly summary: string }> {
  const store = await openRecords(root, { dataDir: dataDirPath() });
  if (!store.ok) return { state: 'unreadable', summary: `${store.error.message} ${store.error.hint}` };
  const tables = store.value.tables();
  const { dated } = spanOf(tables);
  const bad = tables.agents
    .flatMap(({ badCounts }) => Object.values(badCounts))
    .reduce((sum, count) => sum + count, 0);
  store.value.close();
  const names = root.agents.map(({ name }) => name).join(', ');
  const unread = bad === 0 ? '' : `; ${counted(bad, 'line')} that can’t be read`;
  return {
    state: 'ok',
    summary: `${counted(root.agents.length, 'agent')} (${names}), ${counted(dated, 'record')}${unread}`,
  };
}
