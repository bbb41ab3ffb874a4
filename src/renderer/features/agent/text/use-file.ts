import type { AgentFileDetail } from '../../../../contract/agent-files.ts';
import { api } from '../../../app/engine.ts';
import { useAnswer, type Answer } from '../../../app/use-answer.ts';
import { useScene } from '../scene.ts';

/** A file of the agent with its text, asked for again as it changes. */
export function useFile(path: string): Answer<AgentFileDetail> {
  const { source } = useScene();
  return useAnswer(source, `file ${path}`, () => api.agents.file({ source, path }), { keep: false });
}
