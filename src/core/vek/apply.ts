import type { Operation, Plan } from '../../contract/operations.ts';
import { takeApplyLock } from '../operations/apply-lock.ts';
import { nowMicros, probe, type WriteContext } from '../operations/context.ts';
import { ensureRecordFolder, recordFolder, trashFile, type RecordFolder } from '../operations/folder.ts';
import { ensureInstallation, type Installation } from '../operations/installation.ts';
import { appendRecord, readJournal } from '../operations/journal.ts';
import { recordedPlan, type BeginBody, type DoneBody } from '../operations/lines.ts';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { writeStore } from '../storage/write.ts';
import {
  headLockText,
  headNow,
  lockedBy,
  prepareHead,
  removeLeftovers,
  replaceHead,
  returnHeadLock,
  takeHeadLock,
} from './apply-head.ts';
import { contentsFit, madeHasRoom, writeMade } from './apply-make.ts';
import { movesHead, refReader, stillHolds, writeRefs } from './apply-refs.ts';
import { headLeavesFirst, settle } from './apply-settle.ts';
import { readHeadLock } from './head.ts';
import type { RepositoryPaths } from './paths.ts';
import type { Contents } from './plan-merge-node.ts';
import { undoable } from './plan-undo.ts';
import { readOnlyReason } from './plan-scene.ts';
import { lookAtVek } from './store.ts';
import { lacksCalls, restoreAhead, restoreNow } from './apply-restore.ts';
import { dropPart, keepTrash, othersStillKeep, sealTrash, type Kept } from './trash.ts';

/**
 * Writes what a plan says: compares every `before` again, records, adds calls and moves refs in one transaction and
 * HEAD in one rename, checks, and records the end. `contents` are the bytes of the objects that the plan makes. `conflict`: something moved since the preview. `locked`: a session or another
 * Vekscope writes. After a failure nothing is changed, unless its message says so.
 */
export function applyPlan(
  paths: RepositoryPaths,
  plan: Plan,
  ctx: WriteContext,
  contents: Contents = new Map(),
): Result<Operation> {
  if (plan.refs.length === 0 && !movesHead(plan))
    return ok(operationOf(plan, nowMicros(ctx), 'Nothing was changed.'));
  const fit = contentsFit(plan, contents);
  if (!fit.ok) return fit;
  const early = holdsNow(paths, plan);
  if (!early.ok) return early;
  try {
    const installation = ensureInstallation(ctx.dataDir);
    if (!installation.ok) return installation;
    const folder = ensureRecordFolder(paths.dir);
    if (!folder.ok) return folder;
    const lock = takeApplyLock(folder.value);
    if (!lock.ok) return lock;
    try {
      probe(ctx, 'apply-locked');
      return applyLocked({
        paths,
        plan,
        contents,
        ctx,
        installation: installation.value,
        folder: folder.value,
      });
    } finally {
      lock.value();
    }
  } catch (error) {
    return systemFailure(error, paths.dir);
  }
}

type Job = {
  readonly paths: RepositoryPaths;
  readonly plan: Plan;
  readonly contents: Contents;
  readonly ctx: WriteContext;
  readonly installation: Installation;
  readonly folder: RecordFolder;
};

/** Looks before anything is made, so that an outdated plan leaves no trace. */
function holdsNow(paths: RepositoryPaths, plan: Plan): Result<null> {
  const lock = freshLock(paths);
  if (!lock.ok) return lock;
  const folder = recordFolder(paths.dir);
  if (!folder.ok) return folder;
  const looked = lookAtVek(paths, (s): Result<null> => {
    const refusal = readOnlyReason(s, paths);
    return refusal === null ? stillHolds(paths, plan, s.ref) : { ok: false, error: refusal };
  });
  return looked.ok ? looked.value : looked;
}

function freshLock(paths: RepositoryPaths): Result<null> {
  const lock = readHeadLock(paths);
  return lock === null || lock.stale ? ok(null) : lockedBy(lock.sinceMicros);
}

function applyLocked(job: Job): Result<Operation> {
  const { paths, plan, ctx, installation, folder } = job;
  removeLeftovers(folder);
  const journal = readJournal(folder, installation);
  if (!journal.ok) return journal;
  for (const entry of journal.value.entries) {
    if (entry.begin.id === plan.id) return appliedAlready();
    if (entry.own && entry.done === null) {
      const settled = settle({ paths, ctx, installation, folder }, entry.begin);
      if (!settled.ok) return settled;
    }
  }
  if (plan.action.kind === 'undo') {
    const target = undoable(paths, plan.action.operation, ctx);
    if (!target.ok) return target;
    const ahead = restoreAhead(paths, plan, ctx, trashFile(folder, plan.action.operation));
    if (!ahead.ok) return ahead;
  }
  const begin: BeginBody = {
    v: 1,
    type: 'begin',
    id: plan.id,
    atMicros: nowMicros(ctx),
    installation: installation.id,
    headLock: movesHead(plan) ? headLockText(nowMicros(ctx)) : null,
    plan: recordedPlan(plan),
  };
  return writeWithTrash(job, begin);
}

/** How often what to keep is gathered again because other refs were moved back meanwhile. */
const TRASH_ATTEMPTS = 3;

function writeWithTrash(job: Job, begin: BeginBody): Result<Operation> {
  for (let attempt = 0; attempt < TRASH_ATTEMPTS; attempt++) {
    const kept = keepTrash(job.paths, job.folder, job.plan, job.ctx);
    if (!kept.ok) return kept;
    try {
      const written = write(job, begin, kept.value);
      if (written !== 'others moved') return written;
    } finally {
      dropPart(kept.value.part);
    }
  }
  return fail(
    'busy',
    'Other refs kept moving while the calls to keep were gathered. Nothing was changed.',
    'Try again.',
  );
}

function write(job: Job, begin: BeginBody, kept: Kept): Result<Operation> | 'others moved' {
  const progress = { begun: false, othersMoved: false };
  try {
    const written = writeBegun(job, begin, kept, progress);
    if (written.ok) return written;
    if (progress.othersMoved) return 'others moved';
    if (progress.begun) settle(job, begin);
    return written;
  } catch (error) {
    if (!progress.begun) throw error;
    const settled = settle(job, begin);
    const failed = systemFailure(error, job.paths.dir).error;
    const state = settled.ok ? settled.value : settled.error.message;
    return { ok: false, error: { ...failed, message: `${failed.message} ${state}` } };
  }
}

type Progress = { begun: boolean; othersMoved: boolean };

/** The write itself. Once `begun` is set it is on record, and a failure has to be settled. */
function writeBegun(job: Job, begin: BeginBody, kept: Kept, progress: Progress): Result<Operation> {
  const { paths, plan, ctx, installation, folder } = job;
  const leavesFirst = headLeavesFirst(plan);
  const written = writeStore(paths.db, (db): Result<null> => {
    probe(ctx, 'transaction-open');
    const lock = freshLock(paths);
    if (!lock.ok) return lock;
    const holds = stillHolds(paths, plan, refReader(db));
    if (!holds.ok) return holds;
    const room = plan.makes === null ? ok(null) : madeHasRoom(db, plan.makes, job.contents);
    if (!room.ok) return room;
    if (!othersStillKeep(db, kept)) {
      progress.othersMoved = true;
      return fail('busy', 'Other refs were moved meanwhile.', 'Try again.');
    }
    sealTrash(folder, plan.id, kept);
    progress.begun = true;
    appendRecord(folder, begin, installation);
    probe(ctx, 'begin-recorded');
    if (begin.headLock !== null) {
      const taken = takeHeadLock(paths, folder, begin.headLock);
      if (!taken.ok) return taken;
      probe(ctx, 'head-lock-taken');
    }
    if (plan.action.kind === 'undo' && lacksCalls(plan, db)) {
      const restored = restoreNow(db, trashFile(folder, plan.action.operation));
      if (!restored.ok) return restored;
      probe(ctx, 'nodes-restored');
    }
    if (plan.makes !== null) writeMade(db, plan.makes, job.contents, ctx);
    const refs = writeRefs(db, plan.refs);
    if (!refs.ok) return refs;
    probe(ctx, 'refs-written');
    if (leavesFirst) moveHead(job);
    return ok(null);
  });
  if (!written.ok) return written;
  probe(ctx, 'committed');
  if (movesHead(plan) && !leavesFirst) {
    if (headNow(paths) !== plan.head!.before) {
      progress.begun = false; // its end is recorded right here
      return headOvertaken(job, begin);
    }
    moveHead(job);
  }
  return finish(job, begin, 'done', null);
}

function moveHead({ paths, plan, ctx, folder }: Job): void {
  const prepared = prepareHead(folder, plan.id, plan.head!.after);
  probe(ctx, 'head-prepared');
  replaceHead(paths, prepared);
  probe(ctx, 'head-replaced');
  if (headNow(paths) !== plan.head!.after) throw new Error('HEAD did not take its new text');
}

function finish(
  job: Job,
  begin: BeginBody,
  outcome: DoneBody['outcome'],
  note: string | null,
): Result<Operation> {
  const { paths, plan, ctx, installation, folder } = job;
  if (begin.headLock !== null) {
    returnHeadLock(paths, begin.headLock);
    probe(ctx, 'head-lock-returned');
  }
  const { id } = begin;
  const done: DoneBody = {
    v: 1,
    type: 'done',
    id,
    atMicros: nowMicros(ctx),
    installation: installation.id,
    outcome,
    note,
  };
  appendRecord(folder, done, installation);
  probe(ctx, 'done-recorded');
  return ok(operationOf(plan, begin.atMicros, null));
}

/** The refs are written, and another process moved HEAD in the moment before ours: its HEAD stays. */
function headOvertaken(job: Job, begin: BeginBody): Result<Operation> {
  const note = 'Another process moved HEAD at the same moment; it stays where that put it.';
  const finished = finish(job, begin, 'completed', note);
  if (!finished.ok) return finished;
  const refs = job.plan.refs.length > 0 ? ' The refs were changed as planned.' : '';
  return fail('conflict', `${note}${refs}`, 'Look at HEAD, and switch if you still want to.');
}

function appliedAlready(): Result<never> {
  return fail('conflict', 'This plan was applied already.', 'Plan again.');
}

function operationOf(plan: Plan, atMicros: number, undoBlocked: string | null): Operation {
  const { id, title, action, refs, head } = plan;
  return { id, title, action, refs, head, atMicros, state: 'done', undoBlocked, own: true };
}
