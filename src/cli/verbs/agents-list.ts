import type { AgentBrief } from '../../contract/fleet.ts';
import { readRunning } from '../../core/agents/lock.ts';
import { fleetOf, overviewOf } from '../../core/agents/overview.ts';
import type { Plain } from '../../core/json/build.ts';
import { agentsCall, type AgentsCall } from '../agents-scene.ts';
import type { Call } from '../command.ts';
import { counted, EXIT, safeLine, type Output } from '../output.ts';
import { money, number, tableLines } from '../table.ts';

/** Prints who is there: the same line about each agent that the window shows. */
export async function runAgentsList(call: Call, dir: string | undefined): Promise<number> {
  const asked = await agentsCall(call, dir);
  if (!asked.ok) return call.out.failure(asked.error);
  const at = asked.value;
  const dirs = new Map(at.root.agents.map((agent) => [agent.name, agent.dir]));
  const material = { ...at, running: (agent: string) => readRunning(dirs.get(agent) ?? at.root.path) };
  const fleet = fleetOf(material, at);
  const { revision: _, ...overview } = overviewOf(material, fleet, 0, at);
  const agents = overview.agents.filter(({ name }) => at.agent === null || name === at.agent);
  call.out.answer({ ...overview, agents } as unknown as Plain, () => [
    ...agentLines(call.out, agents),
    '',
    ...totals(at, overview, agents.length),
  ]);
  return EXIT.fine;
}

function agentLines(out: Output, agents: readonly AgentBrief[]): string[] {
  const rows = agents.map((brief) => [
    brief.name,
    brief.logOnly ? 'log only' : (brief.word ?? ''),
    runs(brief),
    number(brief.records),
    brief.lastRun?.ts ?? 'never',
    spent(brief.today),
    spent(brief.month),
    brief.health === null ? '-' : `${brief.health.shown} ${brief.health.band}`,
    wants(brief),
  ]);
  const table = tableLines(
    [
      { head: 'agent' },
      { head: 'state' },
      { head: 'runs now' },
      { head: 'records', right: true },
      { head: 'last run' },
      { head: 'today', right: true },
      { head: 'month', right: true },
      { head: 'health' },
      { head: 'needs' },
    ],
    rows,
  );
  return table.map((line, at) => {
    const word = agents[at - 1]?.word;
    return word === 'ERROR' ? out.paint(line, 'red') : word === 'WARN' ? out.paint(line, 'yellow') : line;
  });
}

function runs({ running: { state, pid } }: AgentBrief): string {
  if (state === 'idle') return 'no';
  if (state === 'unknown') return '?';
  return `${state === 'running' ? 'yes' : 'probably'}${pid === null ? '' : ` (${pid})`}`;
}

const spent = ({ spentMicros, capMicros }: AgentBrief['today']): string =>
  capMicros === null ? money(spentMicros) : `${money(spentMicros)} of ${money(capMicros)}`;

/** What a person has to see to. */
function wants(brief: AgentBrief): string {
  return [
    brief.toAnswer > 0 ? `${brief.toAnswer} to answer` : '',
    brief.attention > 0 ? counted(brief.attention, 'alert') : '',
    brief.notLoaded > 0 ? `${brief.notLoaded} not loaded` : '',
    brief.badLines > 0 ? `${counted(brief.badLines, 'line')} unreadable` : '',
  ]
    .filter((words) => words !== '')
    .join(', ');
}

function totals(
  at: AgentsCall,
  overview: Omit<ReturnType<typeof overviewOf>, 'revision'>,
  shown: number,
): string[] {
  const { records, spentTodayMicros, lastDay, cascades, elsewhere } = overview;
  return [
    `${counted(shown, 'agent')} as of ${at.today}; ${counted(records, 'record')} in all, the last of ${lastDay ?? 'no day'}; ${money(spentTodayMicros)} that day, counted once.`,
    'Spending of an agent is the actor’s, by the place of the log, against the cap in force.',
    ...(cascades.length === 0
      ? []
      : [`Cascade systems, which are no agents: ${cascades.map(safeLine).join(', ')}`]),
    ...elsewhere.map((words) => `Kept elsewhere: ${safeLine(words)}`),
  ];
}
