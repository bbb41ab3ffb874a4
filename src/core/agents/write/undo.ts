import type { Edit, FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';
import { readEdits } from './journal.ts';
import { editStates, entryAsEdit, undoForbidden, undoable } from './record.ts';
import { editStore } from './store.ts';
import { baseText } from './texts.ts';

/**
 * The edits that take a recorded write back, and that write. An undo is a write like any other, so undoing it does the
 * first one again. A `conflict` names the file that another changed since.
 */
export function editsToUndo(
  ctx: EditContext,
  edit: string,
): Result<{ readonly of: Edit; readonly edits: readonly FileEdit[] }> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  const journal = readEdits(store.value);
  if (!journal.ok) return journal;
  const { entries } = journal.value;
  const entry = entries.find(({ begin }) => begin.id === edit);
  if (entry === undefined) {
    return fail('not-found', 'This write is not in the record.', 'Only what Vekscope wrote can be undone.');
  }
  const state = editStates(entries).get(edit)!;
  const forbidden = undoForbidden(ctx, store.value, entry, state);
  if (forbidden !== null) {
    return fail(
      'conflict',
      `“${entry.begin.title}” can't be undone: ${forbidden}`,
      'A former text of each file can be restored from its history.',
    );
  }
  const edits: FileEdit[] = [];
  for (const { path, before, after } of undoable(entry)) {
    const text = before === null ? null : baseText(ctx, before);
    if (text !== null && !text.ok) return text;
    edits.push({ path: store.value.shown(path)!, base: after, text: text === null ? null : text.value });
  }
  return ok({ of: entryAsEdit(store.value, entry, state), edits });
}
