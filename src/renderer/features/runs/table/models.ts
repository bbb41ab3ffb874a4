import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { selectedRecord } from '../../../state/agents.ts';
import { runsOf } from '../../../state/runs.ts';
import { onSourceChanged, useWorkspaceStore } from '../../../state/workspace.ts';
import { createRecordsModel, type RecordsModel } from './model.ts';

const models = new Map<string, RecordsModel>();

/** The table of a folder of agents: it keeps its place while other views are in front. */
export function recordsOf(source: string): RecordsModel {
  const known = models.get(source);
  if (known !== undefined) return known;
  const { query, sort } = runsOf(source);
  const model = createRecordsModel(
    {
      rows: (question, start, count) => attempt(api.agents.records({ source, ...question, start, count })),
      locate: (question, id) => attempt(api.agents.locate({ source, ...question, id })),
    },
    { query, sort },
  );
  model.select(selectedRecord(source));
  models.set(source, model);
  return model;
}

onSourceChanged((source) => models.get(source)?.refresh());
useWorkspaceStore.subscribe(({ workspace }, before) => {
  if (workspace?.id !== before.workspace?.id) models.clear();
});
