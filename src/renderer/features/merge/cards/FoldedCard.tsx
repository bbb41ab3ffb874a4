import { CircleCheck, Undo2 } from 'lucide-react';
import { Button } from '../../../ui/button/Button.tsx';
import { actReopen } from '../state/acts.ts';
import { useScene } from '../state/scene.ts';
import { sideName, wholeName } from '../names.ts';
import { pathWords } from '../unit-words.ts';
import type { Outcome } from './outcome.ts';
import { PathText } from './PathText.tsx';
import { Line, ResultLine } from './Result.tsx';
import { settledWords } from './settled-words.ts';
import type { MergeUnit } from '../../../../contract/merge.ts';
import { shownSides } from '../values/shown.ts';
import type { UnitCardProps } from './UnitCard.tsx';

type Props = UnitCardProps & {
  readonly happened: string;
  readonly outcome: Outcome;
  readonly onUnfold: () => void;
};

/** A settled place as one row: what it is, what stands there now, how it was settled, and the way back. */
export function FoldedCard({ unit, place, entry, whole, happened, outcome, onUnfold }: Props) {
  const { key, names, fixed, takeFocus } = useScene();
  const automatic = unit.taken !== null && entry === null && whole === null;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- Enter on the card does the same
    <div className={`mg-row ${automatic ? 'mg-row-automatic' : ''}`} onClick={onUnfold} title={happened}>
      {!automatic && <CircleCheck className="icon mg-ok" size={14} aria-hidden />}
      <PathText text={pathWords(unit)} />
      <ResultLine outcome={outcome} names={names} />
      {automatic && <Was unit={unit} />}
      <span className="mg-how">
        {whole !== null
          ? `From the whole ${wholeName(names)} of ${sideName(names, whole)}`
          : automatic
            ? happened
            : settledWords(unit, entry, names)}
      </span>
      {whole === null && !fixed && (
        <Button
          size="small"
          look="quiet"
          icon={Undo2}
          onClick={(event) => {
            event.stopPropagation();
            takeFocus();
            actReopen(key, place);
          }}
        >
          Reopen
        </Button>
      )}
    </div>
  );
}

/** What stood at a place before it was changed. */
function Was({ unit }: { readonly unit: MergeUnit }) {
  const { base } = shownSides(unit);
  if (base === null || base.text === '') return null;
  return (
    <span className="mg-was">
      was{' '}
      <span className="mg-value mg-line-value">
        <Line shown={base} />
      </span>
    </span>
  );
}
