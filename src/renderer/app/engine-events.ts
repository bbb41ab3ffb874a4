import type { Result } from '../../contract/failure.ts';
import type { EngineEvent, Source, Workspace } from '../../contract/workspace.ts';
import { clearHistory } from '../state/history.ts';
import { clearSelection } from '../state/selection.ts';
import { nextLive } from '../state/live.ts';
import { openTab, replaceTab, tabId, useTabs, type Tab } from '../state/tabs.ts';
import { toast } from '../state/toasts.ts';
import {
  EMPTY_OVERVIEW,
  kindOf,
  tellEditsChanged,
  tellMarksChanged,
  tellMergesChanged,
  tellOperationsChanged,
  tellSourceChanged,
  useWorkspaceStore as store,
} from '../state/workspace.ts';
import { useAgentsStore } from '../state/agents-overview.ts';
import { forgetAgents, refreshAgents } from './agents.ts';
import { attempt } from './client.ts';
import { forgetLedgers, refreshLedger } from './ledgers.ts';
import { api } from './engine.ts';
import { restoreLooks } from './kept-looks.ts';
import { restoreRuns } from './kept-runs.ts';
import { refreshOperations } from './operations.ts';
import { restoreWorkspace } from '../state/persist.ts';

const fetching = new Map<string, 'once' | 'again'>();

/** Fetches what is known of a source as a whole, whatever its kind is. */
function refreshSource(source: string): Promise<void> {
  switch (kindOf(source)) {
    case 'agents':
      return refreshAgents(source);
    case 'aex':
      return refreshLedger(source);
    default:
      return refreshOverview(source);
  }
}

/** Fetches the overview of a repository; a request during a fetch leads to exactly one more. */
export async function refreshOverview(source: string): Promise<void> {
  if (fetching.has(source)) {
    fetching.set(source, 'again');
    return;
  }
  fetching.set(source, 'once');
  const answer = await attempt(api.vek.overview({ source }));
  const again = fetching.get(source) === 'again';
  fetching.delete(source);
  if (store.getState().workspace?.sources.some((known) => known.id === source) === true) {
    store.setState(({ overviews }) => {
      const before = overviews[source] ?? EMPTY_OVERVIEW;
      const after = answer.ok
        ? {
            value: answer.value,
            error: null,
            live: nextLive(before.live, before.value, answer.value, Date.now()),
          }
        : { ...before, error: answer.error };
      return { overviews: { ...overviews, [source]: after } };
    });
  }
  if (again) await refreshOverview(source);
}

/** Opens a folder; the last workspace stays when that fails. Returns whether it is open. */
export async function openFolder(path: string): Promise<boolean> {
  store.setState({ opening: path, openFailure: null });
  return adopt(path, await attempt(api.workspace.open({ path })));
}

/** Opens the bundled sample. */
export async function openSample(): Promise<boolean> {
  store.setState({ opening: 'sample', openFailure: null });
  return adopt('sample', await attempt(api.workspace.openSample()));
}

/** Leaves the workspace and shows Welcome; nothing else happens. */
export function leaveWorkspace(): void {
  clearSelection();
  useTabs.setState({ tabs: [], active: null });
  clearHistory();
  forgetAgents();
  forgetLedgers();
  store.setState({ workspace: null, activeSource: null, overviews: {}, progress: {}, openFailure: null });
}

function adopt(path: string, answer: Result<Workspace>): boolean {
  if (!answer.ok) {
    // a folder that the person asked for later is opened in its place
    if (answer.error.kind === 'cancelled' && store.getState().opening !== path) return false;
    store.setState({ opening: null, openFailure: { path, error: answer.error } });
    return false;
  }
  const workspace = answer.value;
  const first = workspace.sources.find((source) => source.kind === 'vek') ?? workspace.sources[0];
  const again = store.getState().workspace?.id === workspace.id;
  store.setState({ workspace, opening: null, openFailure: null, progress: {} });
  if (!again) {
    clearSelection();
    useTabs.setState({ tabs: [], active: null });
    store.setState({ activeSource: first?.id ?? null, overviews: {} });
    forgetAgents();
    forgetLedgers();
    if (first !== undefined) openTab(firstTab(first));
    restoreRuns(workspace);
    restoreLooks(workspace);
    restoreWorkspace(workspace);
    clearHistory();
  }
  for (const source of workspace.sources) {
    if (source.kind === 'vek') {
      void refreshOverview(source.id);
      void refreshOperations(source.id);
    } else if (source.kind === 'aex') void refreshLedger(source.id);
    else void refreshAgents(source.id).then(() => again || showSingle(source.id));
  }
  for (const message of workspace.messages) toast({ kind: 'note', title: message, stay: true });
  return true;
}

const FIRST_TABS = { vek: 'graph', agents: 'fleet', aex: 'ledger' } as const;
const firstTab = ({ kind, id: source }: Source): Tab => ({ kind: FIRST_TABS[kind], source });

/** A folder that is one agent opens with that agent: of one there is no fleet to look at. */
function showSingle(source: string): void {
  const agent = useAgentsStore.getState().agents[source]?.value?.single ?? null;
  const { tabs } = useTabs.getState();
  const fleet: Tab = { kind: 'fleet', source };
  const only = tabs[0];
  if (agent === null || only === undefined || tabs.length > 1 || tabId(only) !== tabId(fleet)) return;
  replaceTab(fleet, { kind: 'agent', source, agent });
  clearHistory();
}

/** Applies one event of the engine to the stores. */
export function applyEvent(event: EngineEvent): void {
  switch (event.type) {
    case 'source-changed':
      // of a ledger the new entries come before its sums: each answer is a look of its own at the file
      if (kindOf(event.source) === 'aex') {
        tellSourceChanged(event.source);
        void refreshSource(event.source);
        return;
      }
      void refreshSource(event.source);
      tellSourceChanged(event.source);
      return;
    case 'source-state':
      replaceSource(event.source);
      return;
    case 'progress':
      store.setState(({ progress }) => ({ progress: nextProgress(progress, event) }));
      return;
    case 'operations-changed':
      tellOperationsChanged(event.source);
      return;
    case 'edits-changed':
      tellEditsChanged(event.source);
      return;
    case 'merges-changed':
      tellMergesChanged(event.source);
      return;
    case 'marks-changed':
      tellMarksChanged(event.source);
      return;
    case 'sources-changed':
      store.setState(({ workspace }) => (workspace === null ? {} : { workspace: event.workspace }));
      for (const source of event.workspace.sources) void refreshSource(source.id);
      return;
    default:
      event satisfies never;
  }
}

function replaceSource(next: Source): void {
  const before = store.getState().workspace;
  if (before === null) return;
  const known = before.sources.some((source) => source.id === next.id);
  if (!known) return;
  const sources = before.sources.map((source) => (source.id === next.id ? next : source));
  store.setState({ workspace: { ...before, sources } });
  if (next.state === 'gone') blockWrites(next.id, 'The repository is not there.');
  void refreshSource(next.id);
  tellSourceChanged(next.id);
}

/** What is known stays on screen, but nothing can be written until the next overview says otherwise. */
function blockWrites(source: string, reason: string): void {
  store.setState(({ overviews }) => {
    const known = overviews[source];
    if (known === undefined || known.value === null) return {};
    const value = { ...known.value, readOnlyReason: reason };
    return { overviews: { ...overviews, [source]: { ...known, value } } };
  });
}

/** Ends the first reading of a large store; it can be read again. */
export async function stopReading(source: string): Promise<void> {
  await attempt(api.vek.stopReading({ source }));
  store.setState(({ progress }) => {
    const { [source]: _stopped, ...rest } = progress;
    return { progress: rest };
  });
}

/** Goes on reading a store that the person stopped, or looks at it once more. */
export async function readAgain(source: string): Promise<void> {
  await attempt(api.vek.readAgain({ source }));
  await refreshSource(source);
}

type ProgressEvent = Extract<EngineEvent, { type: 'progress' }>;

function nextProgress(
  all: ReturnType<typeof store.getState>['progress'],
  event: ProgressEvent,
): ReturnType<typeof store.getState>['progress'] {
  const { [event.source]: _old, ...rest } = all;
  if (event.total !== null && event.done >= event.total) return rest;
  return { ...rest, [event.source]: { work: event.work, done: event.done, total: event.total } };
}
