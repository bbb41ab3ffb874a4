import type { Edit } from '../../../contract/edits.ts';
import type { OperationState } from '../../../contract/operations.ts';
import { ok, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';
import { readEdits, type EditEntry } from './journal.ts';
import type { EditFile } from './lines.ts';
import { objectSize } from './objects.ts';
import { editStore, type EditStore } from './store.ts';

/** Whether a write took effect. */
export function tookEffect({ done }: EditEntry): boolean {
  return done?.outcome === 'done' || done?.outcome === 'completed';
}

/** What an undo takes back: copies of former states that a write added stay. */
export function undoable({ begin }: EditEntry): readonly EditFile[] {
  return begin.files.filter(
    ({ writtenFor, before, after }) =>
      (writtenFor === 'person' || writtenFor === 'index') && before !== after,
  );
}

/** The state of every write, by id. A write is undone when an undo of it took effect that was not itself undone. */
export function editStates(entries: readonly EditEntry[]): Map<string, OperationState> {
  const undone = new Set<string>();
  for (const entry of entries.toReversed()) {
    const { id, undoes } = entry.begin;
    if (undoes !== null && tookEffect(entry) && !undone.has(id)) undone.add(undoes);
  }
  return new Map(
    entries.map((entry) => {
      const { id } = entry.begin;
      return [id, tookEffect(entry) && undone.has(id) ? 'undone' : (entry.done?.outcome ?? 'pending')];
    }),
  );
}

/** A recorded write in words of the contract, with the state that the record alone gives. */
export function entryAsEdit(
  store: EditStore,
  { begin, done }: EditEntry,
  state: OperationState = done?.outcome ?? 'pending',
  undoBlocked: string | null = null,
): Edit {
  const { id, does, title, label, atMicros, from } = begin;
  const files = begin.files.map(({ path, before, after, writtenFor }) => ({
    path: store.shown(path) ?? path,
    before,
    after,
    writtenFor,
  }));
  return { id, does, title, label, atMicros, from, files, state, undoBlocked };
}

/** Every write into the folder, newest first, and whether each can be undone as the files stand now. */
export function listEdits(ctx: EditContext): Result<readonly Edit[]> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  const journal = readEdits(store.value);
  if (!journal.ok) return journal;
  const states = editStates(journal.value.entries);
  const shown = journal.value.entries.filter(({ begin }) =>
    begin.files.some(({ path }) => store.value.shown(path) !== null),
  );
  return ok(
    shown.toReversed().map((entry) => {
      const state = states.get(entry.begin.id)!;
      return entryAsEdit(store.value, entry, state, undoForbidden(ctx, store.value, entry, state));
    }),
  );
}

/** Why a write can't be undone now, in words; null where it can. */
export function undoForbidden(
  ctx: EditContext,
  store: EditStore,
  entry: EditEntry,
  state: OperationState,
): string | null {
  switch (state) {
    case 'undone':
      return 'It is undone already.';
    case 'rolled-back':
      return 'It was rolled back and changed nothing.';
    case 'abandoned':
      return 'It was left half done, and others changed the same files since.';
    case 'pending':
      return 'It is not finished.';
    case 'done':
    case 'completed':
  }
  const files = undoable(entry);
  if (files.length === 0) return 'It changed no file of yours.';
  for (const { path: stored, before, after } of files) {
    const path = store.shown(stored);
    if (path === null) return 'It also changed files outside of what is opened.';
    if (acted(ctx, path)) return `The agent has acted on ${path}, so its answer is final.`;
    const stands = hashOf(ctx, path);
    if (stands === undefined) return `${path} can't be read.`;
    if (stands !== after) return `${path} was changed since.`;
    if (before !== null && objectSize(store.objects, before) === null) {
      return `The former text of ${path} is no longer kept.`;
    }
  }
  return null;
}

/** The runtime marks an answer that it has acted on, beside the file (formats/atomic-agents.md §11). */
export function acted(ctx: EditContext, path: string): boolean {
  const slash = path.lastIndexOf('/') + 1;
  return (
    path.includes('escalations/') &&
    ctx.folder.has(`${path.slice(0, slash)}.${path.slice(slash)}.resolved-emitted`)
  );
}

/** The hash of what stands in a file; null: nothing; undefined: it can't be read. */
export function hashOf(ctx: EditContext, path: string): string | null | undefined {
  const file = ctx.folder.text(path);
  if (file.ok) return file.value.sha256;
  return file.error.kind === 'not-found' ? null : undefined;
}
