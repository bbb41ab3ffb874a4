import type { Running } from '../../contract/fleet.ts';
import type { AgentReport, AgentsOverview, FleetReport } from '../../contract/fleet.ts';
import { daysFromText, NO_DAY, textFromDays } from '../records/time.ts';
import { ok, type Result } from '../result.ts';
import type { AsOf } from './days.ts';
import { agentReport } from './figures/agent.ts';
import { fleetReport } from './figures/fleet.ts';
import { readExtras } from './extras.ts';
import { FLAG, type RecordTables } from './records/table.ts';
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
  for (const { count, day, micros } of tables.agents) {
    for (let row = 0; row < count; row++) {
      const of = day[row]!;
      if (of === NO_DAY) continue;
      dated++;
      if (of < first) first = of;
      if (of > last) last = of;
      if (micros[row]! > newest) newest = micros[row]!;
    }
  }
  return dated === 0 ? { dated, first: null, last: null, newest: null } : { dated, first, last, newest };
}

/** What a day cost, in millionths of a dollar: a delegated run whose own line was found counts there only (§4). */
export function spentOn(tables: RecordTables, today: string): number {
  const wanted = daysFromText(today);
  let nanos = 0;
  for (const { count, day, flags, costNanos } of tables.agents) {
    for (let row = 0; row < count; row++) {
      if (day[row] === wanted && (flags[row]! & FLAG.resolved) === 0) nanos += costNanos[row]!;
    }
  }
  return Math.round(nanos / 1000);
}
