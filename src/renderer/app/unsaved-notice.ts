import { ownerOf } from '../features/change-sets/set-files.ts';
import { openChanges } from '../features/agent/open-changes.ts';
import { useAgentsStore } from '../state/agents-overview.ts';
import { editsOf, unsavedCount } from '../state/edits.ts';
import { toast } from '../state/toasts.ts';
import { tabId, useTabs, type Tab } from '../state/tabs.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import { formatCounted } from '../ui/format.ts';

/** Said once while the window is open: after that a person knows. */
let said = false;

/** Says, when a view or a folder with edits is closed, that they are kept. */
export function followUnsaved(): () => void {
  const ends = [
    useTabs.subscribe(({ tabs }, before) => {
      if (useWorkspaceStore.getState().workspace === null) return;
      const open = new Set(tabs.map(tabId));
      const closed = before.tabs.find((tab) => !open.has(tabId(tab)) && holdsEdits(tab));
      if (closed !== undefined) say(closed.source, () => openChanges(closed.source));
    }),
    // before the edits of the folder are forgotten here
    useWorkspaceStore.subscribe(({ workspace }, before) => {
      if (workspace?.id === before.workspace?.id) return;
      const left = before.workspace?.sources.find(({ id }) => unsavedCount(editsOf(id)) > 0);
      if (left !== undefined) say(left.id, null);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function holdsEdits(tab: Tab): boolean {
  if (tab.kind !== 'agent') return false;
  const overview = useAgentsStore.getState().agents[tab.source]?.value ?? null;
  const names = overview?.agents.map(({ name }) => name) ?? [];
  return editsOf(tab.source).sets.some(({ edits }) =>
    edits.some(({ path }) => ownerOf(path, names, overview?.single ?? null) === tab.agent),
  );
}

function say(source: string, review: (() => void) | null): void {
  if (said) return;
  said = true;
  const count = unsavedCount(editsOf(source));
  toast({
    kind: 'note',
    title: 'Your edits are kept',
    text: `${formatCounted(count, 'file')} not written yet. They are there when you come back, also after a restart.`,
    about: 'unsaved',
    ...(review === null ? {} : { action: { label: 'Review', run: review } }),
  });
}
