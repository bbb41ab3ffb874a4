import { openAction } from '../state/action-form.ts';
import { toggleBottom } from '../state/bottom.ts';
import { askEdit } from '../state/edit-form.ts';
import { editsOf, lastUndoableEdit } from '../state/edits.ts';
import { goBack, goForward } from '../state/history.ts';
import { lastUndoable, useOperationsStore } from '../state/operations.ts';
import { showOverlay } from '../state/overlays.ts';
import { toast } from '../state/toasts.ts';
import { closeTab, cycleTab, useTabs } from '../state/tabs.ts';
import { kindOf, useWorkspaceStore } from '../state/workspace.ts';
import { GLOBAL, useShortcuts, type Shortcut } from '../ui/keyboard.ts';
import { capabilities } from './capabilities.ts';
import { refreshEdits } from './edits.ts';
import { chooseFolder } from './folders.ts';
import { refreshOperations } from './operations.ts';
import { reopenLast } from './recents.ts';
import { goToPart } from './shell/parts.ts';
import { toggleInspector, toggleSources } from './shell/panes.ts';

/** Ctrl Shift T belongs to the browser there. */
export const REOPEN_KEYS = capabilities.platform === 'browser' ? 'alt+shift+t' : 'mod+shift+t';

const isOpen = (): boolean => useWorkspaceStore.getState().workspace !== null;

const lastOf = (source: string) => lastUndoable(useOperationsStore.getState().bySource[source]?.list ?? null);

async function undoLast(): Promise<void> {
  const { activeSource } = useWorkspaceStore.getState();
  if (activeSource === null) return;
  if (kindOf(activeSource) === 'agents') {
    await undoLastEdit(activeSource);
    return;
  }
  // right after a write the list may not hold it yet
  if (lastOf(activeSource) === null) await refreshOperations(activeSource);
  const last = lastOf(activeSource);
  if (last !== null) openAction(activeSource, { kind: 'undo', operation: last.id, title: last.title });
  else nothingToUndo();
}

async function undoLastEdit(source: string): Promise<void> {
  if (lastUndoableEdit(editsOf(source).written) === null) await refreshEdits(source);
  const last = lastUndoableEdit(editsOf(source).written);
  if (last !== null) askEdit({ source, change: { do: 'undo', edit: last.id } });
  else nothingToUndo();
}

const nothingToUndo = (): void =>
  void toast({
    kind: 'note',
    title: 'There is nothing to undo',
    text: 'Only what Vekscope wrote here can be undone. Operations lists it.',
  });

function closeFront(): void {
  const { active } = useTabs.getState();
  if (active !== null) closeTab(active);
}

const SHORTCUTS: readonly Shortcut[] = [
  { keys: 'mod+k', label: 'Search and commands', fields: true, run: () => showOverlay('palette') },
  { keys: '?', label: 'All keys', run: () => showOverlay('shortcuts') },
  { keys: 'mod+,', label: 'Settings', fields: true, run: () => showOverlay('settings') },
  { keys: 'mod+o', label: 'Open folder', fields: true, run: () => void chooseFolder() },
  { keys: REOPEN_KEYS, label: 'Reopen the last folder', fields: true, run: () => void reopenLast() },
  { keys: 'mod+b', label: 'Show or hide the sources', fields: true, when: isOpen, run: toggleSources },
  { keys: 'mod+i', label: 'Show or hide the inspector', fields: true, when: isOpen, run: toggleInspector },
  { keys: 'mod+j', label: 'Show or hide the panel below', fields: true, when: isOpen, run: toggleBottom },
  {
    keys: ['alt+PageDown', 'mod+Tab'],
    label: 'Next tab',
    fields: true,
    when: isOpen,
    run: () => cycleTab(1),
  },
  {
    keys: ['alt+PageUp', 'mod+shift+Tab'],
    label: 'Previous tab',
    fields: true,
    when: isOpen,
    run: () => cycleTab(-1),
  },
  { keys: ['alt+w', 'mod+w'], label: 'Close tab', fields: true, when: isOpen, run: closeFront },
  { keys: 'alt+ArrowLeft', label: 'Back', when: isOpen, run: goBack },
  { keys: 'alt+ArrowRight', label: 'Forward', when: isOpen, run: goForward },
  { keys: 'F6', label: 'Next part of the window', fields: true, run: () => goToPart(1) },
  { keys: 'shift+F6', label: 'Previous part of the window', fields: true, run: () => goToPart(-1) },
  { keys: 'mod+z', label: 'Undo the last write', when: isOpen, run: () => void undoLast() },
];

/** The keys that hold in the whole window. */
export const useGlobalKeys = (): void => useShortcuts(GLOBAL, SHORTCUTS);
