import { useMemo } from 'react';
import type { AgentFile, AgentFileDetail, AgentFileKind } from '../../../contract/agent-files.ts';
import type { FormAbout } from '../../../core/agents/forms/form.ts';
import { useAgentsStore } from '../../state/agents-overview.ts';
import { useScene } from '../agent/scene.ts';

/** What the fields of a form can choose from: other agents, models that ran lately, files of the same kind. */
export function useAbout({ kind, path }: Pick<AgentFileDetail, 'kind' | 'path'>): FormAbout {
  const { source, files, report } = useScene();
  const overview = useAgentsStore((state) => state.agents[source]?.value ?? null);
  return useMemo(() => {
    const all = files.value ?? [];
    const models = (report.value?.recent ?? []).flatMap(({ model }) => model ?? []);
    return {
      agents: overview?.agents.map(({ name }) => name) ?? [],
      models: [...new Set(models)].toSorted(),
      files: kind === 'persona-link' ? personasIn(all) : namesBeside(all, kind, path),
    };
  }, [overview, report.value, files.value, kind, path]);
}

/** The names of other files of the same kind, such as notes that a note can replace. */
const namesBeside = (files: readonly AgentFile[], kind: AgentFileKind, path: string): readonly string[] =>
  files.filter((file) => file.kind === kind && file.path !== path).map(({ name }) => name);

/** The shared personas that are in sight: folders of `.personas`. */
const personasIn = (files: readonly AgentFile[]): readonly string[] => [
  ...new Set(files.flatMap(({ path }) => /^(?:\.\.\/)?\.personas\/([^/]+)\//.exec(path)?.[1] ?? [])),
];
