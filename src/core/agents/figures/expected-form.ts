import type { Escalation } from '../../../contract/escalations.ts';
import type { RecordTables } from '../records/table.ts';
import { compareCodePoints } from '../../json/tree.ts';
import type { AgentFolder } from '../folder.ts';
import { readAlertStates } from '../alerts.ts';
import { expectedAgent } from './expected-agent.ts';
import type { ExpectedAgent } from './expected-agent.ts';
import { sumsOf } from './expected-sums.ts';
import type { ExpectedSum } from './expected-sums.ts';
import { sortAttention } from './attention.ts';
import { dayOf } from './days.ts';
import { digestOf } from './digest.ts';
import { fleetHealth } from './health.ts';
import { dollarsOfNanos } from './numbers.ts';

export type ExpectedForm = {
  readonly today: string;
  readonly agents: Readonly<Record<string, ExpectedAgent['figures']>>;
  readonly fleet: {
    readonly agents: number;
    readonly records: number;
    readonly cost_all_lines_usd: number;
    readonly cost_without_delegate_mirrors_usd: number;
    readonly double_counted_usd: number;
    readonly by_day: Readonly<Record<string, ExpectedSum>>;
    readonly by_model: Readonly<Record<string, ExpectedSum>>;
    readonly attention: readonly {
      readonly severity: string;
      readonly agent: string;
      readonly class: string;
      readonly alert_key: string;
      readonly state: string;
    }[];
    readonly health: {
      readonly display: number | null;
      readonly band: string | null;
      readonly coverage: string;
    };
  };
};

/**
 * All figures of a root in the form of `expected.json`, for `agents cost --json`: money in dollars, health by the
 * default targets, snoozes as of the end of `today`. Mirrors whose target's own line was not found stay in the sums
 * without mirrors, since they are the only trace of that spending (formats/atomic-agents.md §4).
 */
export function expectedForm(
  tables: RecordTables,
  folder: AgentFolder,
  today: string,
  escalations: readonly Escalation[],
): ExpectedForm {
  const day = dayOf(today) ?? 0;
  const alerts = readAlertStates(folder);
  const named = tables.agents.filter(({ agent }) => !isLogOnly(folder, agent));
  const agents = named.map((records) => expectedAgent(records, folder, day, alerts, escalations));
  const sums = agents.map((agent) => agent.sums);
  const all = named.map((records) => digestOf(records));
  const total = (pick: (digest: (typeof all)[number]) => Float64Array): number =>
    all.reduce((sum, digest) => sum + pick(digest).reduce((part, value) => part + value, 0), 0);
  const nanos = total((digest) => digest.all.nanos);
  const doubled = total((digest) => digest.resolvedMirrors.nanos);
  const health = fleetHealth(agents.map((agent) => agent.health));
  return {
    today,
    agents: Object.fromEntries(
      agents
        .toSorted((a, b) => compareCodePoints(a.name, b.name))
        .map(({ name, figures }) => [name, figures]),
    ),
    fleet: {
      agents: agents.length,
      records: total((digest) => digest.all.lines),
      cost_all_lines_usd: dollarsOfNanos(nanos),
      cost_without_delegate_mirrors_usd: dollarsOfNanos(nanos - doubled),
      double_counted_usd: dollarsOfNanos(doubled),
      by_day: sumsOf(sums, 'day'),
      by_model: sumsOf(sums, 'model'),
      attention: sortAttention(agents.flatMap(({ attention }) => attention)).map((entry) => ({
        severity: entry.severity,
        agent: entry.agent,
        class: entry.class,
        alert_key: entry.alertKey,
        state: entry.state,
      })),
      health: {
        display: health.shown,
        band: health.band,
        coverage: `${health.coverage.part}/${health.coverage.whole}`,
      },
    },
  };
}

function isLogOnly(folder: AgentFolder, agent: string): boolean {
  return folder.root.agents.some(({ name, logOnly }) => name === agent && logOnly);
}
