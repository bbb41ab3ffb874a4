import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import type { Recent } from '../contract/workspace.ts';
import { isInsideRoots } from './roots.ts';
import { readAppFile, writeAppFile } from './app-files.ts';
import type { EngineOptions } from './options.ts';

/** where the list is kept in the app folder */
export const RECENTS_FILE = 'recents.json';
/** More would not fit one screen; the oldest makes room. */
const MOST = 24;

const storedSchema = z.array(z.object({ path: z.string(), summary: z.string(), openedAtMicros: z.number() }));
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

/** Why a folder can't be opened here, in words; null when it can. */
function obstacle(options: EngineOptions, path: string): string | null {
  if (!isInsideRoots(options.roots, path)) {
    return 'This server was not started with it. Start Vekscope with this folder to open it.';
  }
  try {
    return statSync(path).isDirectory() ? null : 'is not a folder any more';
  } catch {
    return 'folder is not there';
  }
}

/** The folders opened before, newest first, each with whether this host can open it now. */
export function listRecents(options: EngineOptions): Recent[] {
  return load(options.dataDir).map((entry) => {
    const why = obstacle(options, entry.path);
    const { path, summary, openedAtMicros } = entry;
    return { path, summary, openedAtMicros, name: basename(path), open: why === null, why };
  });
}

/** Puts a folder at the top of the recents. */
export function rememberRecent(options: EngineOptions, path: string, summary: string): void {
  const others = load(options.dataDir).filter((entry) => entry.path !== path);
  const entry = { path, summary, openedAtMicros: Date.now() * 1000 };
  writeAppFile(options.dataDir, RECENTS_FILE, JSON.stringify([entry, ...others].slice(0, MOST)));
}

/** Takes a folder off the recents; the folder itself stays. */
export function forgetRecent(options: EngineOptions, path: string): void {
  const others = load(options.dataDir).filter((entry) => entry.path !== path);
  writeAppFile(options.dataDir, RECENTS_FILE, JSON.stringify(others));
}
