/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex -- a card is a group that has the keys; a fieldset draws its frame its own way */
import { ArrowUpRight, History, Layers } from 'lucide-react';
import type { MergeDocument } from '../../../../contract/merge.ts';
import type { CallRow } from '../../../../contract/vek.ts';
import { isByParts, openOf, WHOLE } from '../../../../core/merge/session.ts';
import { openNodeTab } from '../../../state/tabs.ts';
import { Badge, LaneBar } from '../../../ui/badge/Badge.tsx';
import { shortHash } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { actReopen, actWhole } from '../state/acts.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { allFrom } from '../finish/settled.ts';
import { baseName, sideName, wholeName } from '../names.ts';
import { useScene } from '../state/scene.ts';
import { wholeExplained } from './whole-words.ts';

type Props = { readonly document: MergeDocument; readonly index: number; readonly current: boolean };

const KEYS = { base: '4', ours: '1', theirs: '2' } as const;

/** The whole output of one side for a document, which is the first thing offered: no tool returned any other. */
export function WholeCard({ document, index, current }: Props) {
  const { key, names, loaded, fixed, takeFocus } = useScene();
  const about = loaded.session.documents[index]!;
  const state = loaded.session.states[index]!;
  const byParts = isByParts(about);
  const { entry } = state;
  const chosen = entry === null || entry === 'reopened' ? null : entry;
  const open = !byParts && openOf(about, state) > 0;
  const taken = chosen ?? (entry === 'reopened' || about.taken === 'same' ? null : about.taken);
  const use = (side: 'base' | 'ours' | 'theirs' | null) => () => {
    takeFocus();
    actWhole(key, index, side, byParts ? 'stay' : 'here');
  };
  const same = byParts ? allFrom(document, state.entries) : null;
  const explained = wholeExplained(document, chosen, open, same, names);
  return (
    <section
      className={`mg-whole ${open ? 'mg-card-open' : ''} ${current ? 'mg-current' : ''}`}
      role="group"
      aria-label={`Whole ${wholeName(names)} of ${document.title}${open ? ', open' : ''}. ${explained}`}
      aria-current={current}
      tabIndex={current ? 0 : -1}
      data-card
    >
      <div className="mg-whole-row">
        <span className="mg-whole-label">Whole {wholeName(names)}</span>
        <div className="mg-options">
          {(['ours', 'theirs', 'base'] as const).map((side) => (
            <Option
              key={side}
              label={side === 'base' ? baseName(names) : names[side].name}
              spoken={`Use the whole ${wholeName(names)} of ${sideName(names, side)}`}
              colour={side === 'base' ? null : names[side].colour}
              keys={byParts ? null : KEYS[side]}
              hint={byParts ? `Shift ${KEYS[side]}` : null}
              pressed={taken === side}
              disabled={fixed}
              synthetic={document.synthetic[side]}
              onUse={use(side)}
            />
          ))}
          {byParts && (
            <button
              type="button"
              className="mg-option"
              aria-pressed={chosen === null}
              disabled={fixed}
              onClick={use(null)}
            >
              <Layers className="icon" size={14} aria-hidden />
              <span className="mg-option-name">Merged by parts</span>
              {same === null && names.files !== true && <Badge>synthetic</Badge>}
            </button>
          )}
          {!byParts && about.taken !== null && !fixed && (
            <Button
              size="small"
              look="quiet"
              onClick={() => {
                takeFocus();
                if (entry === null) actReopen(key, { document: index, unit: WHOLE });
                else actWhole(key, index, null, 'stay');
              }}
            >
              {entry === null ? 'Reopen' : 'As taken automatically'}
            </Button>
          )}
        </div>
        <Calls document={document} />
      </div>
      <p className={`mg-whole-words ${open ? 'mg-warn' : ''}`}>{explained}</p>
    </section>
  );
}

type OptionProps = {
  readonly label: string;
  readonly spoken: string;
  readonly colour: number | null;
  /** the key that takes it; `hint` names one that is not drawn */
  readonly keys: string | null;
  readonly hint: string | null;
  readonly pressed: boolean;
  readonly disabled: boolean;
  readonly synthetic: boolean;
  readonly onUse: () => void;
};

function Option({ label, spoken, colour, keys, hint, pressed, disabled, synthetic, onUse }: OptionProps) {
  return (
    <button
      type="button"
      className="mg-option"
      aria-pressed={pressed}
      disabled={disabled}
      {...(hint === null ? {} : { title: hint })}
      onClick={onUse}
    >
      <span className="visually-hidden">{spoken}</span>
      {colour === null ? <History className="icon" size={14} aria-hidden /> : <LaneBar colour={colour} />}
      <span className="mg-option-name" aria-hidden>
        <MiddleText text={label} />
      </span>
      {synthetic && <Badge title="An earlier merge put it together; no tool returned it.">synthetic</Badge>}
      {keys !== null && (
        <span aria-hidden>
          <Kbd keys={keys} />
        </span>
      )}
    </button>
  );
}

/** The calls whose outputs these are. */
function Calls({ document }: { readonly document: MergeDocument }) {
  const { source, names } = useScene();
  const sides = (['base', 'ours', 'theirs'] as const).flatMap((side) => {
    const call: CallRow | null = document[side];
    return call === null ? [] : [{ side, call }];
  });
  if (sides.length === 0) return null;
  return (
    <span className="mg-calls">
      {sides.map(({ side, call }) => (
        <button
          key={side}
          type="button"
          className="mg-call"
          title={`Open the call of ${side === 'base' ? 'base' : names[side].name}, ${call.hash}`}
          onClick={() => openNodeTab(source, call.hash, call.tool)}
        >
          {side === 'base' ? (
            <History className="icon" size={12} aria-hidden />
          ) : (
            <LaneBar colour={names[side].colour} />
          )}
          <span className="visually-hidden">call of {side === 'base' ? 'base' : names[side].name} </span>
          <span className="hash">{shortHash(call.hash)}</span>
          <ArrowUpRight className="icon" size={12} aria-hidden />
        </button>
      ))}
    </span>
  );
}
