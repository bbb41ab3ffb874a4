import type { CapGauge } from '../../../contract/costs.ts';
import { dayOf } from '../figures/days.ts';
import { gaugesOf } from '../figures/guardrails.ts';
import { placeOf } from '../file-kind.ts';
import type { AgentFolder } from '../folder.ts';
import type { RecordTables } from '../records/table.ts';
import { readSettings } from '../settings.ts';

/**
 * What the spending of a day and its month would be against the caps of texts that are being written: of the agent
 * of a `model.md`, of all agents for `policy.md` (formats/atomic-agents.md §2.3). Nothing for other files.
 */
export function capEffect(
  after: AgentFolder,
  paths: readonly string[],
  tables: RecordTables | null,
  today: string,
): readonly CapGauge[] {
  if (tables === null) return [];
  const places = paths.map((path) => placeOf(after, path));
  const all = places.some(({ kind }) => kind === 'policy');
  const of = new Set(
    places.flatMap(({ kind, agent }) => (kind === 'model' && agent !== null ? [agent] : [])),
  );
  return tables.agents
    .filter(({ agent }) => all || of.has(agent))
    .flatMap((records) => gaugesOf(records, readSettings(after, records.agent), dayOf(today) ?? 0));
}
