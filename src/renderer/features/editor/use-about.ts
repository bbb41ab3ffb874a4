import { useMemo } from 'react';
import type { AgentFileDetail } from '../../../contract/agent-files.ts';
import type { FormAbout } from '../../../core/agents/forms/form.ts';
import { useAgentsStore } from '../../state/agents-overview.ts';
import { useScene } from '../agent/scene.ts';

/** What the fields of a form can choose from: other agents, models that ran lately, files of the same kind. */
export function useAbout({ kind, path }: Pick<AgentFileDetail, 'kind' | 'path'>): FormAbout {
  const { source, files, report } = useScene();
  const overview = useAgentsStore((state) => state.agents[source]?.value ?? null);
  return useMemo(() => {
    const models = (report.value?.recent ?? []).flatMap(({ model }) => model ?? []);
    return {
      agents: overview?.agents.map(({ name }) => name) ?? [],
      models: [...new Set(models)].toSorted(),
      files: (files.value ?? [])
        .filter((file) => file.kind === kind && file.path !== path)
        .map(({ name }) => name),
    };
  }, [overview, report.value, files.value, kind, path]);
}
