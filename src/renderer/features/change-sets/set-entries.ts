import { CheckCheck, Pencil, Plus, Trash2 } from 'lucide-react';
import { activateSet } from '../../app/edits.ts';
import { activeSet, LOOSE, setName, type EditsOf } from '../../state/edits.ts';
import { askSet } from '../../state/set-form.ts';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { applySet, dropWhole } from './set-actions.ts';

/** What can be done with change sets: go on in another one, begin one, and what becomes of the active one. */
export function setEntries(source: string, edits: EditsOf): readonly MenuEntry[] {
  const now = activeSet(edits);
  const none = now.edits.length === 0 ? 'nothing is edited in it' : null;
  return [
    ...edits.sets.map((set): MenuEntry => ({
      label: `${visibleText(setName(set)).slice(0, 80)}, ${formatCounted(set.edits.length, 'file')}`,
      checked: set.id === now.id,
      run: () => activateSet(source, set.id),
    })),
    'separator',
    { label: 'New change set…', icon: Plus, run: () => askSet({ source, set: null }) },
    ...(now.id === LOOSE
      ? []
      : ([
          { label: 'Rename…', icon: Pencil, run: () => askSet({ source, set: now.id }) },
        ] satisfies MenuEntry[])),
    'separator',
    {
      label: now.id === LOOSE ? 'Save all…' : 'Apply…',
      icon: CheckCheck,
      blocked: none ?? (now.moved.length > 0 ? 'a file changed on disk: resolve that first' : null),
      run: () => applySet(source, now),
    },
    {
      label: now.id === LOOSE ? 'Drop the loose edits' : 'Drop the change set',
      icon: Trash2,
      danger: true,
      blocked: now.id === LOOSE ? none : null,
      run: () => dropWhole(source, now),
    },
  ];
}
