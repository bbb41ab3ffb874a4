import type { Running } from '../../contract/fleet.ts';
import type { AgentReport, AgentsOverview, FleetReport } from '../../contract/fleet.ts';
import { daysFromText, textFromDays } from '../records/time.ts';
import { ok, type Result } from '../result.ts';
import type { AsOf } from './days.ts';
import { agentReport } from './figures/agent.ts';
import { digestOf } from './figures/digest.ts';
import { microsOf } from './figures/numbers.ts';
import { sumOfSpan } from './figures/sums.ts';
import { fleetReport } from './figures/fleet.ts';
import { readExtras } from './extras.ts';
import type { RecordTables } from './records/table.ts';
import { topRows } from './records/window.ts';
import { term } from '../records/query.ts';
import type { Material } from './reports.ts';
import { readSettings } from './settings.ts';
import { unknownAgent } from './unknown.ts';

/** The material of figures with who runs. */
export type FleetMaterial = Material & { readonly running: (agent: string) => Running };

/** Newest records that the first page about an agent shows. */
const RECENT_RECORDS = 20;

/** The fleet as of a day. */
export function fleetOf(of: FleetMaterial, at: AsOf): FleetReport {
  return fleetReport(of.tables, of.folder, {
    ...at,
    extras: readExtras(of, at).brief,
  });
}

/** The first page about an agent. */
export function agentOf(of: FleetMaterial, agent: string, at: AsOf): Result<AgentReport> {
  const unknown = unknownAgent(of.folder.root, agent);
  if (unknown !== null) return unknown;
  const records = of.tables.agents.find((one) => one.agent === agent)!;
  const extras = readExtras(of, at);
  return ok(
    agentReport(records, of.folder, {
      ...at,
      extras: extras.brief,
      recent: topRows(of.store, term('agent', agent), 'newest', RECENT_RECORDS),
      toAnswer: extras.waiting(agent),
      goals: extras.goals(agent),
    }),
  );
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Who is there, what each needs, and what all came to; made of the report about the fleet. */
export function overviewOf(
  of: FleetMaterial,
  fleet: FleetReport,
  revision: number,
  at: AsOf,
): AgentsOverview {
  const { root } = of.folder;
  const { dated, first, last, newest } = spanOf(of.tables);
  const { shown, band } = fleet.fleet;
  const elsewhere = root.agents.flatMap(({ name }) =>
    readSettings(of.folder, name).elsewhere.map(({ protocol, why }) => `${name}: ${protocol}: ${why}`),
  );
  return {
    path: root.path,
    revision,
    today: at.today,
    single: root.single,
    firstDay: first === null ? null : textFromDays(first),
    lastDay: last === null ? null : textFromDays(last),
    records: dated,
    badLines: sum(fleet.agents.map(({ badLines }) => badLines)),
    lastRecordMicros: newest,
    agents: fleet.agents,
    cascades: root.cascades,
    leftOut: root.leftOut,
    toAnswer: sum(fleet.agents.map(({ toAnswer }) => toAnswer)),
    attention: fleet.attention.filter(({ state }) => state === 'open').length,
    health: shown === null || band === null ? null : { shown, band },
    spentTodayMicros: spentOn(of.tables, at.today),
    elsewhere,
    notes: root.notes,
  };
}

/** The records with a readable date, which are those that figures are made of: how many, and from when to when. */
export function spanOf(tables: RecordTables) {
  let dated = 0;
  let first = Infinity;
  let last = -Infinity;
  let newest = -Infinity;
  for (const records of tables.agents) {
    const { days, all, lastRecord } = digestOf(records);
    if (days.length === 0) continue;
    first = Math.min(first, days[0]!);
    last = Math.max(last, days.at(-1)!);
    for (const lines of all.lines) dated += lines;
    for (const row of lastRecord) newest = Math.max(newest, records.micros[row] ?? -Infinity);
  }
  return dated === 0 ? { dated, first: null, last: null, newest: null } : { dated, first, last, newest };
}

/** What a day cost, in millionths of a dollar: a delegated run whose own line was found counts there only (§4). */
export function spentOn(tables: RecordTables, today: string): number {
  const day = daysFromText(today);
  const nanos = tables.agents.map(
    (records) => sumOfSpan(digestOf(records), { from: day, to: day }, true).nanos,
  );
  return microsOf(sum(nanos));
}
