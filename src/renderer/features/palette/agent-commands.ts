import {
  Activity,
  CalendarClock,
  ChartColumnStacked,
  Download,
  FileWarning,
  MessageCircleQuestion,
  Rows3,
  Stethoscope,
  UserRound,
} from 'lucide-react';
import type { AgentBrief, AgentsOverview } from '../../../contract/fleet.ts';
import type { Command } from '../../app/commands.ts';
import { asOfDay, openAgent, openBadLines, openRuns, setAsOf } from '../../state/agents.ts';
import { useAgentsStore } from '../../state/agents-overview.ts';
import { runsOf } from '../../state/runs.ts';
import { openCosts, openDoctor, openEscalations, openFleet } from '../../state/tabs.ts';
import { nearestAgents } from '../../state/workspace.ts';
import { formatCounted, formatMoney } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { agentInFront } from '../agent/open-changes.ts';
import { PAGES } from '../agent/pages.ts';
import { dayWords } from '../runs/days.ts';
import { exportRecords } from '../runs/export.ts';
import { agentQuery } from '../runs/terms.ts';
import { editCommands } from './edit-commands.ts';

/** What can be asked of the agents of the workspace; nothing where there are none. */
export function agentCommands(query: string): readonly Command[] {
  const source = nearestAgents();
  if (source === null) return [];
  const overview = useAgentsStore.getState().agents[source]?.value ?? null;
  return [
    ...viewCommands(source, overview),
    ...dayCommands(source, overview),
    ...exportCommands(source),
    ...editCommands(source, overview),
    ...frontFirst(source, overview?.agents ?? []).flatMap((agent) => oneAgent(source, agent, query)),
  ];
}

function viewCommands(source: string, overview: AgentsOverview | null): readonly Command[] {
  const group = 'Actions';
  const bad = overview?.badLines ?? 0;
  const waiting = overview?.toAnswer ?? 0;
  return [
    { id: 'fleet', group, label: 'Show the fleet', icon: Activity, run: () => openFleet(source) },
    {
      id: 'costs',
      group,
      label: 'Show costs of all agents',
      icon: ChartColumnStacked,
      ...(overview === null ? {} : { detail: `${formatMoney(overview.spentTodayMicros)} today` }),
      run: () => openCosts(source),
    },
    {
      id: 'runs',
      group,
      label: 'Show all runs',
      icon: Rows3,
      ...(overview === null ? {} : { detail: formatCounted(overview.records, 'record') }),
      run: () => openRuns(source, ''),
    },
    {
      id: 'escalations',
      group,
      label: 'Show escalations',
      icon: MessageCircleQuestion,
      ...(waiting === 0 ? {} : { detail: `${waiting} to answer` }),
      run: () => openEscalations(source),
    },
    {
      id: 'doctor',
      group,
      label: 'Show what the doctor finds',
      icon: Stethoscope,
      run: () => openDoctor(source),
    },
    {
      id: 'bad-lines',
      group,
      label: 'Show the lines that could not be read',
      icon: FileWarning,
      ...(bad === 0 ? {} : { detail: formatCounted(bad, 'line') }),
      run: () => openBadLines(source),
    },
  ];
}

function dayCommands(source: string, overview: AgentsOverview | null): readonly Command[] {
  const group = 'Actions';
  const asOf = asOfDay(source);
  const last = overview?.lastDay ?? null;
  return [
    ...(last === null || last === asOf
      ? []
      : [
          {
            id: 'as-of',
            group,
            label: `Show everything as of ${dayWords(last)}`,
            detail: 'the day of the newest record',
            icon: CalendarClock,
            run: () => setAsOf(source, last),
          } as const,
        ]),
    ...(asOf === null
      ? []
      : [
          {
            id: 'as-of-today',
            group,
            label: 'Show everything as of today',
            icon: CalendarClock,
            run: () => setAsOf(source, null),
          } as const,
        ]),
  ];
}

function exportCommands(source: string): readonly Command[] {
  const { query } = runsOf(source);
  const what = query.trim() === '' ? 'all runs' : 'the runs of the query';
  const forms = [
    ['csv', 'as CSV'],
    ['json', 'as JSON'],
    ['jsonl', 'as they stand in the logs'],
  ] as const;
  return forms.map(([form, words]) => ({
    id: `export-runs-${form}`,
    group: 'Actions',
    label: `Export ${what} ${words}`,
    detail: query.trim(),
    icon: Download,
    run: () => void exportRecords(source, form),
  }));
}

/** “Tuning” means first of all that of the agent in front. */
function frontFirst(source: string, agents: readonly AgentBrief[]): readonly AgentBrief[] {
  const front = agentInFront(source);
  return agents.toSorted((a, b) => Number(b.name === front) - Number(a.name === front));
}

/** The ways to one agent; its pages once something is typed, since all of all agents would be a long list. */
function oneAgent(source: string, agent: AgentBrief, query: string): readonly Command[] {
  const name = visibleText(agent.name);
  const group = 'Agents';
  const own: Command = {
    id: `agent-${agent.name}`,
    group,
    label: name,
    icon: UserRound,
    detail: agentDetail(agent),
    run: () => openAgent(source, agent.name),
  };
  if (query.trim().length < 2) return [own];
  return [
    own,
    {
      id: `agent-costs-${agent.name}`,
      group,
      label: `Costs of ${name}`,
      icon: ChartColumnStacked,
      run: () => openCosts(source, agent.name),
    },
    {
      id: `agent-runs-${agent.name}`,
      group,
      label: `Runs of ${name}`,
      icon: Rows3,
      detail: formatCounted(agent.records, 'record'),
      run: () => openRuns(source, agentQuery(agent.name)),
    },
    ...PAGES.filter(({ id }) => id !== 'runs' && id !== 'costs').map((page): Command => ({
      id: `agent-${page.id}-${agent.name}`,
      group,
      label: `${page.label} of ${name}`,
      icon: page.icon,
      run: () => openAgent(source, agent.name, { page: page.id, item: null }),
    })),
  ];
}

function agentDetail(agent: AgentBrief): string {
  if (agent.toAnswer > 0) return `${agent.toAnswer} to answer`;
  if (agent.notLoaded > 0) return `${formatCounted(agent.notLoaded, 'file')} not loaded`;
  return agent.logOnly ? 'log only' : formatCounted(agent.records, 'record');
}
