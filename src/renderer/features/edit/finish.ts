import type { Change, Edit, FileEdit } from '../../../contract/edits.ts';
import { changeSet, noteEdit } from '../../app/edits.ts';
import { askEdit } from '../../state/edit-form.ts';
import { editsOf } from '../../state/edits.ts';
import { toast } from '../../state/toasts.ts';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { noteSettled } from '../editor/settled.ts';
import { doneTitle } from './words.ts';

/** Files that a message names. */
const NAMED = 3;

const same = (a: FileEdit, b: FileEdit): boolean =>
  a.path === b.path && a.base === b.base && a.text === b.text;

/** The set that holds these edits as they are, or null. */
export function setOfEdits(source: string, edits: readonly FileEdit[]): string | null {
  const held = editsOf(source).sets.find((set) =>
    edits.every((edit) => set.edits.some((one) => same(one, edit))),
  );
  return held?.id ?? null;
}

/** After a write: forgets what is written now, and says it with a way back. */
export function finishEdit(source: string, change: Change, edit: Edit): void {
  noteSettled(source, edit.files);
  if (change.do === 'save') {
    for (const set of editsOf(source).sets) {
      if (!set.edits.some((one) => change.edits.some((written) => same(one, written)))) continue;
      changeSet(source, set.id, (edits) =>
        edits.filter((one) => !change.edits.some((written) => same(one, written))),
      );
    }
  }
  noteEdit(source, edit);
  toast({
    kind: 'done',
    title: visibleText(edit.label ?? doneTitle(edit.title)),
    about: change.do === 'undo' ? change.edit : edit.id,
    text: writtenWords(edit, edit.label ?? edit.title),
    ...(edit.undoBlocked === null && change.do !== 'undo'
      ? {
          action: { label: 'Undo', run: () => askEdit({ source, change: { do: 'undo', edit: edit.id } }) },
        }
      : {}),
  });
}

/** The files that a person asked for and the title does not name, and how many the rules of the format added. */
function writtenWords({ files }: Edit, title: string): string {
  const asked = files.filter(({ writtenFor }) => writtenFor === 'person').map(({ path }) => path);
  if (asked.length === 1 && title.includes(asked[0]!)) {
    const more = files.length - 1;
    return more === 0 ? '' : `and ${formatCounted(more, 'more file')}, by the rules of the format`;
  }
  const named = asked.slice(0, NAMED).join(', ');
  const others = files.length - Math.min(NAMED, asked.length);
  return visibleText(others > 0 ? `${named} and ${formatCounted(others, 'more file')}` : named);
}
