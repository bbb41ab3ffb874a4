import type { CapGauge } from '../../../contract/costs.ts';
import type { AgentRecords } from '../records/table.ts';
import type { AgentSettings, EffectiveCap } from '../settings.ts';
import { monthOf, monthRange, textOf } from './days.ts';
import { spentInMonth, spentOnDay } from './guardrail-spend.ts';
import type { PeriodSpend } from './guardrail-spend.ts';
import { counted, microsOf } from './numbers.ts';
import { agentTerm, query } from './queries.ts';

/** The gauges of a day and of its month (formats/atomic-agents.md §6), as of `today`. */
export function gaugesOf(
  records: AgentRecords,
  settings: AgentSettings,
  today: number,
): [CapGauge, CapGauge] {
  return [gauge(records, settings, 'day', today), gauge(records, settings, 'month', today)];
}

function gauge(
  records: AgentRecords,
  settings: AgentSettings,
  period: 'day' | 'month',
  today: number,
): CapGauge {
  const daily = period === 'day';
  const spend = daily ? spentOnDay(records, today, today) : spentInMonth(records, today);
  const effective = daily ? settings.effective.daily : settings.effective.monthly;
  const spentMicros = microsOf(spend.nanos);
  const cap = effective.micros;
  const of = daily ? textOf(today) : monthOf(today);
  const warned = settings.warned.filter(
    (one) => one.period === (daily ? 'daily' : 'monthly') && one.of === of,
  );
  return {
    agent: records.agent,
    period,
    spentMicros,
    capMicros: cap,
    capFrom: effective.from,
    caps: effective.caps.map((one) => capWords(one, effective, settings.capsChecked)),
    action: daily ? settings.guardrails.dailyAction : settings.guardrails.monthlyAction,
    fired: cap !== null && spentMicros >= cap,
    thresholds: settings.guardrails.thresholds.map((at) => ({
      at,
      reached: cap !== null && spentMicros >= at * cap,
      warned: warned.some(({ threshold }) => threshold === at),
    })),
    unknown: unknownWords(spend, period, cap !== null && settings.capsChecked),
    query: gaugeQuery(records.agent, period, today, spend),
  };
}

function capWords(
  cap: EffectiveCap['caps'][number],
  effective: EffectiveCap,
  checked: boolean,
): CapGauge['caps'][number] {
  const smallest = cap.counts && cap.from === effective.from;
  const why = !cap.counts
    ? 'The guardrails of model.md are off.'
    : !checked
      ? 'The guardrails of model.md are off: the runtime (2.0.0) then checks no cap at all, also not this one.'
      : smallest
        ? cap.micros === 0
          ? 'A cap of 0 in policy.md freezes the agent.'
          : 'The smallest one holds.'
        : 'A smaller one holds.';
  return { from: cap.from, micros: cap.micros, inForce: smallest && checked, why };
}

function gaugeQuery(agent: string, period: 'day' | 'month', today: number, spend: PeriodSpend): string {
  const left = spend.leftOut.map(({ file }) => `-file:${textOf(file.day)}`);
  return query(
    agentTerm(agent),
    fileTerm(period, today),
    'source:actor',
    ...left,
    spend.negatives ? '-is:negative' : null,
  );
}

function fileTerm(period: 'day' | 'month', today: number): string {
  if (period === 'day') return `file:${textOf(today)}`;
  const { from, to } = monthRange(today);
  return `file:${textOf(from)}..${textOf(to)}`;
}

/**
 * Why the sum can't be relied on. The document lets a file count as blind from half of its lines on; the runtime's code
 * (2.0.0) refuses as soon as one line of the month is corrupt and a cap holds, so both are said.
 */
function unknownWords(spend: PeriodSpend, period: 'day' | 'month', capped: boolean): string | null {
  if (spend.blind !== null) {
    return `${spend.blind}. The runtime can't know what was spent today${capped ? ' and refuses every call while that is so' : '; no cap holds, so it goes on'}.`;
  }
  const left = spend.leftOut.map(({ unreliable }) => unreliable).join('; ');
  if (left !== '') {
    return `${left}. The runtime leaves that out of the month${capped ? ', and refuses every call of the month because the sum is not known' : ''}.`;
  }
  const corrupt = spend.corrupt.reduce((sum, file) => sum + file.corruptLines, 0);
  if (corrupt === 0 || !capped) return null;
  const where = spend.corrupt.map(({ path }) => path).join(', ');
  return `${counted(corrupt, 'corrupt line')} in ${where}. A cap holds, so the runtime refuses every call of the ${period} until ${corrupt === 1 ? 'it is' : 'they are'} gone.`;
}
