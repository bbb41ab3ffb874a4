import { ChevronDown, FilePen } from 'lucide-react';
import { activeSet, LOOSE, setName, useEdits } from '../../../state/edits.ts';
import { formatCounted } from '../../../ui/format.ts';
import { Menu } from '../../../ui/menu/Menu.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { setEntries } from '../../change-sets/set-entries.ts';
import { useScene } from '../scene.ts';

/** Where typing goes, and how much of it is not written yet; nothing while there is neither a set nor an edit. */
export function SetSwitch() {
  const { source, go } = useScene();
  const edits = useEdits(source);
  const set = activeSet(edits);
  const count = set.edits.length;
  if (edits.sets.length === 1 && count === 0) return null;
  return (
    <span className="ag-set">
      <FilePen className="icon" size={14} aria-hidden />
      <Menu
        entries={() => setEntries(source, edits)}
        trigger={
          <button
            type="button"
            className="ag-set-name"
            title={`Typing goes into ${visibleText(setName(set))}`}
          >
            <span className="visually-hidden">Typing goes into </span>
            <bdi className="truncate">{visibleText(setName(set))}</bdi>
            <ChevronDown className="icon" size={12} aria-hidden />
          </button>
        }
      />
      {edits.unsaved !== null && (
        <span className="ag-bad truncate" role="alert" title={edits.unsaved}>
          not kept: {edits.unsaved}
        </span>
      )}
      {count > 0 && (
        <>
          <span className="ag-set-count">
            {formatCounted(count, set.id === LOOSE ? 'unsaved file' : 'file')}
          </span>
          <button type="button" className="ag-link" onClick={() => go('changes')}>
            Review
          </button>
        </>
      )}
    </span>
  );
}
