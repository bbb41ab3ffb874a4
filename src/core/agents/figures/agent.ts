import type { AgentReport } from '../../../contract/fleet.ts';
import type { RecordRow } from '../../../contract/records.ts';
import type { AgentFolder } from '../folder.ts';
import { FLAG, NO_DAY } from '../records/table.ts';
import type { AgentRecords } from '../records/table.ts';
import { dayOf, textOf } from './days.ts';
import { agentFigures } from './fleet.ts';
import type { FleetInput } from './fleet.ts';
import { agentTerm, query, rangeQuery } from './queries.ts';
import { activityWeek, lastDay, recentOf } from './recent.ts';

export type AgentInput = FleetInput & {
  /** the newest records */
  readonly recent: readonly RecordRow[];
  readonly toAnswer: AgentReport['toAnswer'];
  readonly goals: AgentReport['goals'];
};

/** The first page about one agent. */
export function agentReport(records: AgentRecords, folder: AgentFolder, input: AgentInput): AgentReport {
  const figures = agentFigures(records, folder, input);
  const today = dayOf(input.today) ?? 0;
  const { brief, health, reliability, attention, recommendations, settings } = figures;
  return {
    brief,
    today: input.today,
    health,
    reliability,
    attention,
    recommendations,
    recent: input.recent,
    toAnswer: input.toAnswer,
    goals: input.goals,
    fired: firedDays(records, today),
    activity: activityOf(records, today, input.nowMicros),
    elsewhere: settings.elsewhere.map(({ protocol, why }) => `${protocol}: ${why}`),
  };
}

/**
 * Days with runs that were skipped or had the fallback model, by the place of the file (formats/atomic-agents.md §6): so
 * a cap that fires shows, but a provider that failed does too. A day with both has two entries, each with its query.
 */
export function firedDays(records: AgentRecords, today: number): AgentReport['fired'] {
  const skipped = records.status.names.indexOf('skipped');
  const kinds = [
    { term: 'status:skipped', days: new Map<number, number>() },
    { term: 'is:fallback', days: new Map<number, number>() },
  ] as const;
  for (const file of records.files) {
    if (file.month === null || file.day === NO_DAY || file.day > today) continue;
    for (let row = file.from; row < file.to; row++) {
      if (skipped >= 0 && records.status.ids[row] === skipped) count(kinds[0].days, file.day);
      if ((records.flags[row]! & FLAG.fallback) !== 0) count(kinds[1].days, file.day);
    }
  }
  return kinds
    .flatMap(({ term, days }) => [...days].map(([day, lines]) => ({ day, lines, term })))
    .toSorted((a, b) => b.day - a.day)
    .map(({ day, lines, term }) => ({
      day: textOf(day),
      lines,
      query: query(agentTerm(records.agent), `file:${textOf(day)}`, term),
    }));
}

function count(days: Map<number, number>, day: number): void {
  days.set(day, (days.get(day) ?? 0) + 1);
}

function activityOf(records: AgentRecords, today: number, nowMicros: number): AgentReport['activity'] {
  const counts = recentOf(records, today, nowMicros);
  const week = (value: number, ...terms: string[]) => ({
    value,
    query: rangeQuery(records.agent, activityWeek(today), false, ...terms),
  });
  return {
    runs24h: {
      value: counts.runs24h,
      query: query(agentTerm(records.agent), lastDay(today, nowMicros).term),
    },
    runs7d: week(counts.runs7d),
    failures7d: week(counts.failures7d, '-status:ok'),
    toolCalls7d: week(counts.toolCalls7d, 'trigger:tool_call'),
    delegations7d: week(counts.delegations7d, 'trigger:delegate'),
    captures7d: week(counts.captures7d, 'primitive:capture'),
  };
}
