import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { limits } from '../storage/limits.ts';
import { findRepository, repositoryAt, type RepositoryPaths } from '../vek/paths.ts';

/** One store in a folder. `name` is its path relative to the opened folder, with `/`. */
export type FoundStore = {
  readonly kind: 'vek';
  readonly path: string;
  readonly name: string;
  readonly paths: RepositoryPaths;
};

/** What a folder holds. `notes` say in words what was not looked at, and where a store above was taken. */
export type Inspection = {
  readonly path: string;
  readonly name: string;
  readonly stores: readonly FoundStore[];
  readonly notes: readonly string[];
};

const skipped = new Set(['node_modules', '__pycache__']);

/**
 * Finds the repositories of a folder: in itself and in subfolders down to `limits.searchDepth`; where there is none,
 * the one found by going up, as vek does (formats/vek.md §1). Hidden folders, node_modules and links are not entered.
 */
export function inspectFolder(dir: string): Result<Inspection> {
  let path: string;
  try {
    path = realpathSync.native(dir);
    if (!statSync(path).isDirectory()) {
      return fail('bad-request', `${dir} is a file, not a folder.`, 'Open the folder that holds it.');
    }
  } catch (error) {
    return systemFailure(error, dir);
  }
  const search: Search = { root: path, stores: [], folders: 0, tooMany: false, tooDeep: 0, unreadable: [] };
  const own = repositoryAt(path);
  if (own !== null) search.stores.push(storeOf(path, own));
  if (own === null || own.dir !== path) walk(search, path, 0);
  const notes = notesOf(search);
  if (search.stores.length === 0) {
    const above = findRepository(path);
    if (above.ok) {
      search.stores.push(storeOf(path, above.value));
      notes.push(`The repository was found above the opened folder, in ${above.value.root}.`);
    }
  }
  return ok({ path, name: basename(path) || path, stores: search.stores, notes });
}

type Search = {
  readonly root: string;
  readonly stores: FoundStore[];
  folders: number;
  tooMany: boolean;
  tooDeep: number;
  readonly unreadable: string[];
};

function storeOf(root: string, paths: RepositoryPaths): FoundStore {
  const name = relative(root, paths.dir).split(sep).join('/');
  return { kind: 'vek', path: paths.dir, name: name === '' ? basename(paths.dir) : name, paths };
}

function walk(search: Search, folder: string, depth: number): void {
  const entries = foldersIn(search, folder);
  if (depth >= limits.searchDepth) {
    search.tooDeep += entries.length;
    return;
  }
  for (const entry of entries) {
    if (search.folders >= limits.searchFolders) {
      search.tooMany = true;
      return;
    }
    search.folders++;
    const path = join(folder, entry.name);
    const found = repositoryAt(path);
    if (found !== null) search.stores.push(storeOf(search.root, found));
    if (found === null || found.dir !== path) walk(search, path, depth + 1);
  }
}

/** The folders worth entering, in name order. `isDirectory` is false for links, so they are not followed. */
function foldersIn(search: Search, folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name))
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
