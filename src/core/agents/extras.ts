import type { Escalation } from '../../contract/escalations.ts';
import type { AgentReport } from '../../contract/fleet.ts';
import type { AsOf } from './days.ts';
import { readEscalations } from './escalations/read.ts';
import type { BriefExtras } from './figures/briefs.ts';
import type { FleetMaterial } from './overview.ts';
import type { GoalsPart, NoteRow } from '../../contract/agent-parts.ts';
import { readPart } from './parts.ts';

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

/** Reads what figures need of the files of agents. A part that a database holds adds nothing (§13). */
export function readExtras(of: FleetMaterial, at: AsOf): Extras {
  const queue = readEscalations(of.folder, at.nowMicros).escalations;
  const waits = (agent: string): Escalation[] =>
    queue.filter((escalation) => escalation.agent === agent && isWaiting(escalation.verdict));
  const notesOf = (agent: string): readonly NoteRow[] => {
    const part = readPart(of.folder, agent, 'memory', at.today, of);
    return part.ok && part.value.part === 'memory' ? part.value.notes : [];
  };
  const goalsOf = (agent: string): GoalsPart['goals'] | null => {
    const part = readPart(of.folder, agent, 'goals', at.today, of);
    return part.ok && part.value.part === 'goals' ? part.value.goals : null;
  };
  return {
    brief: (agent) => ({
      running: of.running(agent),
      notLoaded: notesOf(agent).filter(({ loaded }) => !loaded).length,
      toAnswer: waits(agent).length,
      goals: goalCounts(goalsOf(agent)),
    }),
    waiting: (agent) =>
      waits(agent).map(({ path, tool, escalatedAt }) => ({ path, tool: tool ?? '', escalatedAt })),
    goals: (agent) =>
      (goalsOf(agent) ?? []).map(({ path, intent, status, deadline, subGoals }) => ({
        path,
        intent,
        status,
        deadline,
        done: subGoals.filter((sub) => sub.status === 'complete').length,
        of: subGoals.length,
      })),
  };
}

/** Goals that are worked on, and those of them with a sub-goal that is blocked. */
function goalCounts(goals: GoalsPart['goals'] | null): BriefExtras['goals'] {
  if (goals === null) return null;
  const open = goals.filter(({ active }) => active);
  const blocked = open.filter(({ subGoals }) => subGoals.some(({ status }) => status === 'blocked'));
  return { open: open.length, blocked: blocked.length };
}
