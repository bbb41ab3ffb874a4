import { CircleCheck, CircleDot, Undo2 } from 'lucide-react';
import { Button } from '../../../ui/button/Button.tsx';
import { actReopen } from '../state/acts.ts';
import { useScene } from '../state/scene.ts';
import { pathWords } from '../unit-words.ts';
import type { Outcome } from './outcome.ts';
import { PathText } from './PathText.tsx';
import { ResultLine } from './Result.tsx';
import { settledWords } from './settled-words.ts';
import type { UnitCardProps } from './UnitCard.tsx';

type Props = UnitCardProps & {
  readonly happened: string;
  readonly outcome: Outcome;
  readonly onUnfold: () => void;
};

/** A settled place as one row: what it is, what stands there now, how it was settled, and the way back. */
export function FoldedCard({ unit, place, entry, whole, happened, outcome, onUnfold }: Props) {
  const { key, names, fixed, takeFocus } = useScene();
  const automatic = unit.taken !== null && entry === null;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- Enter on the card does the same
    <div className="mg-row" onClick={onUnfold} title={happened}>
      {automatic ? (
        <CircleDot className="icon mg-muted" size={14} aria-hidden />
      ) : (
        <CircleCheck className="icon mg-ok" size={14} aria-hidden />
      )}
      <PathText text={pathWords(unit)} />
      <ResultLine outcome={outcome} names={names} />
      <span className="mg-how">
        {whole !== null ? 'From the whole output' : automatic ? happened : settledWords(unit, entry, names)}
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
