import type { AgentBrief, AgentsOverview, Band } from '../../../contract/fleet.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { formatCount, formatCounted, formatMoney } from '../../ui/format.ts';
import { hintText } from '../../ui/visible-text.ts';
import type { AgentsPage } from './rows.ts';

/** Money where there is no room for every digit; the title has them. */
const shortMoney = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

const BAND_CLASS: Readonly<Record<Band, string>> = { green: '', amber: 'tree-warn', red: 'tree-bad' };

type PageProps = { readonly page: AgentsPage; readonly overview: AgentsOverview | null };

/** What matters most of a view over all agents. */
export function PageEnd({ page, overview }: PageProps) {
  if (overview === null) return null;
  const { health, records, spentTodayMicros, toAnswer } = overview;
  switch (page) {
    case 'costs':
      return <span>{shortMoney.format(spentTodayMicros / 1e6)} today</span>;
    case 'fleet':
      return health === null ? null : <span className={BAND_CLASS[health.band]}>{health.shown}</span>;
    case 'runs':
      return formatCount(records);
    case 'escalations':
      return toAnswer === 0 ? null : <Badge tone="warn">{formatCount(toAnswer)} to answer</Badge>;
    case 'doctor':
      return null;
    default:
      return page satisfies never;
  }
}

/** The same in full. */
export function pageTitle(page: AgentsPage, overview: AgentsOverview | null): string {
  switch (page) {
    case 'costs':
      return overview === null
        ? 'What the agents cost'
        : `What the agents cost: ${formatMoney(overview.spentTodayMicros)} on ${overview.today}`;
    case 'fleet': {
      const score = overview?.health ?? null;
      return score === null ? 'Health of all agents' : `Health of all agents: ${score.shown} of 100`;
    }
    case 'runs':
      return 'Every record of every log';
    case 'escalations':
      return 'Proposals that a person has to answer';
    case 'doctor':
      return 'What is wrong with the files of the agents';
    default:
      return page satisfies never;
  }
}

/** The most urgent thing about an agent: who runs, what waits for an answer, what it does not load, its state. */
export function AgentEnd({ agent }: { readonly agent: AgentBrief }) {
  const runs = agent.running.state === 'running' || agent.running.state === 'probably';
  return (
    <>
      {runs && (
        <span className="tree-live" title={agent.running.how}>
          <span className="live-dot" aria-hidden />
          {agent.running.state === 'running' ? 'running' : 'probably running'}
        </span>
      )}
      <MostUrgent agent={agent} />
    </>
  );
}

function MostUrgent({ agent }: { readonly agent: AgentBrief }) {
  if (agent.toAnswer > 0) return <Badge tone="warn">{formatCount(agent.toAnswer)} to answer</Badge>;
  if (agent.notLoaded > 0) return <span className="tree-bad">{formatCount(agent.notLoaded)} not loaded</span>;
  if (agent.logOnly) return <span>log only</span>;
  if (agent.word === null || agent.word === 'OK') return null;
  return <span className={agent.word === 'ERROR' ? 'tree-bad' : 'tree-warn'}>{STATE_NAMES[agent.word]}</span>;
}

const STATE_NAMES = { ERROR: 'error', STALE: 'stale', WARN: 'warning' } as const;

/** All of it, for the title. */
export function agentTitle(agent: AgentBrief): string {
  return [
    hintText(agent.name),
    agent.word === null ? '' : `${agent.word}: ${agent.wordWhy}`,
    `${formatCounted(agent.records, 'record')}, ${formatMoney(agent.today.spentMicros)} today`,
    agent.toAnswer > 0 ? `${formatCounted(agent.toAnswer, 'escalation')} to answer` : '',
    agent.notLoaded > 0 ? `${formatCounted(agent.notLoaded, 'file')} that it does not load` : '',
    agent.badLines > 0 ? `${formatCounted(agent.badLines, 'line')} of its log could not be read` : '',
    agent.running.how,
  ]
    .filter((line) => line !== '')
    .join('\n');
}
