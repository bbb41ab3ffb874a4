/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex -- a card is a group that has the keys; a fieldset draws its frame its own way */
import { memo } from 'react';
import type { MergeUnit } from '../../../../contract/merge.ts';
import { isOpenEntry, type Place, type UnitEntry } from '../../../../core/merge/session.ts';
import { baseName } from '../names.ts';
import { actChoose } from '../state/acts.ts';
import { useScene } from '../state/scene.ts';
import { foldId, setUnfolded, useUnfolded } from '../state/unfolded.ts';
import { pathWords, whatHappened } from '../unit-words.ts';
import { shownSides } from '../values/shown.ts';
import { CardHead } from './CardHead.tsx';
import { EditPart } from './EditPart.tsx';
import { FoldedCard } from './FoldedCard.tsx';
import { outcomeOf } from './outcome.ts';
import { Result } from './Result.tsx';
import { SideColumn } from './SideColumn.tsx';
import { useWholeValue } from './use-whole-value.ts';

export type UnitCardProps = {
  readonly unit: MergeUnit;
  readonly document: string;
  readonly place: Place;
  readonly entry: UnitEntry;
  /** the whole output that was taken for the document */
  readonly whole: 'base' | 'ours' | 'theirs' | null;
  readonly current: boolean;
  /** `Conflict 3 of 9`, or `Taken automatically` */
  readonly number: string;
};

/** One place of a document: a conflict with its three values and what can be done, or one row where it is settled. */
export const UnitCard = memo(function UnitCard(props: UnitCardProps) {
  const { unit, document, place, entry, whole, current, number } = props;
  const { key, names, editing } = useScene();
  const open = whole === null && isOpenEntry(unit, entry);
  const id = foldId(key, document, unit.id);
  const unfolded = useUnfolded(id);
  const typing = editing?.place.document === place.document && editing.place.unit === place.unit;
  const flat = unit.taken !== null && entry === null && whole === null && !unfolded && !typing;
  const happened = whatHappened(unit, names);
  const outcome = outcomeOf(unit, entry, whole);
  const state = open ? 'open' : outcome.state === 'settled' ? 'settled' : '';
  return (
    <section
      className={`mg-card ${open ? 'mg-card-open' : flat ? 'mg-card-flat' : ''} ${current ? 'mg-current' : ''}`}
      role="group"
      aria-label={`${number}, ${pathWords(unit)}, ${happened}, ${state}`}
      aria-current={current}
      tabIndex={current ? 0 : -1}
      data-card
    >
      {open || unfolded || typing ? (
        <OpenCard
          {...props}
          open={open}
          happened={happened}
          outcome={outcome}
          typing={typing}
          foldable={!open}
        />
      ) : (
        <FoldedCard {...props} happened={happened} outcome={outcome} onUnfold={() => setUnfolded(id, true)} />
      )}
    </section>
  );
});

type OpenCardProps = UnitCardProps & {
  readonly open: boolean;
  readonly happened: string;
  readonly outcome: ReturnType<typeof outcomeOf>;
  readonly typing: boolean;
  readonly foldable: boolean;
};

function OpenCard({
  unit,
  document,
  place,
  entry,
  whole,
  open,
  happened,
  outcome,
  typing,
  foldable,
}: OpenCardProps) {
  const { key, names, fixed, takeFocus } = useScene();
  const longId = foldId(key, document, `${unit.id} long`);
  const all = useUnfolded(longId);
  const { unit: full, ask } = useWholeValue(unit, document);
  const sides = shownSides(full);
  const taken = whole ?? (entry === null ? unit.taken : entry === 'reopened' ? null : entry.take);
  const use = (take: 'base' | 'ours' | 'theirs') => () => {
    takeFocus();
    actChoose(key, place, { take }, 'here');
  };
  const shared = {
    hadBase: unit.base !== null,
    disabled: fixed,
    all,
    onAll: () => setUnfolded(longId, true),
    onWhole: ask,
  };
  return (
    <>
      <CardHead
        unit={unit}
        document={document}
        place={place}
        entry={entry}
        open={open}
        happened={happened}
        foldable={foldable}
      />
      <div className="mg-sides">
        <SideColumn
          {...shared}
          side="base"
          name={baseName(names)}
          colour={null}
          value={full.base}
          shown={sides.base}
          marks={[]}
          pressed={taken === 'base'}
          onUse={use('base')}
        />
        {(['ours', 'theirs'] as const).map((side) => (
          <SideColumn
            key={side}
            {...shared}
            side={side}
            name={names[side].name}
            colour={names[side].colour}
            value={full[side]}
            shown={sides[side]}
            marks={sides.marks[side]}
            pressed={taken === side}
            onUse={use(side)}
          />
        ))}
      </div>
      {typing ? (
        <EditPart unit={unit} />
      ) : (
        <Result outcome={outcome} names={names} all={all} onAll={shared.onAll} />
      )}
    </>
  );
}
