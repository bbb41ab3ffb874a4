import type { CostReport } from '../../../contract/costs.ts';
import type { Sum } from '../../../contract/records.ts';
import { csvLine, dollars } from './csv.ts';

type Row = {
  readonly what: string;
  readonly name: string;
  readonly sum: Partial<Sum> & Pick<Sum, 'costMicros'>;
};

/** The figures of a report, one a row: what it is of, its name, and its sums. */
function rowsOf(report: CostReport): readonly Row[] {
  const rows: Row[] = [
    { what: 'range', name: `${report.range.from}..${report.range.to}`, sum: report.sum },
    { what: 'today', name: report.today, sum: report.todaySum },
    { what: 'month', name: report.month.name, sum: report.month },
    { what: 'last month', name: report.lastMonth.name, sum: report.lastMonth },
    { what: 'as logged', name: '', sum: { costMicros: report.doubled.loggedMicros } },
    { what: 'counted once', name: '', sum: { costMicros: report.doubled.onceMicros } },
    { what: 'helpers', name: '', sum: report.helpers },
    { what: 'failed', name: '', sum: report.failed },
    { what: 'blocked', name: '', sum: report.blocked },
    { what: 'judge', name: '', sum: report.judge },
    { what: 'saved by cache', name: '', sum: { costMicros: report.cache.savedMicros } },
    { what: 'saved by helpers', name: '', sum: { costMicros: report.helpers.savedMicros } },
    { what: 'recomputed', name: '', sum: { costMicros: report.recomputed.recomputedMicros } },
  ];
  if (report.forecast !== null) {
    const { month, micros } = report.forecast;
    rows.push({ what: 'forecast', name: month, sum: { costMicros: micros } });
  }
  for (const { agent, period, spentMicros, capMicros } of report.caps) {
    rows.push({
      what: `spent this ${period} by the place of the log`,
      name: agent,
      sum: { costMicros: spentMicros },
    });
    if (capMicros !== null)
      rows.push({ what: `cap of the ${period}`, name: agent, sum: { costMicros: capMicros } });
  }
  rows.push(...report.groups.map((group) => ({ what: report.by, name: group.key, sum: group })));
  rows.push(...report.days.map((day) => ({ what: 'day', name: day.day, sum: day })));
  rows.push(...report.months.map((month) => ({ what: 'months', name: month.month, sum: month })));
  for (const { model, ...sum } of report.unpriced) rows.push({ what: 'no price', name: model, sum });
  return rows;
}

const HEAD = ['agent', 'counting', 'what', 'name', 'records', 'input_tokens', 'output_tokens', 'cost_usd'];

/** A cost report as a table of figures or as JSON in dollars. */
export function exportCosts(report: CostReport, form: 'csv' | 'json'): string {
  const agent = report.agent ?? '';
  const rows = rowsOf(report);
  if (form === 'csv') {
    return [
      csvLine(HEAD),
      ...rows.map(({ what, name, sum }) =>
        csvLine([
          agent,
          report.counting,
          what,
          name,
          sum.lines ?? null,
          sum.inputTokens ?? null,
          sum.outputTokens ?? null,
          dollars(sum.costMicros),
        ]),
      ),
    ].join('');
  }
  const figures = rows.map(({ what, name, sum }) => ({
    what,
    name,
    records: sum.lines ?? null,
    input_tokens: sum.inputTokens ?? null,
    output_tokens: sum.outputTokens ?? null,
    cost_usd: sum.costMicros / 1e6,
  }));
  const { today, range, counting, by } = report;
  return `${JSON.stringify({ agent: report.agent, today, range, counting, by, figures }, null, 1)}\n`;
}
