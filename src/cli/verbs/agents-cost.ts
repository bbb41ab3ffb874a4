import type { CapGauge, CostReport } from '../../contract/costs.ts';
import { readEscalations } from '../../core/agents/escalations/read.ts';
import { expectedForm } from '../../core/agents/figures/expected-form.ts';
import { spanOf } from '../../core/agents/overview.ts';
import { costsOf } from '../../core/agents/reports.ts';
import { readPolicy } from '../../core/agents/settings.ts';
import { textFromDays } from '../../core/records/time.ts';
import { agentsCall, type AgentsCall } from '../agents-scene.ts';
import type { Call } from '../command.ts';
import { counted, EXIT, safeLine, type Output } from '../output.ts';
import { money, number, tableLines } from '../table.ts';
import type { Plain } from '../../core/json/build.ts';

/** Prints what agents cost: every figure with --json, else the sums that matter, each with what it is a sum of. */
export async function runAgentsCost(call: Call, dir: string | undefined): Promise<number> {
  const asked = await agentsCall(call, dir);
  if (!asked.ok) return call.out.failure(asked.error);
  const at = asked.value;
  const { agents, ...rest } = expectedForm(
    at.tables,
    at.folder,
    at.today,
    readEscalations(at.folder, at.nowMicros).escalations,
  );
  // Of a folder that has only logs there are no such figures: it is no agent to the runtime.
  const shown = Object.fromEntries(
    Object.entries(agents).filter(([name]) => at.agent === null || name === at.agent),
  );
  call.out.answer({ ...rest, agents: shown } as unknown as Plain, () => lines(call.out, at));
  return EXIT.fine;
}

function lines(out: Output, at: AgentsCall): string[] {
  const { first } = spanOf(at.tables);
  if (first === null)
    return [`No record of ${safeLine(at.root.path)} has a readable date, so nothing has a cost.`];
  const range = { from: textFromDays(Math.min(first, dayNumber(at.today))), to: at.today };
  const reportOf = (
    agent: string | null,
    by: 'model' | 'agent',
    counting: 'once' | 'logged',
  ): CostReport | null => {
    const report = costsOf(at, { agent, range, by, counting }, at);
    return report.ok ? report.value : null;
  };
  const once = reportOf(at.agent, 'model', 'once');
  if (once === null) return [];
  const names = at.agent === null ? at.root.agents.map(({ name }) => name) : [at.agent];
  const each = names.flatMap((name) => {
    const report = reportOf(name, 'model', 'logged');
    return report === null ? [] : [{ name, report }];
  });
  return [
    `What ${at.agent === null ? 'the agents' : safeLine(at.agent)} cost, as of ${at.today}. Records from ${range.from} to ${range.to}.`,
    '',
    'As each agent logged it:',
    ...tableLines(
      [
        { head: 'agent' },
        { head: 'records', right: true },
        { head: 'today', right: true },
        { head: once.month.name, right: true },
        { head: 'all', right: true },
      ],
      each.map(({ name, report }) => [
        name,
        number(report.sum.lines),
        money(report.todaySum.costMicros),
        money(report.month.costMicros),
        money(report.sum.costMicros),
      ]),
    ),
    '',
    ...sums(once),
    '',
    'Caps (spending of the actor, by the day and month of the log’s file):',
    ...capLines(
      out,
      each.flatMap(({ report }) => report.caps),
    ),
    ...brokenPolicy(at),
    '',
    'By model, counted once:',
    ...tableLines(
      [
        { head: 'model' },
        { head: 'records', right: true },
        { head: 'input', right: true },
        { head: 'output', right: true },
        { head: 'cost', right: true },
        { head: '' },
      ],
      once.groups.map(({ key, lines: of, inputTokens, outputTokens, costMicros, priced }) => [
        key === '' ? '(none)' : key,
        number(of),
        number(inputTokens),
        number(outputTokens),
        money(costMicros),
        priced === 'unpriced'
          ? 'no price known'
          : priced === 'estimated'
            ? 'logged with the highest rates'
            : '',
      ]),
    ),
    ...leftOut(once),
  ];
}

function sums(report: CostReport): string[] {
  const { doubled, forecast, noForecast } = report;
  const twice = doubled.loggedMicros - doubled.onceMicros;
  const rows = [
    ['as logged', money(doubled.loggedMicros), 'every record of the range'],
    [
      'counted once',
      money(doubled.onceMicros),
      twice === 0
        ? 'no delegated run is logged twice'
        : `without ${counted(doubled.resolved, 'copy').replace('copys', 'copies')} of delegated runs whose own line is there (${money(twice)})`,
    ],
    ['today', money(report.todaySum.costMicros), `counted once, ${report.today}`],
    ['month', money(report.month.costMicros), `counted once, ${report.month.name} so far`],
  ];
  if (forecast === null) rows.push(['forecast', '-', noForecast ?? '']);
  else {
    rows.push([
      'forecast',
      `≈${money(forecast.micros)}`,
      `an estimate for ${forecast.month}: ${money(forecast.lowMicros)} to ${money(forecast.highMicros)}`,
    ]);
  }
  return tableLines([{ head: 'sum' }, { head: 'cost', right: true }, { head: 'what it is' }], rows);
}

function capLines(out: Output, caps: readonly CapGauge[]): string[] {
  const rows = caps.map(({ agent, period, spentMicros, capMicros, capFrom, action, fired, unknown }) => {
    const share =
      capMicros === null || capMicros === 0 ? '' : `${((spentMicros / capMicros) * 100).toFixed(1)} %`;
    const state = unknown !== null ? `unknown: ${unknown}` : fired ? `reached: ${action}` : '';
    return [
      agent,
      period,
      money(spentMicros),
      capMicros === null ? 'no cap' : money(capMicros),
      share,
      capFrom ?? '',
      state,
    ];
  });
  const table = tableLines(
    [
      { head: 'agent' },
      { head: 'period' },
      { head: 'spent', right: true },
      { head: 'cap', right: true },
      { head: 'share', right: true },
      { head: 'cap from' },
      { head: 'state' },
    ],
    rows,
  );
  return table.map((line, at) => (at > 0 && caps[at - 1]!.fired ? out.paint(line, 'red') : line));
}

/** That no cap of `policy.md` counts, where it can't be read. */
function brokenPolicy({ folder }: AgentsCall): string[] {
  const { broken, path } = readPolicy(folder);
  if (broken === null || path === null) return [];
  return [
    `${safeLine(path)} can't be read, so none of its caps counts: ${safeLine(broken)}`,
    'Mend the file; `vekscope agents doctor` names the line.',
  ];
}

function leftOut(report: CostReport): string[] {
  if (report.leftOut.length === 0) return [];
  return [
    '',
    'Left out, or not counted in full:',
    ...report.leftOut.map(({ what, lines: of }) => `  ${number(of)}  ${safeLine(what)}`),
  ];
}

const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
