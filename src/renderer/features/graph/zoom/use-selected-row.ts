import { useEffect, useState } from 'react';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import type { GraphModel } from '../model.ts';
import { useGraph } from '../use-model.ts';

type Found = { readonly at: string; readonly row: number | null };

/** The row of the selected call also where it was not read yet; null without one, or where the filter hides it. */
export function useSelectedRow(source: string, model: GraphModel, selected: string | null): number | null {
  const near = useGraph(model, () => (selected === null ? null : model.rowOf(selected)));
  const generation = useGraph(model, ({ shown }) =>
    shown === null ? null : `${shown.revision} ${shown.key}`,
  );
  const at = `${generation} ${selected}`;
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    if (selected === null || generation === null) return undefined;
    if (near !== null || found?.at === at) return undefined;
    const controller = new AbortController();
    const { view } = model.get();
    const locate = async (): Promise<void> => {
      const asked = { source, view, hash: selected };
      const answer = await attempt(api.vek.locate(asked, { signal: controller.signal }));
      if (!controller.signal.aborted && answer.ok) setFound({ at, row: answer.value.row });
    };
    void locate();
    return () => controller.abort();
  }, [source, model, selected, generation, near, found, at]);
  if (selected === null) return null;
  return near ?? (found?.at === at ? found.row : null);
}
