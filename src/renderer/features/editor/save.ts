import { keepNow } from '../../app/edits.ts';
import { askEdit } from '../../state/edit-form.ts';
import { activeSet, editsOf, LOOSE, setName } from '../../state/edits.ts';
import { toast } from '../../state/toasts.ts';
import { announce } from '../../ui/announce.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { openChanges } from '../agent/open-changes.ts';

/** How long a second press counts as going on to the changes, in ms. */
const TWICE_MS = 4_000;
let last = { path: '', atMs: 0 };

/**
 * Saves what is typed for a file. Loose edits are shown as they would be written; in a named set they are kept, and a
 * second press goes to the whole of it.
 */
export async function saveFile(source: string, agent: string, path: string): Promise<void> {
  const set = activeSet(editsOf(source));
  const edit = set.edits.find((one) => one.path === path);
  if (edit === undefined) {
    announce('Nothing to save: the file is as it stands on disk.');
    return;
  }
  const kept = await keepNow(source);
  if (set.id === LOOSE) {
    askEdit({ source, change: { do: 'save', edits: [edit], label: null } });
    return;
  }
  const now = performance.now();
  const again = last.path === path && now - last.atMs < TWICE_MS;
  last = { path, atMs: now };
  if (again) {
    openChanges(source, agent);
    return;
  }
  toast({
    kind: kept ? 'note' : 'error',
    about: `kept ${source} ${set.id}`,
    title: kept
      ? `Kept in “${visibleText(setName(set))}”`
      : visibleText(editsOf(source).unsaved ?? 'It could not be kept.'),
    text: 'It is written with the others when you apply the change set.',
    action: { label: 'Changes', run: () => openChanges(source, agent) },
  });
}
