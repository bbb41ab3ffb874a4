import { useEffect, useMemo, useState } from 'react';
import type { ToolNames, VekOverview } from '../../../../contract/vek.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import type { FilterNames } from './suggest.ts';

/** The names that filter terms can take, as far as they are known. */
export type KnownNames = {
  readonly names: FilterNames;
  /** every tool by its whole name; empty while they are not all known */
  readonly allTools: readonly string[];
  /** every name that `branch:` may have; null while not known */
  readonly refs: ReadonlySet<string> | null;
};

const NO_TOOLS: ToolNames = { tools: [], more: 0 };

/** Asks for the tools of a source once for each of its revisions, and takes the refs from its overview. */
export function useNames(source: string, overview: VekOverview | null): KnownNames {
  const [found, setFound] = useState<ToolNames>(NO_TOOLS);
  const revision = overview?.revision ?? null;
  useEffect(() => {
    if (revision === null) return undefined;
    const controller = new AbortController();
    const ask = async (): Promise<void> => {
      const answer = await attempt(api.vek.tools({ source }, { signal: controller.signal }));
      // without them suggestions are fewer, and nothing else is lost
      if (answer.ok && !controller.signal.aborted) setFound(answer.value);
    };
    void ask();
    return () => controller.abort();
  }, [source, revision]);

  return useMemo(() => {
    const tools = found.tools.map(({ name }) => name);
    const marks = [...(overview?.tags ?? []), ...(overview?.checkpoints ?? [])].map(({ name }) => name);
    const branches = overview?.branches ?? [];
    return {
      names: {
        tools,
        branches: branches.map(({ name, colour }) => ({ name, colour })),
        marks,
      },
      allTools: found.more === 0 ? tools : [],
      refs: overview === null ? null : new Set([...branches.map(({ name }) => name), ...marks]),
    };
  }, [found, overview]);
}
