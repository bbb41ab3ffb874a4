import { Undo2 } from 'lucide-react';
import type { Edit } from '../../../contract/edits.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { hintText, visibleText } from '../../ui/visible-text.ts';
import { openFileOf } from '../agent/open-file.ts';
import { canUndoEdit, didWords, undoEditNote } from './edit-words.ts';
import { stateWords } from './words.ts';

type Props = {
  readonly source: string;
  readonly edit: Edit;
  readonly onUndo: (source: string, edit: Edit) => void;
};

/** What one write did, file by file, and the way back. */
export function EditDetail({ source, edit, onUndo }: Props) {
  const zone = useSettings((state) => state.time);
  const note = undoEditNote(edit);
  return (
    <section className="op-detail" aria-label="What it wrote">
      <h3>
        <bdi>{visibleText(edit.label === null || edit.label === '' ? edit.title : edit.label)}</bdi>
      </h3>
      {edit.label !== null && edit.label !== '' && <p className="op-state">{visibleText(edit.title)}</p>}
      <p className="op-state">
        {stateWords(edit.state).words}, {formatDateTime(edit.atMicros, zone)}
        {edit.from === 'terminal' && ', in the terminal'}
      </p>
      <ul className="op-files">
        {edit.files.map((file) => (
          <li key={file.path}>
            <button
              type="button"
              className="figure op-file mono"
              title={hintText(`Show the history of ${file.path}`)}
              onClick={() => openFileOf(source, file.path, 'history')}
            >
              <bdi>{visibleText(file.path)}</bdi>
            </button>
            <span className="op-state">{didWords(file)}</span>
          </li>
        ))}
      </ul>
      {note !== null && <p className="op-note">{note}</p>}
      {canUndoEdit(edit) && (
        <Button size="small" icon={Undo2} onClick={() => onUndo(source, edit)}>
          Undo…
        </Button>
      )}
    </section>
  );
}
