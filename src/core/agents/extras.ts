import type { Escalation } from '../../contract/escalations.ts';
import type { AgentReport } from '../../contract/fleet.ts';
import type { AsOf } from './days.ts';
import { readEscalations } from './escalations/read.ts';
import type { BriefExtras } from './figures/briefs.ts';
import type { FleetMaterial } from './overview.ts';
import { readMemory } from './parts/memory.ts';

/** What the files of agents add to their figures. */
export type Extras = {
  /** what waits, what is not loaded, the goals, and whether it runs */
  brief(agent: string): BriefExtras;
  /** the proposals that wait for an answer, oldest first */
  waiting(agent: string): AgentReport['toAnswer'];
  /** the goals, one line each */
  goals(agent: string): AgentReport['goals'];
};

/** Pending to the runtime, with or without a block that it ignores (§11). */
const isWaiting = (verdict: Escalation['verdict']): boolean =>
  verdict === 'pending' || verdict === 'pending_with_ignored_block';

/** Reads what figures need of the files of agents, each part once. */
export function readExtras(of: FleetMaterial, at: AsOf): Extras {
  const queue = readEscalations(of.folder, at.nowMicros).escalations;
  const waits = (agent: string): Escalation[] =>
    queue.filter((escalation) => escalation.agent === agent && isWaiting(escalation.verdict));
  return {
    brief: (agent) => ({
      running: of.running(agent),
      notLoaded: readMemory(of.folder, agent, at.today).notes.filter(({ loaded }) => !loaded).length,
      toAnswer: waits(agent).length,
      goals: null,
    }),
    waiting: (agent) =>
      waits(agent).map(({ path, tool, escalatedAt }) => ({ path, tool: tool ?? '', escalatedAt })),
    goals: () => [],
  };
}
