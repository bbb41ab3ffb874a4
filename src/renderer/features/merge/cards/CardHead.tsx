import { ChevronUp, CircleCheck, CircleDot, TriangleAlert, Undo2 } from 'lucide-react';
import type { MergeUnit } from '../../../../contract/merge.ts';
import type { Place, UnitEntry } from '../../../../core/merge/session.ts';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { actAutomatic, actBoth, actReopen } from '../state/acts.ts';
import { beginEdit } from '../state/edit.ts';
import { useScene } from '../state/scene.ts';
import { foldId, setUnfolded } from '../state/unfolded.ts';
import { bothBlocked, editBlocked, pathWords } from '../unit-words.ts';
import { settledWords } from './settled-words.ts';
import { PathText } from './PathText.tsx';

type Props = {
  readonly unit: MergeUnit;
  readonly document: string;
  readonly place: Place;
  readonly entry: UnitEntry;
  readonly open: boolean;
  readonly happened: string;
  readonly foldable: boolean;
};

/** The head of an unfolded card: where, what happened, and what is possible beside the three values. */
export function CardHead({ unit, document, place, entry, open, happened, foldable }: Props) {
  const { key, names, fixed, takeFocus } = useScene();
  const why = bothBlocked(unit);
  const noEdit = editBlocked(unit);
  const both = entry !== null && entry !== 'reopened' && entry.take === 'both';
  const edited = entry !== null && entry !== 'reopened' && entry.take === 'edit';
  return (
    <div className="mg-card-head">
      {open ? (
        <TriangleAlert className="icon mg-warn" size={14} aria-hidden />
      ) : unit.taken === null || entry !== null ? (
        <CircleCheck className="icon mg-ok" size={14} aria-hidden />
      ) : (
        <CircleDot className="icon mg-muted" size={14} aria-hidden />
      )}
      <PathText text={pathWords(unit)} />
      <span className="mg-happened">{happened}</span>
      <span className="mg-card-actions">
        {!open && <span className="mg-how">{settledWords(unit, entry, names)}</span>}
        {!open && !fixed && (unit.taken === null || entry !== null) && (
          <Button
            size="small"
            look="quiet"
            icon={Undo2}
            onClick={() => {
              takeFocus();
              if (unit.taken === null) actReopen(key, place);
              else actAutomatic(key, place);
            }}
          >
            {unit.taken === null ? 'Reopen' : 'As taken'}
          </Button>
        )}
        <Button
          size="small"
          look={why === null ? 'secondary' : 'quiet'}
          pressed={both}
          disabled={fixed || why !== null}
          {...(why === null ? {} : { title: sentence(why) })}
          end={<Kbd keys="3" />}
          onClick={() => {
            takeFocus();
            actBoth(key, place);
          }}
        >
          Both
        </Button>
        <Button
          size="small"
          pressed={edited}
          disabled={fixed || noEdit !== null}
          {...(noEdit === null ? {} : { title: sentence(noEdit) })}
          end={<Kbd keys="e" />}
          onClick={() => beginEdit(key, place)}
        >
          Edit
        </Button>
        {foldable && (
          <IconButton
            size="small"
            icon={ChevronUp}
            label="Fold this card"
            onClick={() => {
              takeFocus();
              setUnfolded(foldId(key, document, unit.id), false);
            }}
          />
        )}
      </span>
    </div>
  );
}

const sentence = (words: string): string => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}.`;
