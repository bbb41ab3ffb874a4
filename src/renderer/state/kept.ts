import { z } from 'zod';
import { isZone } from '../ui/format.ts';
import { DEFAULT_SETTINGS, FONT_SIZES, type BottomPane, type Settings } from './settings.ts';
import type { Tab } from './tabs.ts';

// The window's policy forbids code from text, which zod would try first.
z.config({ jitless: true });

const source = z.string();
const tabSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('graph'), source }),
  z.object({ kind: z.literal('node'), source, hash: z.string(), title: z.string() }),
  z.object({ kind: z.literal('integrity'), source }),
  z.object({ kind: z.literal('merge'), source, into: z.string(), from: z.string() }),
  z.object({ kind: z.enum(['compare-calls', 'compare-runs']), source, a: z.string(), b: z.string() }),
  z.object({ kind: z.enum(['fleet', 'runs', 'escalations', 'doctor']), source }),
  z.object({ kind: z.enum(['ledger', 'accounts', 'proof']), source }),
  z.object({ kind: z.literal('costs'), source, agent: z.string().nullable() }),
  z.object({ kind: z.literal('agent'), source, agent: z.string() }),
  z.object({ kind: z.literal('file-merge'), source, set: z.string() }),
  z.object({ kind: z.literal('execution'), source, id: z.string(), title: z.string() }),
  z.object({ kind: z.literal('record'), source, id: z.string(), title: z.string() }),
]);

const folderSchema = z.object({
  path: z.string(),
  tabs: z.array(z.unknown()).max(100).transform(readTabs),
  active: z.string().nullable(),
  selection: z.object({ source: z.string(), hash: z.string() }).nullable().catch(null),
});

/** How a folder was left: its tabs, the one in front, the selected call. */
export type KeptFolder = {
  readonly path: string;
  readonly tabs: readonly Tab[];
  readonly active: string | null;
  readonly selection: { readonly source: string; readonly hash: string } | null;
};

const first = DEFAULT_SETTINGS;
const size = ([from, to]: readonly [number, number]) => z.int().min(from).max(to);

const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch(first.theme),
  time: z.string().max(64).refine(isZone).catch(first.time),
  density: z.enum(['compact', 'comfortable']).catch(first.density),
  uiFont: z.enum(['inter', 'system']).catch(first.uiFont),
  codeFont: z.enum(['jetbrains', 'system']).catch(first.codeFont),
  uiSize: size(FONT_SIZES.uiSize).catch(first.uiSize),
  codeSize: size(FONT_SIZES.codeSize).catch(first.codeSize),
  minimap: z.boolean().catch(first.minimap),
  layout: z
    .object({
      sources: z.number().min(160).max(600).catch(first.layout.sources),
      inspector: z.number().min(240).max(1200).catch(first.layout.inspector),
      bottom: z.number().min(80).max(2000).catch(first.layout.bottom),
      sourcesOpen: z.boolean().catch(first.layout.sourcesOpen),
      inspectorOpen: z.boolean().catch(first.layout.inspectorOpen),
      bottomOpen: z.boolean().catch(first.layout.bottomOpen),
      bottomPane: z.enum(['operations', 'problems']).catch(first.layout.bottomPane),
    })
    .catch(first.layout),
});

const stateSchema = z.object({
  version: z.literal(1),
  settings: settingsSchema.catch(first),
  folders: z.array(z.unknown()).catch([]),
  parts: z.record(z.string(), z.string()).catch({}),
});

/** Everything that the window keeps in the app folder. */
export type KeptState = {
  readonly settings: Settings;
  readonly folders: readonly KeptFolder[];
  readonly parts: Readonly<Record<string, string>>;
};

/** A tab of a version that is not known is left out, and the others stay. */
function readTabs(kept: readonly unknown[]): Tab[] {
  return kept.flatMap((tab) => {
    const parsed = tabSchema.safeParse(tab);
    return parsed.success ? [parsed.data] : [];
  });
}

/**
 * Reads what was kept; null when it is of another version or broken as a whole. A part that is broken counts as not
 * kept, and the rest holds. Operations and problems were tabs once: where such a tab was in front, its pane is open.
 */
export function readKept(json: string): KeptState | null {
  const parsed = stateSchema.safeParse(readJson(json));
  if (!parsed.success) return null;
  const folders = parsed.data.folders.flatMap((folder) => {
    const read = folderSchema.safeParse(folder);
    return read.success ? [read.data] : [];
  });
  const pane = oldPane(folders[0]?.active ?? null);
  const { settings, parts } = parsed.data;
  const layout = pane === null ? settings.layout : { ...settings.layout, bottomOpen: true, bottomPane: pane };
  return { settings: { ...settings, layout }, folders, parts };
}

function oldPane(active: string | null): BottomPane | null {
  if (active?.startsWith('operations:') === true) return 'operations';
  return active?.startsWith('problems:') === true ? 'problems' : null;
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
