import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../storage/limits.ts';

const skipped = new Set(['node_modules', '__pycache__']);

/**
 * Folders that the runtime of agents fills by itself, file by file (formats/atomic-agents.md §1). No repository is
 * kept in them, and there may be thousands, so they are not entered below agents.
 */
const filledByAgents = new Set([
  'conversations',
  'dreams',
  'evals',
  'idempotency',
  'journal',
  'log',
  'memory',
  'outcomes',
]);

/** Looks at one folder: whether to go on below it, and whether that is below agents. */
type Take = (folder: string, underAgents: boolean) => { readonly enter: boolean; readonly agents: boolean };

type Search = {
  readonly take: Take;
  folders: number;
  tooMany: boolean;
  tooDeep: number;
  readonly unreadable: string[];
};

/** Gives `take` a folder and those below it, in name order, within the limits. Returns what was not searched, in words. */
export function searchFolders(root: string, take: Take): string[] {
  const search: Search = { take, folders: 0, tooMany: false, tooDeep: 0, unreadable: [] };
  const own = take(root, false);
  if (own.enter) walk(search, root, 0, own.agents);
  return notesOf(search);
}

function walk(search: Search, folder: string, depth: number, underAgents: boolean): void {
  const entries = foldersIn(search, folder, underAgents);
  if (depth >= limits.searchDepth) {
    // Agents have deep folders of their own, and are read by other means.
    if (!underAgents) search.tooDeep += entries.length;
    return;
  }
  for (const entry of entries) {
    if (search.folders >= limits.searchFolders) {
      search.tooMany = true;
      return;
    }
    search.folders++;
    const path = join(folder, entry.name);
    const { enter, agents } = search.take(path, underAgents);
    if (enter) walk(search, path, depth + 1, agents);
  }
}

/** The folders worth entering, in name order. `isDirectory` is false for links, so they are not followed. */
function foldersIn(search: Search, folder: string, underAgents: boolean): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isDirectory() &&
          !entry.name.startsWith('.') &&
          !skipped.has(entry.name) &&
          !(underAgents && filledByAgents.has(entry.name)),
      )
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    search.unreadable.push(folder);
    return [];
  }
}

function notesOf(search: Search): string[] {
  const notes: string[] = [];
  if (search.tooMany) {
    notes.push(
      `The search for stores ended after ${limits.searchFolders} folders; open a subfolder to search there.`,
    );
  }
  if (search.tooDeep > 0) {
    notes.push(
      `${search.tooDeep} folders more than ${limits.searchDepth} levels down were not searched; open them to search there.`,
    );
  }
  if (search.unreadable.length > 0) {
    notes.push(`${search.unreadable.length} folders can't be read, the first is ${search.unreadable[0]}.`);
  }
  return notes;
}
