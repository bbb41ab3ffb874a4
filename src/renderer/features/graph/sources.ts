import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { loadPart, savePart } from '../../state/persist.ts';
import { onSourceChanged, useWorkspaceStore } from '../../state/workspace.ts';
import { graphViewSchema, type GraphView } from '../../../contract/vek.ts';
import { createGraphModel, viewKey, type GraphApi, type GraphModel } from './model.ts';
import { keptZoom, readZoom } from './zoom/zoom.ts';

const models = new Map<string, GraphModel>();

/**
 * The graph of a source as it was left: its rows, position, filter and focus outlive the tab, so that coming back
 * is instant. It goes when the source leaves the workspace.
 */
export function graphOf(source: string): GraphModel {
  const known = models.get(source);
  if (known !== undefined) return known;
  const rowHeight = readZoom(loadPart(`graph-zoom:${source}`));
  const start = { offset: 0, height: 0, ...(rowHeight === null ? {} : { rowHeight }) };
  const model = createGraphModel(apiOf(source), loadView(source), start);
  models.set(source, model);
  model.refresh();
  return model;
}

/** Shows another part of the graph, and keeps that choice for the next start. */
export function setGraphView(source: string, view: GraphView, keep: string | null): void {
  savePart(`graph-view:${source}`, JSON.stringify(view));
  graphOf(source).setView(view, keep);
}

/** The same, and waits until the rows of the view are on screen; false where another view or a failure came first. */
export function showView(source: string, view: GraphView, keep: string | null): Promise<boolean> {
  setGraphView(source, view, keep);
  const model = graphOf(source);
  const key = viewKey(view);
  return new Promise((done) => {
    const check = (): boolean => {
      const { view: wanted, shown, stale, failure } = model.get();
      const there = shown?.key === key && !stale;
      const over = there || failure !== null || viewKey(wanted) !== key;
      if (over) done(there);
      return over;
    };
    if (check()) return;
    const stop = model.subscribe(() => {
      if (check()) stop();
    });
  });
}

/** Keeps how large the graph is drawn for the next start. */
export const keepZoom = (source: string, rowHeight: number): void =>
  savePart(`graph-zoom:${source}`, keptZoom(rowHeight));

function apiOf(source: string): GraphApi {
  return {
    rows: (view, start, count, signal) => attempt(api.vek.rows({ source, view, start, count }, { signal })),
    locate: (view, hash, signal) => attempt(api.vek.locate({ source, view, hash }, { signal })),
  };
}

function loadView(source: string): GraphView {
  const text = loadPart(`graph-view:${source}`);
  try {
    const kept = graphViewSchema.safeParse(text === null ? null : JSON.parse(text));
    return kept.success ? kept.data : { filter: '', focus: [] };
  } catch {
    return { filter: '', focus: [] };
  }
}

onSourceChanged((source) => models.get(source)?.refresh());
useWorkspaceStore.subscribe(({ workspace }) => {
  for (const [id, model] of models) {
    if (workspace?.sources.some((source) => source.id === id) === true) continue;
    model.stop();
    models.delete(id);
  }
});
