import { randomBytes } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Edit, EditPlan, PlannedFile } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import { systemCode } from '../../operations/files.ts';
import { systemFailure } from '../../storage/failures.ts';
import { limits } from '../../storage/limits.ts';
import type { EditContext } from '../edit/context.ts';
import { writtenText } from '../edit/plan-texts.ts';
import { appendEdit, readEdits } from './journal.ts';
import { acted, entryAsEdit } from './record.ts';
import { readEditLine, type BeginLine, type EditFile } from './lines.ts';
import { takeFileLocks } from './locks.ts';
import { keepObject, sha256Of } from './objects.ts';
import { temporaryNames, writePlace } from './place.ts';
import { pruneTexts } from './prune.ts';
import { settlePending } from './recover.ts';
import { blockedByRun } from './running.ts';
import { makeFolders, noteText, removeFolders, revert, swapHost, type FileTask } from './steps.ts';
import { editStore, withStoreLock, type EditStore } from './store.ts';
import { standing, swapFile } from './swap.ts';
import { noText, tooLarge } from './texts.ts';

/** A file of a plan with its place and the bytes it gets. */
type Task = FileTask & { readonly bytes: Buffer | null };

/**
 * Writes a plan (formats/atomic-agents.md §14): every file is compared with what the plan saw, the former and the new
 * texts are kept and the plan is recorded and synced before anything moves, and each file is replaced in one step. Where
 * anything fails, what was written goes back. A file that another changed is a `conflict`, and nothing of it is lost.
 */
export function applyEdit(ctx: EditContext, plan: EditPlan): Result<Edit> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  const paths = plan.files.map(({ path }) => path);
  if (paths.length === 0 || new Set(paths).size !== paths.length) {
    return fail('bad-request', 'The plan names no file, or one twice.', 'Plan the change again.');
  }
  return withStoreLock(store.value, () => {
    ctx.probe?.('locked');
    settlePending(ctx, store.value);
    const blocked = blockedByRun(ctx, plan.does, paths);
    if (blocked !== null) return fail('locked', blocked, 'Nothing was written.');
    const locks = takeFileLocks(ctx, paths);
    if (!locks.ok) return locks;
    try {
      ctx.probe?.('files-locked');
      return write(ctx, store.value, plan);
    } finally {
      locks.value();
      ctx.folder.refresh(paths);
    }
  });
}

function write(ctx: EditContext, store: EditStore, plan: EditPlan): Result<Edit> {
  const tasks: Task[] = [];
  for (const planned of plan.files) {
    const task = compare(ctx, store, planned);
    if (!task.ok) return task;
    tasks.push(task.value);
  }
  // a run may have begun while we waited for locks
  const blocked = blockedByRun(
    ctx,
    plan.does,
    tasks.map(({ path }) => path),
  );
  if (blocked !== null) return fail('locked', blocked, 'Nothing was written.');
  const begin: BeginLine = {
    v: 1,
    type: 'begin',
    id: freshId(store, plan.id),
    atMicros: ctx.nowMicros(),
    does: plan.does,
    undoes: plan.undoes ?? null,
    title: plan.title,
    label: plan.label,
    from: ctx.from,
    files: tasks.map(({ file }) => file),
  };
  ctx.probe?.('kept');
  const final = plan.does === 'undo' ? actedOn(ctx, plan) : null;
  if (final !== null) return final;
  // what could not be read again could not be ended after a crash
  if (readEditLine(JSON.stringify(begin)) === null) {
    return fail(
      'too-large',
      'The change has too many files, or too long names.',
      'Make it in several parts.',
    );
  }
  appendEdit(store, begin);
  ctx.probe?.('begun');
  for (const [at, task] of tasks.entries()) {
    let stopped: Result<never> | null = null;
    let reached = at;
    try {
      if (task.file.before === task.file.after) continue;
      if (task.bytes !== null) makeFolders(task);
      const host = swapHost(ctx, store, task.file, `file${at}`);
      if (!swapFile(task.target, task.file.before, task.bytes, task.file.mode, host)) {
        stopped = changedMeanwhile(task.path, task.file.before === null);
        reached--;
      }
    } catch (error) {
      stopped = writeFailure(error, task.path);
    }
    if (stopped !== null) return rollBack(ctx, store, begin, tasks.slice(0, reached + 1), stopped);
  }
  ctx.probe?.('written');
  const late = plan.does === 'undo' ? actedOn(ctx, plan) : null;
  if (late !== null) return rollBack(ctx, store, begin, tasks, late);
  removeEmptied(ctx, store, tasks);
  const done = endWritten(ctx, store, begin);
  ctx.probe?.('done');
  prune(store);
  return ok(entryAsEdit(store, { begin, done }));
}

/** Everything stands in its place: where that can't be noted any more, the next write or opening notes it. */
function endWritten(ctx: EditContext, store: EditStore, begin: BeginLine): ReturnType<typeof end> | null {
  try {
    return end(ctx, store, begin, 'done', null);
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return null;
  }
}

/** The runtime may have acted on an answer since its undo was planned; it leaves the file as it is. */
function actedOn(ctx: EditContext, { files }: EditPlan): Result<never> | null {
  const one = files.find(({ path }) => acted(ctx, path));
  if (one === undefined) return null;
  const message = `The agent has acted on ${one.path} meanwhile, so its answer is final.`;
  return fail('conflict', message, 'Nothing was written.');
}

/** Makes room; where that fails the write is done all the same, and a later one tries again. */
function prune(store: EditStore): void {
  try {
    pruneTexts(store);
  } catch (error) {
    if (systemCode(error) === null) throw error;
  }
}

/** A plan that failed may be applied again, and each attempt is a write of its own. */
function freshId(store: EditStore, id: string): string {
  const edits = readEdits(store);
  const taken = edits.ok && edits.value.entries.some(({ begin }) => begin.id === id);
  return taken ? randomBytes(12).toString('hex') : id;
}

/** Removes folders that a former write had made for the files that are gone now, where they are empty. */
function removeEmptied(ctx: EditContext, store: EditStore, tasks: readonly Task[]): void {
  const gone = new Set(tasks.filter(({ file }) => file.after === null).map(({ file }) => file.path));
  if (gone.size === 0) return;
  const edits = readEdits(store);
  const folders = new Set<string>();
  for (const { begin } of edits.ok ? edits.value.entries : []) {
    for (const file of begin.files) if (gone.has(file.path)) for (const one of file.folders) folders.add(one);
  }
  removeFolders(ctx, store, [...folders]);
}

/** What the system said of a file that was to be written: of the file itself, and not of a temporary name. */
function writeFailure(error: unknown, path: string): Result<never> {
  const failure = systemFailure(error, path);
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return failure;
  const denied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  return fail(
    'io',
    denied ? `${path} may not be changed by this user.` : `${path} can't be written.`,
    denied ? 'Check the permissions of the file and its folder.' : 'See the detail for what the system says.',
    failure.error.detail,
  );
}

/** Compares a file with what the plan saw, and keeps both of its texts. */
function compare(ctx: EditContext, store: EditStore, planned: PlannedFile): Result<Task> {
  const { path, writtenFor } = planned;
  const place = writePlace(ctx.folder.root, path);
  if (!place.ok) return place;
  const { real, missing } = place.value;
  const before = planned.before?.sha256 ?? null;
  const after = planned.after?.sha256 ?? null;
  let found: ReturnType<typeof standing>;
  let bytes: Buffer | null = null;
  try {
    const size = lstatSync(real, { throwIfNoEntry: false })?.size ?? 0;
    if (size > limits.agentFileBytes) return tooLarge(path, size);
    found = missing.length > 0 ? null : standing(real);
    if (found?.sha256 === '') return fail('refused', `${path} is not a file.`, 'Choose another name.');
    if ((found?.sha256 ?? null) !== before) return changedMeanwhile(path, before === null);
    const odd = found === null ? null : noText(path, found.bytes);
    if (odd !== null) return odd;
    if (planned.after !== null) {
      const text = writtenText(planned) ?? planned.after.text;
      bytes = Buffer.from(text, 'utf8');
      const oddAfter = noText(path, bytes);
      if (oddAfter !== null) return oddAfter;
      if (!text.isWellFormed() || sha256Of(bytes) !== after) {
        return fail('refused', `The text for ${path} is not the one that was planned.`, 'Plan it again.');
      }
      keepObject(store.objects, bytes);
    }
    if (found !== null) {
      keepObject(store.objects, found.bytes);
      noteText(ctx, store, store.stored(path), found.bytes, Number(found.stat.mtimeNs / 1000n));
    }
  } catch (error) {
    return systemFailure(error, path);
  }
  const folders = missing.map((folder) => storedFolder(store, path, real, folder));
  const file: EditFile = {
    path: store.stored(path),
    before,
    after,
    writtenFor,
    mode: found === null ? null : Number(found.stat.mode) & 0o7777,
    ...temporaryNames(real),
    folders,
  };
  const folder = real.slice(0, real.lastIndexOf(sep));
  const target = {
    path: real,
    writing: `${folder}${sep}${file.writing}`,
    ready: `${folder}${sep}${file.ready}`,
  };
  return ok({ file, path, target, bytes });
}

/** The stored path of a folder above a file. */
function storedFolder(store: EditStore, path: string, real: string, folder: string): string {
  const below = relative(folder, real).split(sep).length;
  return store.stored(path).split('/').slice(0, -below).join('/');
}

function changedMeanwhile(path: string, isNew: boolean): Result<never> {
  return isNew
    ? fail(
        'exists',
        `${path} is there already: another program made it.`,
        'Look at it first; nothing was written.',
      )
    : fail('conflict', `${path} was changed since.`, 'Look at what it says now; nothing was written.');
}

function end(
  ctx: EditContext,
  store: EditStore,
  begin: BeginLine,
  outcome: 'done' | 'rolled-back' | 'abandoned',
  note: string | null,
) {
  const done = { v: 1, type: 'done', id: begin.id, atMicros: ctx.nowMicros(), outcome, note } as const;
  appendEdit(store, done);
  return done;
}

/** Puts back what was written before a file failed, and says what became of it. */
function rollBack(
  ctx: EditContext,
  store: EditStore,
  begin: BeginLine,
  tasks: readonly Task[],
  stopped: Result<never>,
): Result<never> {
  if (stopped.ok) return stopped;
  const stays: string[] = [];
  for (const task of tasks.toReversed()) {
    try {
      if (revert(ctx, store, task) !== 'before') stays.push(task.path);
      else removeFolders(ctx, store, task.file.folders);
    } catch {
      stays.push(task.path);
    }
  }
  const { kind, message, hint, detail } = stopped.error;
  if (stays.length === 0) {
    end(ctx, store, begin, 'rolled-back', message);
    return fail(
      kind,
      tasks.length === 0 ? message : `${message} What was written before it is as it was.`,
      hint,
      detail,
    );
  }
  const left = `What was written before it could not be put back in ${stays.join(', ')}.`;
  end(ctx, store, begin, 'abandoned', `${message} ${left}`);
  return fail(
    kind,
    `${message} ${left}`,
    'Look at these files; their former texts are in the history.',
    detail,
  );
}
