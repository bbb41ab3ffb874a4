import { randomBytes } from 'node:crypto';
import type { Action, Plan } from '../../contract/operations.ts';
import { nowMicros, type WriteContext } from '../operations/context.ts';
import { recordFolder } from '../operations/folder.ts';
import { findInstallation } from '../operations/installation.ts';
import { readJournal } from '../operations/journal.ts';
import { fail, ok, type Result } from '../result.ts';
import { lockedBy } from './apply-head.ts';
import { readHead, readHeadLock } from './head.ts';
import type { RepositoryPaths } from './paths.ts';
import { planCreate, planDelete, planFork, planRename, planSwitch } from './plan-branches.ts';
import { readOnlyReason, type Draft, type Scene } from './plan-scene.ts';
import { planTag, planUntag } from './plan-tags.ts';
import { planUndo } from './plan-undo.ts';
import { headWarnings } from './plan-warnings.ts';
import { lookAtVek } from './store.ts';
import { arrivingWith } from './trash-arriving.ts';
import { countUnreachable, indexSource } from './trash-find.ts';

/**
 * What an action would write, as data: nothing is written or created. Fails in words where it can't be done:
 * `exists`, `not-found`, `ambiguous`, `bad-request` (a name), `refused`, `locked` (a session holds HEAD.lock),
 * `conflict` (undo, when a ref was moved since). A plan that changes nothing has no refs and no head.
 */
export function planAction(paths: RepositoryPaths, action: Action, ctx: WriteContext): Result<Plan> {
  return makePlan(paths, action, ctx, (scene) => draftOf(scene, action));
}

/** The plan of an action whose writes `draft` says, by one look at the store. */
export function makePlan(
  paths: RepositoryPaths,
  action: Action,
  ctx: WriteContext,
  draft: (scene: Scene) => Result<Draft>,
): Result<Plan> {
  const lock = readHeadLock(paths);
  if (lock !== null && !lock.stale)
    return isOurs(paths, lock.text, ctx) ? leftByUs() : lockedBy(lock.sinceMicros);
  const head = readHead(paths);
  const looked = lookAtVek(paths, (s): Result<Plan> => {
    const refusal = readOnlyReason(s, paths);
    if (refusal !== null) return { ok: false, error: refusal };
    const drafted = draft({ s, paths, head, ctx });
    if (!drafted.ok) return drafted;
    const { title, refs, warnings, makes = null } = drafted.value;
    const arriving = arrivingWith(s, { action, refs, makes });
    const keeps = countUnreachable(s, refs, arriving, indexSource(paths, ctx));
    const more =
      drafted.value.head === null ? [] : headWarnings(s, ctx, drafted.value.head.after, lock !== null);
    return ok({
      id: randomBytes(12).toString('hex'),
      action,
      title,
      refs,
      head: drafted.value.head,
      makes,
      keeps,
      warnings: [...warnings, ...more],
      madeAtMicros: nowMicros(ctx),
    });
  });
  return looked.ok ? looked.value : looked;
}

/** Whether HEAD.lock is that of a write of this installation that has no end. */
function isOurs(paths: RepositoryPaths, text: string, ctx: WriteContext): boolean {
  const folder = recordFolder(paths.dir);
  const journal = folder.ok ? readJournal(folder.value, findInstallation(ctx.dataDir)) : folder;
  if (!journal.ok) return false;
  return journal.value.entries.some(
    (entry) => entry.own && entry.done === null && entry.begin.headLock === text,
  );
}

function leftByUs(): Result<never> {
  return fail(
    'locked',
    'A write of Vekscope was cut off, or still runs, and holds HEAD.lock.',
    'Open the repository again: that brings the write to its end.',
  );
}

function draftOf(scene: Scene, action: Action): Result<Draft> {
  switch (action.kind) {
    case 'fork':
      return planFork(scene, action);
    case 'create-branch':
      return planCreate(scene, action);
    case 'switch':
      return planSwitch(scene, action);
    case 'rename-branch':
      return planRename(scene, action);
    case 'delete-branch':
      return planDelete(scene, action);
    case 'tag':
      return planTag(scene, action);
    case 'untag':
      return planUntag(scene, action);
    case 'merge':
      return fail('bad-request', 'A merge is planned with its documents.', 'Preview the merge first.');
    case 'undo':
      return planUndo(scene, action);
  }
}
