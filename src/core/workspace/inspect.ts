import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { agentsAbove } from '../agents/above.ts';
import type { AgentsRoot } from '../agents/places.ts';
import { agentsRootAt } from '../agents/root.ts';
import { ledgerAbove, ledgerAt, mayBeLedger, searchLedgers } from '../aex/find.ts';
import type { LedgerPaths } from '../aex/paths.ts';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { findRepository, repositoryAt, type RepositoryPaths } from '../vek/paths.ts';
import { searchFolders, type SearchedFolder } from './search.ts';

/** A `.vek` repository in a folder. `name` is its path relative to the opened folder, with `/`. */
export type FoundVek = {
  readonly kind: 'vek';
  readonly path: string;
  readonly name: string;
  readonly paths: RepositoryPaths;
};

/** A root of agents, or one agent (formats/atomic-agents.md §1). `name` as of a repository. */
export type FoundAgents = {
  readonly kind: 'agents';
  readonly path: string;
  readonly name: string;
  readonly root: AgentsRoot;
};

/** An AEX budget ledger (formats/aex.md §1). `path` is the database itself. */
export type FoundLedger = {
  readonly kind: 'aex';
  readonly path: string;
  readonly name: string;
  readonly paths: LedgerPaths;
};

/** One thing in a folder that Vekscope can show. */
export type FoundStore = FoundVek | FoundAgents | FoundLedger;

/** What a folder holds. `notes` say in words what was not looked at, and where a store above was taken. */
export type Inspection = {
  readonly path: string;
  readonly name: string;
  readonly stores: readonly FoundStore[];
  readonly notes: readonly string[];
};

/**
 * Finds the repositories, agents and ledgers of a folder: in itself and in subfolders down to `limits.searchDepth`; where
 * there are none, those found by going up, as vek does (formats/vek.md §1). Hidden folders, node_modules and links are
 * not entered. Below agents no other agents are looked for. A file that is a ledger is taken as it is.
 */
export function inspectFolder(dir: string): Result<Inspection> {
  let path: string;
  try {
    path = realpathSync.native(dir);
    if (!statSync(path).isDirectory()) return inspectFile(dir, path);
  } catch (error) {
    return systemFailure(error, dir);
  }
  const stores: FoundStore[] = [];
  const notes: string[] = [];
  const ledgers = searchLedgers();
  const take = ({
    path: folder,
    underAgents,
    entries,
    isListed,
  }: SearchedFolder): { readonly enter: boolean; readonly agents: boolean } => {
    const repository = repositoryAt(folder);
    if (repository !== null) stores.push(foundVek(path, repository));
    if (repository?.dir === folder) return { enter: false, agents: underAgents };
    const below = underAgents || (isListed && takeAgents(path, folder, stores, notes));
    stores.push(...ledgers.in(folder, entries).map((ledger) => foundLedger(path, ledger)));
    return { enter: true, agents: below };
  };
  notes.push(...searchFolders(path, take), ...ledgers.notes());
  if (stores.length === 0) {
    const closed = refused(path);
    if (closed !== null) return closed;
    notes.push(...takeAbove(path, stores));
  }
  return ok({ path, name: basename(path) || path, stores, notes });
}

/** What the system says of a folder that this user may not look into. */
function refused(folder: string): Result<never> | null {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return null;
  } catch (error) {
    return systemFailure(error, folder);
  }
}

/** A ledger by itself. */
function inspectFile(given: string, path: string): Result<Inspection> {
  const ledger = ledgerAt(path);
  if (ledger.ok) {
    return ok({ path, name: basename(path), stores: [foundLedger(path, ledger.value)], notes: [] });
  }
  if (mayBeLedger(basename(path))) return ledger;
  return fail(
    'bad-request',
    `${given} is a file, not a folder or a ledger.`,
    'Open the folder that holds it.',
  );
}

/** Whether a folder is a root of agents, which is then taken. */
function takeAgents(path: string, folder: string, stores: FoundStore[], notes: string[]): boolean {
  const agents = agentsRootAt(folder);
  if (!agents.ok) notes.push(`${agents.error.message} ${agents.error.hint}`);
  else if (agents.value !== null) stores.push(foundAgents(path, agents.value));
  return agents.ok && agents.value !== null;
}

/** Takes what the folders above hold, and says where. */
function takeAbove(path: string, stores: FoundStore[]): string[] {
  const agents = agentsAbove(path);
  if (agents !== null) {
    stores.push(foundAgents(path, agents));
    return [`The agents were found above the opened folder, in ${agents.path}.`];
  }
  const ledger = ledgerAbove(path);
  if (ledger !== null) {
    stores.push(foundLedger(path, ledger));
    return [`The ledger was found above the opened folder, in ${ledger.dir}.`];
  }
  const above = findRepository(path);
  if (!above.ok) return [];
  stores.push(foundVek(path, above.value));
  return [`The repository was found above the opened folder, in ${above.value.root}.`];
}

function nameOf(root: string, path: string): string {
  const name = relative(root, path).split(sep).join('/');
  return name === '' ? basename(path) : name;
}

function foundVek(root: string, paths: RepositoryPaths): FoundVek {
  return { kind: 'vek', path: paths.dir, name: nameOf(root, paths.dir), paths };
}

function foundAgents(root: string, agents: AgentsRoot): FoundAgents {
  return { kind: 'agents', path: agents.path, name: nameOf(root, agents.path), root: agents };
}

function foundLedger(root: string, paths: LedgerPaths): FoundLedger {
  return { kind: 'aex', path: paths.db, name: nameOf(root, paths.db), paths };
}
