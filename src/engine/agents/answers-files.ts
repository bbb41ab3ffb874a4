import { asOf } from '../../core/agents/days.ts';
import { readEscalations } from '../../core/agents/escalations/read.ts';
import { cascadeAgents } from '../../core/agents/prompt-cascade.ts';
import { assemblePrompt } from '../../core/agents/prompt.ts';
import { unknownAgent } from '../../core/agents/unknown.ts';
import { fileDetail } from '../../core/agents/file-detail.ts';
import { listFiles } from '../../core/agents/listing.ts';
import { ok } from '../../core/result.ts';
import { readPart } from '../../core/agents/parts.ts';
import { createAnswerCache } from './cache.ts';
import type { WithScene } from './answers.ts';
import type { AgentsSession } from './session.ts';

type Answers = Pick<AgentsSession['answers'], 'files' | 'file' | 'part' | 'prompt' | 'escalations'>;

/** Files of agents as text and as what the runtime makes of them. */
export function answersAboutFiles(withScene: WithScene): Answers {
  const cache = createAnswerCache();
  return {
    files: ({ today, agent }) =>
      withScene(({ folder, revision }) => {
        const unknown = unknownAgent(folder.root, agent);
        if (unknown !== null) return unknown;
        const { today: day } = asOf(today);
        return cache.of(revision, `files ${day} ${agent}`, () => listFiles(folder, agent, day));
      }),
    file: ({ path }) => withScene(({ folder }) => fileDetail(folder, path)),
    part: ({ today, agent, part }) =>
      withScene(({ folder, tables, revision }) => {
        const unknown = unknownAgent(folder.root, agent);
        if (unknown !== null) return unknown;
        const { today: day } = asOf(today);
        return cache.of(revision, `${part} ${day} ${agent}`, () =>
          readPart(folder, agent, part, day, { tables }),
        );
      }),
    prompt: ({ today, agent }) =>
      withScene(({ folder }) => {
        const unknown = unknownAgent(folder.root, agent);
        if (unknown !== null && !cascadeAgents(folder).includes(agent)) return unknown;
        return ok(assemblePrompt(folder, agent, asOf(today).today));
      }),
    escalations: ({ today }) => withScene(({ folder }) => ok(readEscalations(folder, asOf(today).nowMicros))),
  };
}
