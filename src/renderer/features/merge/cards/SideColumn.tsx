import { Check, History } from 'lucide-react';
import type { UnitValue } from '../../../../contract/merge.ts';
import { LaneBar } from '../../../ui/badge/Badge.tsx';
import { formatBytes } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { ValueBody } from '../values/ValueBody.tsx';
import type { Mark, Shown } from '../values/shown.ts';

export type SideColumnProps = {
  readonly side: 'base' | 'ours' | 'theirs';
  readonly name: string;
  readonly colour: number | null;
  readonly value: UnitValue | null;
  readonly shown: Shown | null;
  readonly marks: readonly Mark[];
  /** base has something here */
  readonly hadBase: boolean;
  readonly pressed: boolean;
  readonly disabled: boolean;
  readonly all: boolean;
  readonly onAll: () => void;
  readonly onUse: () => void;
  /** asks for what is missing of a value that is cut; null where nobody can give it */
  readonly onWhole: (() => void) | null;
};

export const SIDE_KEYS = { base: '4', ours: '1', theirs: '2' } as const;

/** One of the three values of a card, under the button that uses it. */
export function SideColumn(props: SideColumnProps) {
  const { side, name, colour, value, shown, marks, hadBase, pressed, disabled, all, onAll, onUse, onWhole } =
    props;
  return (
    <div className={`mg-side ${pressed ? 'mg-side-used' : ''}`}>
      <button
        type="button"
        className="mg-side-head"
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onUse}
      >
        <span className="visually-hidden">Use {side === 'base' && name === 'Base' ? 'base' : name}</span>
        {colour === null ? <History className="icon" size={14} aria-hidden /> : <LaneBar colour={colour} />}
        <span className="mg-side-name" aria-hidden>
          <MiddleText text={name} />
        </span>
        <span className="mg-use" aria-hidden>
          {pressed ? (
            <>
              <Check className="icon" size={14} /> Used
            </>
          ) : (
            'Use'
          )}
        </span>
        <span aria-hidden>
          <Kbd keys={SIDE_KEYS[side]} />
        </span>
      </button>
      <div className="mg-side-body">
        {value === null || shown === null ? (
          <span className={side !== 'base' && hadBase ? 'mg-removed' : 'mg-none'}>
            {side !== 'base' && hadBase ? 'removed' : 'not there'}
          </span>
        ) : shown.text === '' ? (
          <span className="mg-none">{nothingOf(value)}</span>
        ) : (
          <ValueBody shown={shown} marks={marks} all={all} onAll={onAll} />
        )}
        {value !== null && shown?.cut === true && (
          <p className="mg-cut">
            Only its beginning; the whole is {formatBytes(value.bytes)}.{' '}
            {onWhole !== null && (
              <button type="button" className="mg-link" onClick={onWhole}>
                Show the whole
              </button>
            )}
          </p>
        )}
      </div>
    </div>
  );
}

/** What an empty value is called: of lines and of elements nothing stands there. */
function nothingOf({ text }: UnitValue): string {
  if (text === '') return 'no lines';
  return text === '[]' ? 'no items' : 'empty';
}
