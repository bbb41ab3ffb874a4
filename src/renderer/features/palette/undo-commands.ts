import { Undo2 } from 'lucide-react';
import type { Command } from '../../app/commands.ts';
import { openAction } from '../../state/action-form.ts';
import { askEdit } from '../../state/edit-form.ts';
import { editsOf, lastUndoableEdit } from '../../state/edits.ts';
import { lastUndoable, useOperationsStore } from '../../state/operations.ts';
import { kindOf } from '../../state/workspace.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { undoTitle } from '../actions/words.ts';

const undoCommand = (label: string, detail: string, run: () => void): Command => ({
  id: 'undo',
  group: 'Actions',
  label,
  detail,
  icon: Undo2,
  keys: 'mod+z',
  run,
});

/** The way back from the last write to what is in front: a folder of agents, or else a repository. */
export function undoCommands(active: string | null, vek: string | null): readonly Command[] {
  if (active !== null && kindOf(active) === 'agents') {
    const last = lastUndoableEdit(editsOf(active).written);
    if (last === null) return [];
    // the title names files: whoever looks for one of them does not look for a way back
    return [
      undoCommand('Undo the last write…', visibleText(last.label ?? last.title), () =>
        askEdit({ source: active, change: { do: 'undo', edit: last.id } }),
      ),
    ];
  }
  if (vek === null) return [];
  const last = lastUndoable(useOperationsStore.getState().bySource[vek]?.list ?? null);
  if (last === null) return [];
  return [
    undoCommand(`${undoTitle(last.title)}…`, '', () =>
      openAction(vek, { kind: 'undo', operation: last.id, title: last.title }),
    ),
  ];
}
