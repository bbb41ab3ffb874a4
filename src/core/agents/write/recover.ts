import { ok, type Result } from '../../result.ts';
import { systemFailure } from '../../storage/failures.ts';
import type { EditContext } from '../edit/context.ts';
import { appendEdit, readEdits, type EditEntry } from './journal.ts';
import { takeFileLocks } from './locks.ts';
import { blockedByRun } from './running.ts';
import { damagedSets } from './sets.ts';
import { clearNames, removeFolders, revert, standOf, taskOf, type FileTask } from './steps.ts';
import { editStore, withStoreLock, type EditStore } from './store.ts';

/**
 * Completes or rolls back what a process left half done, and says so in words; empty where there was nothing to do.
 * Touches nothing of a write that still runs. May be repeated and may itself be cut off.
 */
export function recoverEdits(ctx: EditContext): Result<readonly string[]> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  const broken = damagedSets(store.value);
  const pending = pendingOf(store.value);
  if (!pending.ok) return pending;
  if (pending.value.length === 0) return ok(broken);
  const ended = withStoreLock(
    store.value,
    () => {
      ctx.probe?.('recover-locked');
      return ok(settlePending(ctx, store.value));
    },
    0,
  );
  if (!ended.ok) return ended.error.kind === 'locked' ? ok(broken) : ended;
  return ok([...ended.value, ...broken]);
}

function pendingOf(store: EditStore): Result<readonly EditEntry[]> {
  const journal = readEdits(store);
  return journal.ok ? ok(journal.value.entries.filter(({ done }) => done === null)) : journal;
}

/** Ends every write that has no end. Under the lock of the store, so none of them still runs. */
export function settlePending(ctx: EditContext, store: EditStore): readonly string[] {
  const pending = pendingOf(store);
  if (!pending.ok) return [pending.error.message];
  return pending.value.map((entry) => {
    try {
      return settle(ctx, store, entry);
    } catch (error) {
      return cannot(entry, systemFailure(error, store.home).error.message);
    }
  });
}

function cannot({ begin }: EditEntry, why: string): string {
  return `“${begin.title}” was left half done and can't be ended yet: ${why}`;
}

function settle(ctx: EditContext, store: EditStore, entry: EditEntry): string {
  const { begin } = entry;
  const tasks: FileTask[] = [];
  for (const file of begin.files) {
    const shown = store.shown(file.path);
    if (shown === null) return cannot(entry, 'it changed files outside of what is opened.');
    const task = taskOf(ctx, shown, file);
    if (!task.ok) return cannot(entry, task.error.message);
    tasks.push(task.value);
  }
  const paths = tasks.map(({ path }) => path);
  const blocked = blockedByRun(ctx, begin.does, paths);
  if (blocked !== null) return cannot(entry, blocked);
  const locks = takeFileLocks(ctx, paths);
  if (!locks.ok) return cannot(entry, locks.error.message);
  try {
    return settleFiles(ctx, store, entry, tasks);
  } finally {
    locks.value();
    ctx.folder.refresh(paths);
  }
}

function settleFiles(
  ctx: EditContext,
  store: EditStore,
  { begin }: EditEntry,
  tasks: readonly FileTask[],
): string {
  for (const task of tasks) clearNames(ctx, store, task, begin.atMicros);
  ctx.probe?.('recover-cleared');
  const title = `“${begin.title}”`;
  const moving = tasks.filter(({ file }) => file.before !== file.after);
  const end = (outcome: 'completed' | 'rolled-back' | 'abandoned', words: string): string => {
    appendEdit(store, {
      v: 1,
      type: 'done',
      id: begin.id,
      atMicros: ctx.nowMicros(),
      outcome,
      note: outcome === 'completed' ? null : words,
    });
    ctx.probe?.('recover-recorded');
    return words;
  };
  const stands = moving.map(standOf);
  if (stands.every((stand) => stand === 'after')) {
    return end('completed', `${title} was left half done and is complete now.`);
  }
  const foreign: string[] = [];
  for (const task of moving.toReversed()) {
    if (revert(ctx, store, task) !== 'before') foreign.unshift(task.path);
    else removeFolders(ctx, store, task.file.folders);
    ctx.probe?.('recover-file');
  }
  if (foreign.length > 0) {
    return end(
      'abandoned',
      `${title} was left half done, and ${foreign.join(', ')} changed since. What others wrote stays; the rest is as it was before.`,
    );
  }
  return end(
    'rolled-back',
    stands.includes('after')
      ? `${title} was left half done and is rolled back.`
      : `${title} had been begun and had changed nothing; it is rolled back.`,
  );
}
