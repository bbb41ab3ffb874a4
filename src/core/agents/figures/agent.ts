import type { AgentReport } from '../../../contract/fleet.ts';
import type { RecordRow } from '../../../contract/records.ts';
import type { AgentFolder } from '../folder.ts';
import type { AgentRecords } from '../records/table.ts';
import { dayOf, textOf, within } from './days.ts';
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

/** Days on which a cap stopped a run: it was skipped, or the fallback model was used (formats/atomic-agents.md §6). */
export function firedDays(records: AgentRecords, today: number): AgentReport['fired'] {
  const skipped = records.status.names.indexOf('skipped');
  const days = new Map<number, number>();
  for (const file of records.files) {
    if (file.month === null || !within(file.day, { from: -1e9, to: today })) continue;
    for (let row = file.from; row < file.to; row++) {
      if (records.status.ids[row] !== skipped || skipped < 0) continue;
      days.set(file.day, (days.get(file.day) ?? 0) + 1);
    }
  }
  return [...days]
    .toSorted(([a], [b]) => b - a)
    .map(([day, lines]) => ({
      day: textOf(day),
      lines,
      query: query(agentTerm(records.agent), `file:${textOf(day)}`, 'status:skipped'),
    }));
}

function activityOf(records: AgentRecords, today: number, nowMicros: number): AgentReport['activity'] {
  const counts = recentOf(records, today, nowMicros);
  const week = (value: number, ...terms: string[]) => ({
    value,
    query: rangeQuery(records.agent, activityWeek(today), false, ...terms),
  });
  return {
    runs24h: { value: counts.runs24h, query: query(agentTerm(records.agent), lastDay(nowMicros).term) },
    runs7d: week(counts.runs7d),
    failures7d: week(counts.failures7d, '-status:ok'),
    toolCalls7d: week(counts.toolCalls7d, 'trigger:tool_call'),
    delegations7d: week(counts.delegations7d, 'trigger:delegate'),
    captures7d: week(counts.captures7d, 'primitive:capture'),
  };
}
