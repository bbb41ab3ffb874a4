import { createContext, useContext } from 'react';
import type { AgentFile } from '../../../contract/agent-files.ts';
import type { AgentPart, AgentPartName } from '../../../contract/agent-parts.ts';
import type { AssembledPrompt } from '../../../contract/prompt.ts';
import type { AgentReport } from '../../../contract/fleet.ts';
import { api } from '../../app/engine.ts';
import { useAnswer, type Answer } from '../../app/use-answer.ts';
import { setPlace, useAsOf } from '../../state/agents.ts';

/** What every part of the view of one agent may ask of it. */
export type AgentScene = {
  readonly source: string;
  readonly agent: string;
  /** the day that figures are made for; null: today */
  readonly today: string | null;
  readonly files: Answer<readonly AgentFile[]>;
  readonly prompt: Answer<AssembledPrompt>;
  readonly report: Answer<AgentReport>;
  readonly go: (page: string, item?: string | null) => void;
};

const Context = createContext<AgentScene | null>(null);
export const SceneProvider = Context.Provider;

export function useScene(): AgentScene {
  const scene = useContext(Context);
  if (scene === null) throw new Error('A part of the agent view stands outside of it.');
  return scene;
}

/** Asks for what the whole view needs: the files, the prompt and the first page. */
export function useNewScene(source: string, agent: string): AgentScene {
  const today = useAsOf(source);
  const key = JSON.stringify([agent, today]);
  const files = useAnswer(source, `files ${key}`, () => api.agents.files({ source, today, agent }));
  const prompt = useAnswer(source, `prompt ${key}`, () => api.agents.prompt({ source, today, agent }));
  const report = useAnswer(source, `agent ${key}`, () => api.agents.agent({ source, today, agent }));
  const go = (page: string, item: string | null = null) => setPlace(source, agent, { page, item });
  return { source, agent, today, files, prompt, report, go };
}

/** One part of the agent, asked for again as files change. */
export function usePart(part: AgentPartName): Answer<AgentPart> {
  const { source, agent, today } = useScene();
  const key = JSON.stringify(['part', agent, today, part]);
  return useAnswer(source, key, () => api.agents.part({ source, today, agent, part }), { keep: false });
}
