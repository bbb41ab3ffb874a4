import { accessSync, constants } from 'node:fs';
import type { Plan, RefChange } from '../../contract/operations.ts';
import type { Head, NodeRecord } from '../../contract/vek.ts';
import type { WriteContext } from '../operations/context.ts';
import { fail, ok, type Failure, type Result } from '../result.ts';
import type { RepositoryPaths } from './paths.ts';
import { resolveHash } from './resolve.ts';
import { vekTables } from './schema.ts';
import type { VekLook } from './store.ts';

/** What planning looks at: the store, HEAD, and who asks. */
export type Scene = {
  readonly s: VekLook;
  readonly paths: RepositoryPaths;
  readonly head: Head;
  readonly ctx: WriteContext;
};

/** A plan before what follows from it (what to keep, general warnings) is added. */
export type Draft = Pick<Plan, 'title' | 'refs' | 'head' | 'warnings'> & Partial<Pick<Plan, 'makes'>>;

/** Eight digits of a hash, as everywhere on screen. */
export function short(hash: string): string {
  return hash.slice(0, 8);
}

/** The name of the current branch, born or not; null where HEAD is missing or unreadable. */
export function currentBranch(head: Head): string | null {
  return head.state === 'branch' ? head.branch : null;
}

/** The text of a HEAD file on that branch (formats/vek.md §1). */
export function headText(branch: string): string {
  return `ref: ${branch}\n`;
}

/** The change that puts HEAD on a branch; null when it is there already. */
export function headTo(scene: Scene, branch: string): Result<Plan['head']> {
  const { head } = scene;
  switch (head.state) {
    case 'branch':
      return ok(head.branch === branch ? null : { before: head.text, after: headText(branch) });
    case 'missing':
      return ok({ before: null, after: headText(branch) });
    case 'unreadable':
      return headUnreadable(head.reason);
  }
}

/** HEAD can't be read, so nothing that depends on the current branch is done. */
export function headUnreadable(reason: string) {
  return fail(
    'unreadable',
    `HEAD can't be read: ${reason}. The current branch is unknown.`,
    'Look at the file HEAD in the .vek folder; it should hold “ref: ” and a branch name.',
  );
}

/** The call that a hash or prefix names. An object is not a call. */
export function callAt(s: VekLook, hash: string): Result<NodeRecord> {
  const resolved = resolveHash(s, hash);
  if (!resolved.ok) return resolved;
  const node = s.node(resolved.value);
  if (node !== null) return ok(node);
  return fail('not-found', `No call in this repository has the hash ${hash}.`, 'Name a call, not an object.');
}

/** The tip of the current branch; null when it is unborn. */
export function currentTip(scene: Scene): Result<string | null> {
  if (scene.head.state === 'unreadable') return headUnreadable(scene.head.reason);
  if (scene.head.state === 'missing') {
    return fail('not-found', 'HEAD is missing, so there is no current branch.', 'Name the call by its hash.');
  }
  return ok(scene.s.ref(scene.head.branch));
}

/** A ref that appears or goes. */
export function refChange(name: string, before: string | null, after: string | null): RefChange {
  return { name, before, after };
}

/** Why this store is not written to; null when it can be. The database is asked again when writing. */
export function readOnlyReason(s: VekLook, paths: RepositoryPaths): Failure | null {
  if (s.salvage) {
    return fail(
      'refused',
      'The database is damaged, and what is shown is what could still be read. It is not written to.',
      'Restore vek.db from a backup first.',
    ).error;
  }
  if (s.how.empty || s.schema.tables.size < vekTables.length) {
    return fail(
      'refused',
      'The database lacks tables of a vek repository, so nothing is written to it.',
      'Restore vek.db from a backup first.',
    ).error;
  }
  const odd = s.db
    .prepare<[], { type: string; name: string }>(
      "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') OR (type = 'table' AND sql LIKE 'create virtual%') LIMIT 1",
    )
    .get();
  if (odd !== undefined) {
    return fail(
      'refused',
      `The database holds a ${odd.type === 'table' ? 'virtual table' : odd.type} named “${odd.name}”, which could run when we write.`,
      'Look at it with other tools, and remove it if you trust the rest of the file.',
    ).error;
  }
  for (const path of [paths.dir, paths.db]) {
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return fail(
        'refused',
        `${path} can't be written.`,
        'Change its permissions, or copy the folder.',
        detail,
      ).error;
    }
  }
  return null;
}
