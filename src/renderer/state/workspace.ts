import { create } from 'zustand';
import type { Failure } from '../../contract/failure.ts';
import type { VekOverview } from '../../contract/vek.ts';
import type { Source, Workspace } from '../../contract/workspace.ts';
import { NOT_LIVE, type Live } from './live.ts';

/** What is known of one source. `value` stays while a newer one is fetched or fails to come. */
export type OverviewState = {
  readonly value: VekOverview | null;
  readonly error: Failure | null;
  readonly live: Live;
};

export type Progress = { readonly work: string; readonly done: number; readonly total: number | null };

type WorkspaceSlice = {
  readonly workspace: Workspace | null;
  /** the folder that is being opened, `sample` for the sample */
  readonly opening: string | null;
  /** why the last opening failed, with the path that was asked for */
  readonly openFailure: { readonly path: string; readonly error: Failure } | null;
  readonly activeSource: string | null;
  readonly overviews: Readonly<Record<string, OverviewState>>;
  readonly progress: Readonly<Record<string, Progress>>;
};

export const EMPTY_OVERVIEW: OverviewState = { value: null, error: null, live: NOT_LIVE };

/** The open folder, its sources and what the engine last said about each. Changed only by `engine-events.ts`. */
export const useWorkspaceStore = create<WorkspaceSlice>(() => ({
  workspace: null,
  opening: null,
  openFailure: null,
  activeSource: null,
  overviews: {},
  progress: {},
}));

export const useWorkspace = (): Workspace | null => useWorkspaceStore((state) => state.workspace);

/** One source of the open workspace, or null. */
export const useSource = (id: string | null): Source | null =>
  useWorkspaceStore((state) => state.workspace?.sources.find((source) => source.id === id) ?? null);

/** The source whose views are in front. */
export const useActiveSource = (): Source | null =>
  useWorkspaceStore(
    (state) => state.workspace?.sources.find((source) => source.id === state.activeSource) ?? null,
  );

/** The overview of a source: branches, counts, HEAD, problems. */
export const useOverview = (id: string | null): OverviewState =>
  useWorkspaceStore((state) => (id === null ? EMPTY_OVERVIEW : (state.overviews[id] ?? EMPTY_OVERVIEW)));

/** The long work that the engine does for a source now, or null. */
export const useProgress = (id: string): Progress | null =>
  useWorkspaceStore((state) => state.progress[id] ?? null);

/** The kind of a source of the open workspace; null: it is none. */
export const kindOf = (id: string): Source['kind'] | null =>
  useWorkspaceStore.getState().workspace?.sources.find((source) => source.id === id)?.kind ?? null;

/** The vek repository that commands are about: the one in front, else the first of the workspace. */
export function nearestVek(): string | null {
  const { workspace, activeSource } = useWorkspaceStore.getState();
  const repositories = workspace?.sources.filter((source) => source.kind === 'vek') ?? [];
  return (repositories.find((source) => source.id === activeSource) ?? repositories[0])?.id ?? null;
}

/** The folder of agents that commands are about: the one in front, else the first of the workspace. */
export function nearestAgents(): string | null {
  const { workspace, activeSource } = useWorkspaceStore.getState();
  const folders = workspace?.sources.filter((source) => source.kind === 'agents') ?? [];
  return (folders.find((source) => source.id === activeSource) ?? folders[0])?.id ?? null;
}

/** The ledger that commands are about: the one in front, else the first of the workspace. */
export function nearestLedger(): string | null {
  const { workspace, activeSource } = useWorkspaceStore.getState();
  const ledgers = workspace?.sources.filter((source) => source.kind === 'aex') ?? [];
  return (ledgers.find((source) => source.id === activeSource) ?? ledgers[0])?.id ?? null;
}

export const setActiveSource = (id: string): void => useWorkspaceStore.setState({ activeSource: id });

type Listener = (source: string) => void;
const changed = new Set<Listener>();
const operations = new Set<Listener>();
const marks = new Set<Listener>();
const merges = new Set<Listener>();
const edits = new Set<Listener>();

/** Runs `listener` with the id of each source that changed on disk; returns the end of the subscription. */
export function onSourceChanged(listener: Listener): () => void {
  changed.add(listener);
  return () => changed.delete(listener);
}

/** Runs `listener` with the id of each source whose list of operations changed. */
export function onOperationsChanged(listener: Listener): () => void {
  operations.add(listener);
  return () => operations.delete(listener);
}

/** Runs `listener` with the id of each source of which failed or damaged calls became known. */
export function onMarksChanged(listener: Listener): () => void {
  marks.add(listener);
  return () => marks.delete(listener);
}

/** Runs `listener` with the id of each source in which a merge was begun, saved, finished or abandoned. */
export function onMergesChanged(listener: Listener): () => void {
  merges.add(listener);
  return () => merges.delete(listener);
}

/** Runs `listener` with the id of each source of which a write or a change set became another one. */
export function onEditsChanged(listener: Listener): () => void {
  edits.add(listener);
  return () => edits.delete(listener);
}

export const tellEditsChanged = (source: string): void => {
  for (const listener of edits) listener(source);
};
export const tellSourceChanged = (source: string): void => {
  for (const listener of changed) listener(source);
};
export const tellOperationsChanged = (source: string): void => {
  for (const listener of operations) listener(source);
};
export const tellMarksChanged = (source: string): void => {
  for (const listener of marks) listener(source);
};
export const tellMergesChanged = (source: string): void => {
  for (const listener of merges) listener(source);
};
