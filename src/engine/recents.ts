import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Recent } from '../contract/workspace.ts';
import { mayBeLedger } from '../core/aex/find.ts';
import { localDay } from '../core/agents/days.ts';
import { isInsideRoots } from './roots.ts';
import { readAppFile, writeAppFile } from './app-files.ts';
import type { EngineOptions } from './options.ts';

/** where the list is kept in the app folder */
export const RECENTS_FILE = 'recents.json';
/** More would not fit one screen; the oldest makes room. */
const MOST = 24;

/** A store that was written to within this time counts as changing, in ms. */
const CHANGING_MS = 10_000;
/** Stores of a folder that are looked at for that. */
const MOST_STORES = 8;

const storedSchema = z.array(
  z.object({
    path: z.string(),
    summary: z.string(),
    openedAtMicros: z.number(),
    damaged: z.boolean().catch(false),
    /** the databases in it, and the folders of agents' logs */
    stores: z.array(z.string()).catch([]),
  }),
);
type Stored = z.infer<typeof storedSchema>;

function load(dataDir: string): Stored {
  const text = readAppFile(dataDir, RECENTS_FILE);
  if (text === null) return [];
  try {
    return storedSchema.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** Why a folder, or a ledger by itself, can't be opened here, in words; null when it can. */
function obstacle(options: EngineOptions, path: string, stores: readonly string[]): string | null {
  if (!isInsideRoots(options.roots, path)) {
    return 'this server was not started with it';
  }
  const isDatabase = mayBeLedger(basename(path)) || stores.includes(path);
  try {
    const stat = statSync(path);
    if (stat.isDirectory() || (isDatabase && stat.isFile())) return null;
    return 'is not a folder any more';
  } catch {
    return isDatabase ? 'file is not there' : 'folder is not there';
  }
}

/** The folder of an agent's logs, as the recents remember it (formats/atomic-agents.md §1). */
export const logsOf = (agentFolder: string): string => join(agentFolder, 'log');

/** The files of a store that a writer changes now: a database with its log, or the agent's log of today. */
function writtenFiles(store: string): string[] {
  if (basename(store) !== 'log') return [store, `${store}-wal`, `${store}-journal`];
  const day = localDay(new Date());
  return [join(store, day.slice(0, 7), `${day}.jsonl`)];
}

function isChanging(stores: readonly string[]): boolean {
  const since = Date.now() - CHANGING_MS;
  return stores
    .flatMap(writtenFiles)
    .some((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > since);
}

/** The folders opened before, newest first, each with its state and whether this host can open it now. */
export function listRecents(options: EngineOptions): Recent[] {
  return load(options.dataDir).map(({ path, summary, openedAtMicros, damaged, stores }) => {
    const why = obstacle(options, path, stores);
    const open = why === null;
    const changing = open && isChanging(stores);
    return { path, summary, openedAtMicros, name: basename(path), open, why, changing, damaged };
  });
}

/** What is remembered of an open folder. */
export type RecentFacts = {
  readonly summary: string;
  readonly damaged: boolean;
  readonly stores: readonly string[];
};

/** Puts a folder at the top of the recents. */
export function rememberRecent(options: EngineOptions, path: string, facts: RecentFacts): void {
  const others = load(options.dataDir).filter((entry) => entry.path !== path);
  const stores = facts.stores.slice(0, MOST_STORES);
  const entry = { path, ...facts, stores, openedAtMicros: Date.now() * 1000 };
  save(options, [entry, ...others].slice(0, MOST));
}

/** Renews what is remembered of a folder, where it stands in the list. */
export function updateRecent(options: EngineOptions, path: string, facts: Omit<RecentFacts, 'stores'>): void {
  const all = load(options.dataDir);
  const known = all.find((entry) => entry.path === path);
  if (known === undefined || (known.summary === facts.summary && known.damaged === facts.damaged)) return;
  Object.assign(known, facts);
  save(options, all);
}

const save = (options: EngineOptions, entries: Stored): void =>
  writeAppFile(options.dataDir, RECENTS_FILE, JSON.stringify(entries));

/** Takes a folder off the recents; the folder itself stays. */
export function forgetRecent(options: EngineOptions, path: string): void {
  const others = load(options.dataDir).filter((entry) => entry.path !== path);
  save(options, others);
}
