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

/**
 * The state of every write, by id. A write is undone when a later undo, not itself undone, took exactly its texts back;
 * which one it took back follows from the hashes.
 */
export function editStates(entries: readonly EditEntry[]): Map<string, OperationState> {
  const undone = new Set<string>();
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at]!;
    if (entry.begin.does !== 'undo' || !tookEffect(entry) || undone.has(entry.begin.id)) continue;
    for (let other = at - 1; other >= 0; other--) {
      const former = entries[other]!;
      if (undone.has(former.begin.id) || !tookEffect(former) || !takesBack(entry, former)) continue;
      undone.add(former.begin.id);
      break;
    }
  }
  return new Map(
    entries.map((entry) => {
      const { id } = entry.begin;
      return [id, undone.has(id) ? 'undone' : (entry.done?.outcome ?? 'pending')];
    }),
  );
}

function takesBack(undo: EditEntry, former: EditEntry): boolean {
  const files = undoable(former);
  return (
    files.length > 0 &&
    files.every(({ path, before, after }) =>
      undo.begin.files.some((file) => file.path === path && file.before === after && file.after === before),
    )
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
function acted(ctx: EditContext, path: string): boolean {
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
