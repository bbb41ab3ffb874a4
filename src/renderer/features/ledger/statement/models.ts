import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { lookOf } from '../../../state/ledgers.ts';
import { onSourceChanged, useWorkspaceStore } from '../../../state/workspace.ts';
import { viewOf } from '../query/view.ts';
import { createStatementModel, type StatementModel } from './model.ts';

const models = new Map<string, StatementModel>();

/** The statement of a ledger: it keeps its place while other views are in front. */
export function statementOf(source: string): StatementModel {
  const known = models.get(source);
  if (known !== undefined) return known;
  const model = createStatementModel(
    {
      rows: (view, start, count) => attempt(api.ledger.rows({ source, view, start, count })),
      locate: (view, seq) => attempt(api.ledger.locate({ source, view, seq })),
    },
    viewOf(lookOf(source)),
  );
  models.set(source, model);
  return model;
}

onSourceChanged((source) => models.get(source)?.refresh());
useWorkspaceStore.subscribe(({ workspace }, before) => {
  if (workspace?.id !== before.workspace?.id) models.clear();
});
