import type { AgentBrief, Attention } from '../../../contract/fleet.ts';

/** What the table is narrowed to. */
export const FILTERS = ['all', 'problems', 'running', 'answer', 'ERROR', 'WARN', 'STALE', 'OK'] as const;
export type FleetFilter = (typeof FILTERS)[number];

const RANKS = { ERROR: 60, WARN: 30, STALE: 20, OK: 0 } as const;

/** How much an agent needs a person: a broken state first, then a cap that stops it, then what waits for an answer. */
export function needOf(agent: AgentBrief): number {
  if (agent.logOnly) return 10;
  const stopped = agent.today.fired || agent.month.fired || unknownSpending(agent);
  return (
    RANKS[agent.word ?? 'OK'] +
    (stopped ? 25 : 0) +
    (agent.toAnswer > 0 ? 20 : 0) +
    (agent.notLoaded > 0 ? 4 : 0) +
    Math.min(3, agent.attention)
  );
}

/** The runtime can't tell what was spent, and refuses where a cap holds (formats/atomic-agents.md §6). */
export const unknownSpending = ({ today, month }: AgentBrief): boolean =>
  today.unknown !== null || month.unknown !== null;

export const hasProblem = (agent: AgentBrief): boolean => needOf(agent) > 0;

/** Whether the filter and all words of the search let an agent through. */
export function passes(agent: AgentBrief, filter: FleetFilter, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${agent.name} ${agent.wordWhy}`.toLowerCase();
  if (!words.every((word) => text.includes(word))) return false;
  switch (filter) {
    case 'all':
      return true;
    case 'problems':
      return hasProblem(agent);
    case 'running':
      return agent.running.state === 'running' || agent.running.state === 'probably';
    case 'answer':
      return agent.toAnswer > 0;
    default:
      return agent.word === filter;
  }
}

export const SORTS = [
  'need',
  'agent',
  'last',
  'today',
  'month',
  'week',
  'errors',
  'blocked',
  'health',
  'files',
  'answer',
  'goals',
] as const;
export type FleetSort = (typeof SORTS)[number];

const spent = (agent: AgentBrief): number => agent.week.reduce((sum, { costMicros }) => sum + costMicros, 0);

const VALUES: Record<Exclude<FleetSort, 'agent'>, (agent: AgentBrief) => number | null> = {
  need: needOf,
  last: ({ lastRun }) => lastRun?.atMicros ?? null,
  today: ({ today }) => today.spentMicros,
  month: ({ month }) => month.spentMicros,
  week: spent,
  errors: ({ errors24h }) => errors24h.value,
  blocked: ({ blocked7d }) => blocked7d.value,
  health: ({ health }) => (health === null ? null : -health.shown),
  files: ({ notLoaded }) => notLoaded,
  answer: ({ toAnswer }) => toAnswer,
  goals: ({ goals }) => (goals === null ? null : goals.blocked * 1000 + goals.open),
};

const names = new Intl.Collator('en', { numeric: true });

/**
 * Agents in an order: the largest figure first (of health the lowest score), `back` the other way; agents without a
 * figure stand last whichever way, and what is equal is in the order of names.
 */
export function ordered(
  agents: readonly AgentBrief[],
  sort: FleetSort,
  back: boolean,
): readonly AgentBrief[] {
  const way = back ? -1 : 1;
  if (sort === 'agent') return agents.toSorted((a, b) => way * names.compare(a.name, b.name));
  const value = VALUES[sort];
  return agents.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null)
      return Number(x === null) - Number(y === null) || names.compare(a.name, b.name);
    return way * (y - x) || names.compare(a.name, b.name);
  });
}

/** The sum of the last seven days. */
export const weekMicros = spent;

/** What of the queue is open, and how many entries were put aside. */
export function splitQueue(queue: readonly Attention[]): {
  readonly open: readonly Attention[];
  readonly aside: readonly Attention[];
} {
  return {
    open: queue.filter(({ state }) => state !== 'snoozed'),
    aside: queue.filter(({ state }) => state === 'snoozed'),
  };
}
