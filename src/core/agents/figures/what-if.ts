import type { WhatIf } from '../../../contract/costs.ts';
import { FLAG, NO_DAY } from '../records/table.ts';
import type { AgentRecords } from '../records/table.ts';
import type { AgentSettings } from '../settings.ts';
import { monthRange, textOf } from './days.ts';
import type { Span } from './days.ts';
import { counted, microsOf, moneyWords } from './numbers.ts';
import { agentTerm, query } from './queries.ts';

export type WhatIfInput = {
  readonly dailyCapMicros: number | null;
  readonly monthlyCapMicros: number | null;
};

type Day = { day: number; nanos: number; over: number; runs: number; dailyHit: boolean; monthlyHit: boolean };

/**
 * What other caps would have done to the days of a range, by the place of the files and for the actor only, as the
 * guardrails count (formats/atomic-agents.md §6). Records are taken in the order in which they were logged: a primary
 * run that was logged when the sum had already reached the cap would have met it. Nothing that a refused run would have
 * spared is taken away again, so this is an upper bound.
 */
export function whatIf(
  records: AgentRecords,
  settings: AgentSettings,
  span: Span,
  input: WhatIfInput,
): WhatIf {
  const daily = input.dailyCapMicros === null ? Infinity : input.dailyCapMicros * 1000;
  const monthly = input.monthlyCapMicros === null ? Infinity : input.monthlyCapMicros * 1000;
  const actors = records.costSource.names.map((name) => name === null || name === 'actor');
  const files = records.files
    .filter(({ day, month }) => day !== NO_DAY && month === textOf(day).slice(0, 7))
    .filter(({ day }) => day <= span.to && day >= monthRange(span.from).from)
    .toSorted((a, b) => a.day - b.day);
  const days: Day[] = [];
  const monthsHit: { month: string; day: string; overNanos: number }[] = [];
  let month = '';
  let spentMonth = 0;
  for (const file of files) {
    if (file.month !== month) {
      month = file.month!;
      spentMonth = 0;
    }
    const day: Day = { day: file.day, nanos: 0, over: 0, runs: 0, dailyHit: false, monthlyHit: false };
    for (let row = file.from; row < file.to; row++) {
      const flag = records.flags[row]!;
      const met = day.nanos >= daily || spentMonth >= monthly;
      if (met && (flag & FLAG.primary) !== 0) day.runs++;
      if (!actors[records.costSource.ids[row]!]! || (flag & FLAG.negativeCost) !== 0) continue;
      const nanos = records.costNanos[row]!;
      const over = Math.max(0, day.nanos + nanos - Math.max(day.nanos, daily));
      const overMonth = Math.max(0, spentMonth + nanos - Math.max(spentMonth, monthly));
      day.nanos += nanos;
      spentMonth += nanos;
      day.over += Math.max(over, overMonth);
      const hit = monthsHit.at(-1)?.month === month;
      if (spentMonth >= monthly && file.day >= span.from) {
        if (!hit) monthsHit.push({ month, day: textOf(file.day), overNanos: 0 });
        monthsHit.at(-1)!.overNanos += overMonth;
      }
    }
    day.dailyHit = day.nanos >= daily;
    day.monthlyHit = spentMonth >= monthly;
    if (file.day >= span.from) days.push(day);
  }
  const hit = days.filter(({ dailyHit, monthlyHit }) => dailyHit || monthlyHit);
  const overMicros = microsOf(days.reduce((sum, { over }) => sum + over, 0));
  const runsHit = days.reduce((sum, { runs }) => sum + runs, 0);
  const action = settings.guardrails.dailyAction;
  return {
    agent: records.agent,
    ...input,
    action,
    days: days.map((day) => ({
      day: textOf(day.day),
      spentMicros: microsOf(day.nanos),
      overMicros: microsOf(day.over),
      hit: day.dailyHit || day.monthlyHit,
      runs: day.runs,
      query: query(agentTerm(records.agent), `file:${textOf(day.day)}`, 'source:actor', '-is:negative'),
    })),
    daysHit: hit.length,
    monthsHit: monthsHit.map(({ month: of, day, overNanos }) => ({
      month: of,
      day,
      overMicros: microsOf(overNanos),
    })),
    runsHit,
    overMicros,
    how: `${capWords(input)}: on ${counted(hit.length, 'day')} of ${days.length} a cap would have been reached, ${moneyWords(overMicros)} were spent after that, and ${counted(runsHit, 'primary run')} would have met it (${actionWords(action)}). Counted in the order of the log, by the place of the files; what a refused run would have saved is not taken away again, so this is the most it could have changed.`,
  };
}

function capWords({ dailyCapMicros, monthlyCapMicros }: WhatIfInput): string {
  const caps = [
    dailyCapMicros === null ? null : `${moneyWords(dailyCapMicros)} a day`,
    monthlyCapMicros === null ? null : `${moneyWords(monthlyCapMicros)} a month`,
  ].filter((cap) => cap !== null);
  return caps.length === 0 ? 'Without a cap' : `With a cap of ${caps.join(' and ')}`;
}

function actionWords(action: string): string {
  if (action === 'skip') return 'the call would have been skipped';
  if (action === 'fallback') return 'the fallback model would have been used';
  return 'the call would have gone on, with an alert';
}
