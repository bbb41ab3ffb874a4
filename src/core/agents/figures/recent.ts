import { isoMicros } from '../../records/query-format.ts';
import { FLAG, NO_DAY } from '../records/table.ts';
import type { AgentRecords } from '../records/table.ts';
import { digestOf, rowsOfSpan } from './digest.ts';
import type { Span } from './days.ts';
import { textOf, within } from './days.ts';

/** Counts of what happened lately: by the clock for 24 hours, by the day for a week. */
export type Recent = {
  runs24h: number;
  errors24h: number;
  runs7d: number;
  failures7d: number;
  toolCalls7d: number;
  delegations7d: number;
  captures7d: number;
  blocked7d: number;
};

/** The windows of upstream's activity page (formats/atomic-agents.md §7): [t−7, t] has eight days. */
export function activityWeek(today: number): Span {
  return { from: today - 7, to: today };
}

const DAY_MICROS = 86_400_000_000;

/**
 * The last 24 hours: from an instant on, and of no day after today. West of Greenwich a day ends later than in UTC, so
 * there is no other end, as in upstream.
 */
export function lastDay(today: number, nowMicros: number): { readonly from: number; readonly term: string } {
  const from = Math.ceil(nowMicros / 1000) * 1000 - DAY_MICROS;
  return { from, term: `at:${isoMicros(from)}.. day:..${textOf(today)}` };
}

/** One pass over the rows of the days that matter. */
export function recentOf(records: AgentRecords, today: number, nowMicros: number): Recent {
  const counts: Recent = {
    runs24h: 0,
    errors24h: 0,
    runs7d: 0,
    failures7d: 0,
    toolCalls7d: 0,
    delegations7d: 0,
    captures7d: 0,
    blocked7d: 0,
  };
  const clock = lastDay(today, nowMicros);
  const week = activityWeek(today);
  const { day, micros, flags, status, trigger, primitive } = records;
  const error = status.names.indexOf('error');
  const ok = status.names.indexOf('ok');
  const busy = status.names.indexOf('lock_busy');
  const tool = trigger.names.indexOf('tool_call');
  const delegate = trigger.names.indexOf('delegate');
  const capture = primitive.names.indexOf('capture');
  const rows = rowsOfSpan(digestOf(records), { from: week.from, to: today });
  for (let row = rows.from; row < rows.to; row++) {
    const at = day[row]!;
    if (at === NO_DAY) continue;
    const state = status.ids[row]!;
    if (micros[row]! >= clock.from && at <= today) {
      counts.runs24h++;
      if (state === error) counts.errors24h++;
    }
    if (!within(at, week)) continue;
    counts.runs7d++;
    if (state !== ok) counts.failures7d++;
    if (trigger.ids[row] === tool) counts.toolCalls7d++;
    if (trigger.ids[row] === delegate) counts.delegations7d++;
    if (primitive.ids[row] === capture) counts.captures7d++;
    if (state === busy || (flags[row]! & FLAG.embedBlocked) !== 0) counts.blocked7d++;
  }
  return counts;
}
