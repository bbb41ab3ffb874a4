import { unknownAgent } from '../../core/agents/unknown.ts';
import { doctorReport } from '../../core/agents/doctor/report.ts';
import { asOf, type AsOf } from '../../core/agents/days.ts';
import { exportCosts } from '../../core/agents/export/costs.ts';
import { agentOf, fleetOf, overviewOf, type FleetMaterial } from '../../core/agents/overview.ts';
import { costsOf, whatIfOf } from '../../core/agents/reports.ts';
import { ok } from '../../core/result.ts';
import type { WithScene } from './answers.ts';
import { createAnswerCache } from './cache.ts';
import type { Scene } from './scene.ts';
import type { AgentsSession } from './session.ts';

type Answers = Pick<
  AgentsSession['answers'],
  'overview' | 'fleet' | 'agent' | 'costs' | 'whatIf' | 'exportCosts' | 'doctor'
>;

const NOT_KNOWN = { state: 'unknown', how: 'It was not looked at yet.', pid: null } as const;

const materialOf = (scene: Scene): FleetMaterial => ({
  ...scene,
  running: (agent) => scene.running.get(agent) ?? NOT_KNOWN,
});

/** Figures, each made once for a revision and a day. */
export function answersAboutFigures(withScene: WithScene): Answers {
  const cache = createAnswerCache();
  const fleet = (scene: Scene, at: AsOf) =>
    cache.of(scene.revision, `fleet ${at.today}`, () => fleetOf(materialOf(scene), at));

  return {
    overview: ({ today }) =>
      withScene((scene) => {
        const at = asOf(today);
        return ok(
          cache.of(scene.revision, `overview ${at.today}`, () =>
            overviewOf(materialOf(scene), fleet(scene, at), scene.revision, at),
          ),
        );
      }),
    fleet: ({ today }) => withScene((scene) => ok(fleet(scene, asOf(today)))),
    agent: ({ today, agent }) =>
      withScene((scene) => {
        const at = asOf(today);
        return cache.of(scene.revision, `agent ${at.today} ${agent}`, () =>
          agentOf(materialOf(scene), agent, at),
        );
      }),
    costs: ({ today, ...question }) =>
      withScene((scene) => {
        const at = asOf(today);
        return cache.of(scene.revision, `costs ${at.today} ${JSON.stringify(question)}`, () =>
          costsOf(scene, question, at),
        );
      }),
    whatIf: ({ agent, range, dailyCapMicros, monthlyCapMicros }) =>
      withScene((scene) => whatIfOf(scene, agent, range, { dailyCapMicros, monthlyCapMicros })),
    exportCosts: ({ today, form, ...question }) =>
      withScene((scene) => {
        const report = costsOf(scene, { ...question, by: 'model' }, asOf(today));
        return report.ok ? ok(new Blob([exportCosts(report.value, form)])) : report;
      }),
    doctor: ({ today, agent }) =>
      withScene((scene) => {
        const unknown = unknownAgent(scene.root, agent);
        if (unknown !== null) return unknown;
        const { folder, tables, revision } = scene;
        const at = asOf(today);
        return ok(
          cache.of(revision, `doctor ${at.today} ${agent}`, () =>
            doctorReport(folder, tables, agent, at.today),
          ),
        );
      }),
  };
}
