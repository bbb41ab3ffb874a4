import {
  isMenuCommand,
  MENU_COMMANDS,
  menuCommand,
  type MenuCommandId,
  type MenuState,
} from '../../contract/menu.ts';
import { useActionForm } from '../state/action-form.ts';
import { onPlace } from '../state/agents.ts';
import { useConnection } from '../state/connection.ts';
import { useEditsStore } from '../state/edits.ts';
import { useHistory } from '../state/history.ts';
import { useOperationsStore } from '../state/operations.ts';
import { useOverlays } from '../state/overlays.ts';
import { saveNow } from '../state/persist.ts';
import { onSelection } from '../state/selection.ts';
import { useSettings } from '../state/settings.ts';
import { useTabs } from '../state/tabs.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import { findShortcut, isCovered } from '../ui/keyboard.ts';
import { listCommands } from './commands.ts';
import { keepAll } from './edits.ts';

/** Views that a change opens or closes have their keys only after they were drawn. */
const TELL_AFTER_MS = 80;

/** What must hold besides for an entry to do something. */
const ALSO: Partial<Record<MenuCommandId, () => boolean>> = {
  back: () => useHistory.getState().past.length > 0,
  forward: () => useHistory.getState().future.length > 0,
  'close-tab': () => useTabs.getState().active !== null,
};

/** Joins the window to the native menu, where there is one: it runs what is chosen, and says what can be. */
export function followDesktop(): void {
  const host = window.vekscopeHost;
  if (host?.setMenu === undefined) return;
  host.onCommand?.(runCommand);
  host.onClose?.(async () => void (await Promise.all([saveNow(), keepAll()])));
  let told = '';
  let timer: number | undefined;
  const tell = () => {
    // before the engine has answered, what the window starts with is not settled
    if (useConnection.getState().host === null || useWorkspaceStore.getState().opening !== null) return;
    const state = menuState();
    const text = JSON.stringify(state);
    if (text !== told) host.setMenu?.(state);
    told = text;
  };
  const tellSoon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(tell, TELL_AFTER_MS);
  };
  for (const store of [useWorkspaceStore, useTabs, useOverlays, useActionForm, useHistory] as const) {
    store.subscribe(tellSoon);
  }
  useSettings.subscribe(tellSoon);
  useOperationsStore.subscribe(tellSoon);
  useEditsStore.subscribe(tellSoon);
  useConnection.subscribe(tellSoon);
  onSelection(tellSoon);
  onPlace(tellSoon);
  tellSoon();
}

/** What the menu can choose now: nothing while a dialog is open. */
function menuState(): MenuState {
  const { theme } = useSettings.getState();
  if (isCovered()) return { possible: [], theme };
  const ids = Object.keys(MENU_COMMANDS).filter(isMenuCommand);
  const commands = new Map(listCommands('').map((command) => [command.id, command]));
  const possible = ids.filter((id) => {
    if (ALSO[id]?.() === false) return false;
    const entry = menuCommand(id);
    if ('scope' in entry) return findShortcut(entry.scope, entry.keys) !== null;
    const command = commands.get(entry.command);
    return command !== undefined && (command.blocked ?? null) === null;
  });
  return { possible, theme };
}

/** Does what an entry of the menu stands for, as if its key had been pressed or its command chosen. */
function runCommand(id: MenuCommandId): void {
  if (!menuState().possible.includes(id)) return;
  const entry = menuCommand(id);
  if ('scope' in entry) findShortcut(entry.scope, entry.keys)?.run(new KeyboardEvent('keydown'));
  else
    listCommands('')
      .find((command) => command.id === entry.command)
      ?.run();
}
