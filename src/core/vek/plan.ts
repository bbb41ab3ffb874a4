import { randomBytes } from 'node:crypto';
import type { Action, Plan } from '../../contract/operations.ts';
import { nowMicros, type WriteContext } from '../operations/context.ts';
import { recordFolder } from '../operations/folder.ts';
import { findInstallation } from '../operations/installation.ts';
import { readJournal } from '../operations/journal.ts';
import { fail, ok, type Result } from '../result.ts';
import { limits } from '../storage/limits.ts';
import { lockedBy } from './apply-head.ts';
import { readHead, readHeadLock } from './head.ts';
import type { RepositoryPaths } from './paths.ts';
import { planCreate, planDelete, planFork, planRename, planSwitch } from './plan-branches.ts';
import { readOnlyReason, short, type Draft, type Scene } from './plan-scene.ts';
import { planTag, planUntag } from './plan-tags.ts';
import { planUndo } from './plan-undo.ts';
import { lookAtVek, type VekLook } from './store.ts';
import { countUnreachable, indexSource } from './trash-find.ts';

/**
 * What an action would write, as data: nothing is written or created. Fails in words where it can't be done:
 * `exists`, `not-found`, `ambiguous`, `bad-request` (a name), `refused`, `locked` (a session holds HEAD.lock),
 * `conflict` (undo, when a ref was moved since). A plan that changes nothing has no refs and no head.
 */
export function planAction(paths: RepositoryPaths, action: Action, ctx: WriteContext): Result<Plan> {
  const lock = readHeadLock(paths);
  if (lock !== null && !lock.stale)
    return isOurs(paths, lock.text, ctx) ? leftByUs() : lockedBy(lock.sinceMicros);
  const head = readHead(paths);
  const looked = lookAtVek(paths, (s): Result<Plan> => {
    const refusal = readOnlyReason(s, paths);
    if (refusal !== null) return { ok: false, error: refusal };
    const draft = draftOf({ s, paths, head, ctx }, action);
    if (!draft.ok) return draft;
    const { title, refs, warnings } = draft.value;
    const keeps = countUnreachable(s, refs, indexSource(paths, ctx));
    const more = draft.value.head === null ? [] : headWarnings(s, ctx, draft.value.head.after, lock !== null);
    return ok({
      id: randomBytes(12).toString('hex'),
      action,
      title,
      refs,
      head: draft.value.head,
      makes: null,
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

/** What a person should know before HEAD moves: a stale lock goes, a running recorder would follow. */
function headWarnings(s: VekLook, ctx: WriteContext, after: string, stale: boolean): string[] {
  const warnings: string[] = [];
  if (stale) {
    const minutes = limits.headLockStaleSeconds / 60;
    warnings.push(`HEAD.lock is more than ${minutes} minutes old and left over; it is removed, as vek does.`);
  }
  const newest = newestCall(s);
  const age = newest === null ? null : Math.round((nowMicros(ctx) - newest.micros) / 1e6);
  if (newest !== null && age !== null && age < limits.recentCallSeconds) {
    const branch = after.trim().replace(/^ref: /, '');
    const when = age < 1 ? 'just now' : `${age} s ago`;
    warnings.push(
      `A call (${short(newest.hash)}) was recorded ${when}: a running agent's next call would land on “${branch}”.`,
    );
  }
  return warnings;
}

/** The latest of the calls that were stored last. */
function newestCall(s: VekLook): { hash: string; micros: number } | null {
  const rows = s.db
    .prepare<[], readonly [unknown, unknown]>(
      'SELECT hash, timestamp FROM nodes ORDER BY rowid DESC LIMIT 64',
    )
    .raw()
    .all();
  let newest: { hash: string; micros: number } | null = null;
  for (const [hash, timestamp] of rows) {
    const micros = Date.parse(String(timestamp)) * 1000;
    if (Number.isFinite(micros) && (newest === null || micros > newest.micros))
      newest = { hash: String(hash), micros };
  }
  return newest;
}
