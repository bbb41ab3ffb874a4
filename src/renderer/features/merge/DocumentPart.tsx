import { ChevronDown, ChevronUp, Redo2, Undo2 } from 'lucide-react';
import { useMemo, type RefObject } from 'react';
import type { MergeDocument } from '../../../contract/merge.ts';
import { canRedo, canUndo } from '../../../core/merge/session-history.ts';
import { decisionOf } from '../../../core/merge/session-decisions.ts';
import type { Place } from '../../../core/merge/session.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { MiddleText } from '../../ui/middle/MiddleText.tsx';
import { hintText, visibleText } from '../../ui/visible-text.ts';
import { CardList } from './cards/CardList.tsx';
import { EditPart } from './cards/EditPart.tsx';
import type { Items } from './cards/items.ts';
import { actChoose, actHistory, goOpen, goTo } from './state/acts.ts';
import { FourPanes } from './panes/FourPanes.tsx';
import { beginEdit } from './state/edit.ts';
import { numberConflicts } from './state/numbers.ts';
import { useScene } from './state/scene.ts';
import { foldId, setUnfolded } from './state/unfolded.ts';

type Props = {
  readonly document: MergeDocument;
  readonly items: Items;
  readonly mode: 'cards' | 'panes';
  readonly wantsFocus: RefObject<boolean>;
};

/** The document in front: its name, the ways through what is open, and its cards or panes. */
export function DocumentPart({ document, items, mode, wantsFocus }: Props) {
  const { key, source, names, loaded, editing, fixed, takeFocus } = useScene();
  const { session, at, merge } = loaded;
  const numbers = useMemo(() => numberConflicts(session.documents), [session.documents]);
  const act = (run: () => void) => () => {
    takeFocus();
    run();
  };
  const placeOf = (unit: string): Place => ({
    document: at.document,
    unit: document.units.findIndex(({ id }) => id === unit),
  });
  const typed =
    editing !== null && editing.place.document === at.document
      ? (document.units[editing.place.unit] ?? null)
      : null;
  const automatic = items.list.some((item) => item.kind === 'automatic' && item.open);
  return (
    <div className="mg-middle">
      <div className="mg-document-bar">
        <h3 className="mg-document-name mono" title={hintText(document.title)}>
          <MiddleText text={document.title} tail={16} />
        </h3>
        <span className="mg-document-tool truncate" title={hintText(document.identity)}>
          {names.files === true
            ? changedWords(document)
            : `${visibleText(document.tool)}, the latest output counts as the document`}
        </span>
        <span className="mg-walk">
          <Button
            size="small"
            look="quiet"
            icon={ChevronDown}
            disabled={session.open === 0}
            end={<Kbd keys="n" />}
            onClick={act(() => goOpen(key, 1))}
          >
            Next open
          </Button>
          <Button
            size="small"
            look="quiet"
            icon={ChevronUp}
            disabled={session.open === 0}
            end={<Kbd keys="p" />}
            onClick={act(() => goOpen(key, -1))}
          >
            Previous
          </Button>
          <Button
            size="small"
            look="quiet"
            icon={Undo2}
            disabled={fixed || !canUndo(session)}
            end={<Kbd keys="u" />}
            onClick={act(() => actHistory(key, 'undo'))}
          >
            Undo
          </Button>
          {canRedo(session) && (
            <Button
              size="small"
              look="quiet"
              icon={Redo2}
              disabled={fixed}
              end={<Kbd keys="shift+u" />}
              onClick={act(() => actHistory(key, 'redo'))}
            >
              Redo
            </Button>
          )}
        </span>
      </div>
      {mode === 'cards' ? (
        <CardList
          key={document.id}
          document={document}
          at={at}
          items={items}
          numbers={numbers}
          wantsFocus={wantsFocus}
          onToggleAutomatic={() => setUnfolded(foldId(key, document.id, 'automatic'), !automatic)}
        />
      ) : (
        <div className="mg-panes">
          <FourPanes
            source={source}
            merge={merge}
            document={document}
            decision={decisionOf(session, at.document)}
            names={names}
            current={document.units[at.unit]?.id ?? null}
            fixed={fixed}
            onSelect={(unit) => goTo(key, placeOf(unit))}
            onChoose={(unit, choice) => actChoose(key, placeOf(unit), choice, 'here')}
            onEdit={(unit) => beginEdit(key, placeOf(unit))}
            editor={typed === null ? null : <EditPart unit={typed} />}
          />
        </div>
      )}
    </div>
  );
}

/** Who changed a file since the person began. */
function changedWords({ state }: MergeDocument): string {
  switch (state) {
    case 'ours':
      return 'only your edit changed it';
    case 'theirs':
      return 'only the disk changed it';
    case 'same':
      return 'your edit and the disk are the same';
    default:
      return 'your edit and another program changed it';
  }
}
