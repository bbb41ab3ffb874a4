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

/** A folder that is looked at, with what stands directly in it, in name order. */
export type SearchedFolder = {
  readonly path: string;
  readonly underAgents: boolean;
  readonly entries: readonly Dirent[];
  /** false: what stands in it can't be listed */
  readonly isListed: boolean;
};

/** Looks at one folder: whether to go on below it, and whether that is below agents. */
type Take = (folder: SearchedFolder) => { readonly enter: boolean; readonly agents: boolean };

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
  visit(search, root, 0, false);
  return notesOf(search);
}

function visit(search: Search, folder: string, depth: number, underAgents: boolean): void {
  const read = entriesIn(folder);
  const own = search.take({ path: folder, underAgents, entries: read ?? [], isListed: read !== null });
  if (!own.enter) return;
  if (read === null) {
    search.unreadable.push(folder);
    return;
  }
  const below = read.filter((entry) => isEntered(entry, own.agents));
  if (depth >= limits.searchDepth) {
    // Agents have deep folders of their own, and are read by other means.
    if (!own.agents) search.tooDeep += below.length;
    return;
  }
  for (const entry of below) {
    if (search.folders >= limits.searchFolders) {
      search.tooMany = true;
      return;
    }
    search.folders++;
    visit(search, join(folder, entry.name), depth + 1, own.agents);
  }
}

function entriesIn(folder: string): Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return null;
  }
}

/** `isDirectory` is false for links, so they are not followed. */
function isEntered(entry: Dirent, underAgents: boolean): boolean {
  if (!entry.isDirectory() || entry.name.startsWith('.') || skipped.has(entry.name)) return false;
  return !(underAgents && filledByAgents.has(entry.name));
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
    const [first] = search.unreadable;
    const count = search.unreadable.length;
    notes.push(
      count === 1 ? `${first} can't be read.` : `${count} folders can't be read, the first is ${first}.`,
    );
  }
  return notes;
}
