import type { ChangeSet } from '../../../contract/edits.ts';
import { changeSet, dropDrafts, forgetSet, restoreSet } from '../../app/edits.ts';
import { askEdit } from '../../state/edit-form.ts';
import { editsOf, LOOSE, setName } from '../../state/edits.ts';
import { toast } from '../../state/toasts.ts';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';

/** Shows what a whole set would write. Once it is written, a named set is done. */
export function applySet(source: string, set: ChangeSet): void {
  const named = set.id !== LOOSE;
  askEdit({
    source,
    change: { do: 'save', edits: [...set.edits], label: named ? set.label : null },
    // what was written is no longer in it
    done: () => {
      const left = editsOf(source).sets.find(({ id }) => id === set.id);
      if (named && left?.edits.length === 0) void forgetSet(source, set.id);
    },
  });
}

/** Drops a set with everything in it. It comes back as long as the message stands. */
export function dropWhole(source: string, set: ChangeSet): void {
  const wasActive = editsOf(source).active === set.id;
  void forgetSet(source, set.id);
  toast({
    kind: 'done',
    title: `${visibleText(setName(set))} ${set.id === LOOSE ? 'are' : 'is'} dropped`,
    text: `${formatCounted(set.edits.length, 'file')} not written. The folder is as it was.`,
    about: `drop ${source} ${set.id}`,
    stay: true,
    action: { label: 'Undo', run: () => restoreSet(source, set, wasActive) },
  });
}

/** Forgets what was typed for one file of a set. It comes back as long as the message stands. */
export function discardFile(source: string, set: ChangeSet, path: string): void {
  const edit = set.edits.find((one) => one.path === path);
  if (edit === undefined) return;
  dropDrafts(source, [path], set.id);
  toast({
    kind: 'done',
    title: 'The edit is discarded',
    text: visibleText(path),
    about: `discard ${source} ${set.id} ${path}`,
    stay: true,
    action: {
      label: 'Undo',
      run: () =>
        changeSet(source, set.id, (edits) =>
          edits.some((one) => one.path === path) ? edits : [...edits, edit],
        ),
    },
  });
}
