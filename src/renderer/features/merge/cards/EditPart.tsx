import type { MergeUnit } from '../../../../contract/merge.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { ValueEditor } from '../panes/ValueEditor.tsx';
import { actChoose, keepEdit } from '../state/acts.ts';
import { cancelEdit, editAs, isTextValue, typeEdit } from '../state/edit.ts';
import { useScene } from '../state/scene.ts';
import { pathWords } from '../unit-words.ts';

/** The editor in a card, with what can be done with what is typed. */
export function EditPart({ unit }: { readonly unit: MergeUnit }) {
  const { key, editing, takeFocus } = useScene();
  if (editing === null) return null;
  const { what, text, problem, place } = editing;
  const keep = () => {
    takeFocus();
    keepEdit(key);
  };
  const leave = () => {
    takeFocus();
    cancelEdit(key);
  };
  return (
    <div className="mg-edit">
      <span className="mg-result-label">Result</span>
      <div className="mg-edit-body">
        <ValueEditor
          key={what}
          value={text}
          what={what}
          unit={unit.what}
          label={`New ${what === 'json' ? 'JSON value' : 'text'} of ${pathWords(unit)}`}
          onChange={(next, wrong) => typeEdit(key, next, wrong)}
          onCommit={keep}
          onCancel={leave}
        />
        <div className="mg-edit-actions">
          <Button size="small" disabled={problem !== null} onClick={keep}>
            Keep this
          </Button>
          <Button size="small" look="quiet" onClick={leave}>
            Cancel
          </Button>
          {problem !== null && <span className="mg-edit-problem">{problem}</span>}
          <span className="mg-edit-more">
            {unit.what !== 'lines' && (what === 'text' || isTextValue(text)) && (
              <Button
                size="small"
                look="quiet"
                onClick={() => editAs(key, what === 'text' ? 'json' : 'text')}
              >
                {what === 'text' ? 'Edit as JSON' : 'Edit as text'}
              </Button>
            )}
            <Button
              size="small"
              look="quiet"
              onClick={() => {
                takeFocus();
                cancelEdit(key);
                actChoose(key, place, { take: 'edit', text: null }, 'anywhere');
              }}
            >
              Leave it out of the result
            </Button>
          </span>
        </div>
      </div>
    </div>
  );
}
