import type { Workspace } from '../../contract/workspace.ts';
import { attempt } from '../app/client.ts';
import { api } from '../app/engine.ts';
import { useConnection } from './connection.ts';
import { readKept, type KeptFolder } from './kept.ts';
import { getSelection, onSelection, revealCall } from './selection.ts';
import { useSettings } from './settings.ts';
import { tabId, useTabs, type Tab } from './tabs.ts';
import { toastFailure } from './toasts.ts';
import { useWorkspaceStore } from './workspace.ts';

/** How many folders are remembered with their tabs; the one unused for the longest time is forgotten. */
const MAX_FOLDERS = 20;
/** How many parts of views are remembered, and how long each may be; the one kept longest ago is forgotten. */
const MAX_PARTS = 200;
const MAX_PART = 20_000;
/** A tool's name may be of any length; the title of its tab needs only the beginning. */
const MAX_TITLE = 200;
const SAVE_AFTER_MS = 400;

let folders: readonly KeptFolder[] = [];
let parts: Readonly<Record<string, string>> = {};
let timer: number | undefined;
let saidFailure = false;

/** Takes over what was kept; text of another version or broken text counts as nothing kept. */
export function restoreSettings(json: string | null): void {
  const kept = json === null ? null : readKept(json);
  if (kept === null) return;
  ({ folders, parts } = kept);
  useSettings.setState(kept.settings);
}

/** Opens the tabs and the selection that the folder was left with, as far as its sources are still there. */
export function restoreWorkspace(workspace: Workspace): void {
  const kept = folders.find((folder) => folder.path === workspace.path);
  if (kept === undefined) return;
  const known = new Set(workspace.sources.map((source) => source.id));
  const tabs = kept.tabs.filter((tab) => known.has(tab.source));
  if (tabs.length > 0) {
    const active = tabs.some((tab) => tabId(tab) === kept.active) ? kept.active : null;
    useTabs.setState({ tabs, active: active ?? tabId(tabs[0]!) });
  }
  if (kept.selection !== null && known.has(kept.selection.source)) {
    revealCall(kept.selection.source, kept.selection.hash);
  }
}

/** A text that a view keeps for itself, such as its column widths; null when nothing was kept. */
export const loadPart = (key: string): string | null => parts[key] ?? null;

/** Keeps a text for a view under a name of its own; a text that is too long is not kept. */
export function savePart(key: string, text: string): void {
  if (text.length > MAX_PART) return;
  const { [key]: _before, ...others } = parts;
  parts = Object.fromEntries([...Object.entries(others), [key, text]].slice(-MAX_PARTS));
  saveSoon();
}

/** Saves settings, tabs and selection from now on, shortly after each change, and at once when the window goes. */
export function startSaving(): void {
  useSettings.subscribe(saveSoon);
  useTabs.subscribe(saveSoon);
  onSelection(saveSoon);
  window.addEventListener('pagehide', () => {
    if (timer !== undefined) void save();
  });
}

/** Saves at once what waits to be saved. */
export const saveNow = async (): Promise<void> => {
  if (timer !== undefined) await save();
};

function saveSoon(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void save(), SAVE_AFTER_MS);
}

async function save(): Promise<void> {
  window.clearTimeout(timer);
  timer = undefined;
  rememberFolder();
  const settings = useSettings.getState();
  const saved = await attempt(
    api.app.saveState({ json: JSON.stringify({ version: 1, settings, folders, parts }) }),
  );
  // once is enough to hear that the layout will not be there again; a lost connection says so itself
  const connected = useConnection.getState().connection.state === 'connected';
  if (saved.ok || !connected || saidFailure) return;
  saidFailure = true;
  toastFailure(saved.error);
}

function rememberFolder(): void {
  const { workspace } = useWorkspaceStore.getState();
  if (workspace === null) return;
  const { tabs, active } = useTabs.getState();
  const selected = getSelection();
  const folder: KeptFolder = {
    path: workspace.path,
    tabs: tabs.map(shortened),
    active,
    selection: selected === null ? null : { source: selected.source, hash: selected.hash },
  };
  folders = [folder, ...folders.filter((other) => other.path !== workspace.path)].slice(0, MAX_FOLDERS);
}

const shortened = (tab: Tab): Tab =>
  tab.kind === 'node' || tab.kind === 'record' ? { ...tab, title: tab.title.slice(0, MAX_TITLE) } : tab;
