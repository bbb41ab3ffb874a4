import type { GovernancePart } from '../../../contract/agent-parts.ts';
import type { AgentFolder } from '../folder.ts';
import { FLAG } from '../records/table.ts';
import type { RecordTables } from '../records/table.ts';
import { parseGovernance } from '../settings/governance.ts';
import { scalarText } from '../settings/numbers.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import { filesOf, readJson, textOf } from './read.ts';

type Lease = GovernancePart['leases'][number];

/** Governance of an agent, with its leases on requests (formats/atomic-agents.md §2.18, §2.21). */
export function readGovernance(
  folder: AgentFolder,
  agent: string,
  tables: RecordTables | null,
): GovernancePart {
  const path = folder.pathOf(agent, 'governance.md');
  const read = parseGovernance(textOf(folder, path), path);
  return {
    part: 'governance',
    path: read.path,
    state: read.state,
    why: read.why,
    fields: read.fields.map(({ key, value, line, bad }) => ({
      label: key,
      value,
      note: bad ? 'not a known value' : null,
      line,
      tone: bad ? 'bad' : 'plain',
    })),
    leases: leasesOf(folder, agent, tables),
  };
}

function leasesOf(folder: AgentFolder, agent: string, tables: RecordTables | null): readonly Lease[] {
  return filesOf(folder, folder.pathOf(agent, 'idempotency'), '.json').map(({ path, name }): Lease => {
    const read = readJson(textOf(folder, path) ?? '');
    const map = read.ok && isMap(read.value) ? read.value : null;
    const key = scalarText(map?.get('key')) ?? name;
    if (map === null) {
      return { path, key, runId: null, state: 'unreadable', stale: false, why: 'It is no JSON object.' };
    }
    if (name.endsWith('.terminal.json')) {
      const runId = scalarText(map.get('prior_run_id'));
      return {
        path,
        key,
        runId,
        state: 'done',
        stale: false,
        why: 'The answer is kept; the request is not run again.',
      };
    }
    const runId = scalarText(map.get('run_id'));
    const state = scalarText(map.get('state')) ?? 'in_flight';
    if (runId === null) return { path, key, runId, state, stale: false, why: 'It names no run.' };
    const status = endOf(runId, agent, tables);
    if (status === null) {
      const why = tables === null ? 'The log was not read.' : 'The log has no line that ends this run.';
      return { path, key, runId, state, stale: false, why };
    }
    return {
      path,
      key,
      runId,
      state,
      stale: true,
      why: `The run has ended (${status}), but its lease is still there: equal requests are turned away.`,
    };
  });
}

/** The status of the line that ended a run; null where the log has none. Lines of children do not end it. */
function endOf(run: string, agent: string, tables: RecordTables | null): string | null {
  const table = tables?.agents.find((one) => one.agent === agent);
  const id = table?.runs.findText(run) ?? 0;
  if (table === undefined || id === 0) return null;
  for (let row = table.count - 1; row >= 0; row--) {
    if (table.run[row] !== id || (table.flags[row]! & FLAG.hasParent) !== 0) continue;
    const status = table.status.names[table.status.ids[row]!] ?? 'no status';
    if (status !== 'in_flight') return status;
  }
  return null;
}
