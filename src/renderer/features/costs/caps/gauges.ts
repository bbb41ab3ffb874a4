import type { CapGauge } from '../../../../contract/costs.ts';

/** The caps of one agent: of the day, then of the month. */
export type AgentCaps = { readonly agent: string; readonly gauges: readonly CapGauge[] };

/** Gauges by agent. */
export function gaugesOf(caps: readonly CapGauge[]): readonly AgentCaps[] {
  const agents = new Map<string, CapGauge[]>();
  for (const gauge of caps) agents.set(gauge.agent, [...(agents.get(gauge.agent) ?? []), gauge]);
  return [...agents].map(([agent, gauges]) => ({
    agent,
    gauges: gauges.toSorted((a, b) => Number(a.period === 'month') - Number(b.period === 'month')),
  }));
}

/** How much of its cap is spent, 0 without one. A cap of 0 is reached by nothing. */
export function usedShare({ spentMicros, capMicros }: CapGauge): number {
  if (capMicros === null) return 0;
  return capMicros === 0 ? 1 : spentMicros / capMicros;
}

/** Agents whose spending is unknown or at a cap first, then by how near they are to one. */
export function byNeed(agents: readonly AgentCaps[]): readonly AgentCaps[] {
  const need = ({ gauges }: AgentCaps): number =>
    Math.max(
      ...gauges.map(
        (gauge) => (gauge.unknown !== null ? 4 : gauge.fired ? 2 : 0) + Math.min(1, usedShare(gauge)),
      ),
    );
  return agents.toSorted((a, b) => need(b) - need(a) || (a.agent < b.agent ? -1 : 1));
}

/** Why spending of an agent can't be told, the nearer period first; null where it can. */
export const unknownOf = ({ gauges }: AgentCaps): string | null =>
  gauges.find(({ unknown }) => unknown !== null)?.unknown ?? null;
