import { z } from 'zod';
import type { Workspace } from '../../contract/workspace.ts';
import { attempt } from '../app/client.ts';
import { api } from '../app/engine.ts';
import { getSelection, onSelection, revealCall } from './selection.ts';
import { DEFAULT_SETTINGS, useSettings } from './settings.ts';
import { tabId, useTabs } from './tabs.ts';
import { useWorkspaceStore } from './workspace.ts';

// The window's policy forbids code from text, which zod would try first.
z.config({ jitless: true });

const tabSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('graph'), source: z.string() }),
  z.object({ kind: z.literal('node'), source: z.string(), hash: z.string(), title: z.string() }),
  z.object({ kind: z.literal('operations'), source: z.string() }),
  z.object({ kind: z.literal('problems'), source: z.string() }),
]);

const folderSchema = z.object({
  path: z.string(),
  tabs: z.array(tabSchema).max(30),
  active: z.string().nullable(),
  selection: z.object({ source: z.string(), hash: z.string() }).nullable(),
});
type Folder = z.infer<typeof folderSchema>;

const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  time: z.enum(['local', 'utc']),
  layout: z.object({
    sources: z.number().min(160).max(600),
    inspector: z.number().min(240).max(1200),
    sourcesOpen: z.boolean(),
    inspectorOpen: z.boolean(),
  }),
});

const stateSchema = z.object({
  version: z.literal(1),
  settings: settingsSchema.catch(DEFAULT_SETTINGS),
  folders: z.array(folderSchema).catch([]),
  parts: z.record(z.string(), z.string()).catch({}),
});

/** How many folders are remembered with their tabs; the one unused for the longest time is forgotten. */
const MAX_FOLDERS = 20;
const SAVE_AFTER_MS = 400;

let folders: readonly Folder[] = [];
let parts: Readonly<Record<string, string>> = {};
let timer: number | undefined;

/** Takes over what was kept; text of another version or broken text counts as nothing kept. */
export function restoreSettings(json: string | null): void {
  const parsed = stateSchema.safeParse(json === null ? null : readJson(json));
  if (!parsed.success) return;
  folders = parsed.data.folders;
  parts = parsed.data.parts;
  useSettings.setState(parsed.data.settings);
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
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

/** Keeps a text for a view under a name of its own. */
export function savePart(key: string, text: string): void {
  parts = { ...parts, [key]: text };
  saveSoon();
}

/** Saves settings, tabs and selection from now on, shortly after each change. */
export function startSaving(): void {
  useSettings.subscribe(saveSoon);
  useTabs.subscribe(saveSoon);
  onSelection(saveSoon);
}

function saveSoon(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    rememberFolder();
    const { theme, time, layout } = useSettings.getState();
    const json = JSON.stringify({ version: 1, settings: { theme, time, layout }, folders, parts });
    void attempt(api.app.saveState({ json }));
  }, SAVE_AFTER_MS);
}

function rememberFolder(): void {
  const { workspace } = useWorkspaceStore.getState();
  if (workspace === null) return;
  const { tabs, active } = useTabs.getState();
  const selected = getSelection();
  const folder: Folder = {
    path: workspace.path,
    tabs: [...tabs],
    active,
    selection: selected === null ? null : { source: selected.source, hash: selected.hash },
  };
  folders = [folder, ...folders.filter((other) => other.path !== workspace.path)].slice(0, MAX_FOLDERS);
}
