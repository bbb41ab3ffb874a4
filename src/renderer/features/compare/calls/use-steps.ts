import { useState } from 'react';
import { announce } from '../../../ui/announce.ts';
import { changeLabel, FIRST_CHANGES } from './ChangeList.tsx';
import type { Change } from './changes.ts';
import type { Reveal } from './DiffPane.tsx';

/** Walking through the changes of one side. */
export type Steps = {
  readonly at: number | null;
  readonly shown: number;
  /** what to bring into view now */
  readonly reveal: Reveal | null;
  readonly go: (index: number) => void;
  /** goes there, and into the text */
  readonly enter: (index: number) => void;
  readonly step: (by: 1 | -1) => void;
  readonly more: () => void;
};

type Place = { readonly of: readonly Change[]; readonly at: number; readonly focus: boolean };

/** Where a person is among the changes; a new list of changes begins before its first one. */
export function useSteps(changes: readonly Change[]): Steps {
  const [place, setPlace] = useState<Place | null>(null);
  const [shown, setShown] = useState(FIRST_CHANGES);
  const [reveal, setReveal] = useState<{ readonly of: readonly Change[]; readonly to: Reveal } | null>(null);
  const at = place?.of === changes ? place.at : null;
  const move = (index: number, focus: boolean) => {
    const change = changes[index];
    if (change === undefined) return;
    setShown((most) => Math.max(most, index + 1));
    setPlace({ of: changes, at: index, focus });
    setReveal({ of: changes, to: { old: change.old, now: change.now, focus } });
  };
  return {
    at,
    shown,
    reveal: reveal?.of === changes ? reveal.to : null,
    go: (index) => move(index, false),
    enter: (index) => move(index, true),
    step: (by) => {
      const next = at === null ? (by > 0 ? 0 : changes.length - 1) : at + by;
      const change = changes[next];
      if (change === undefined) {
        announce(by > 0 ? 'There is no further difference.' : 'There is no difference before this one.');
        return;
      }
      move(next, false);
      announce(`${next + 1} of ${changes.length}: ${changeLabel(change)}`);
    },
    more: () => setShown((most) => most + 1000),
  };
}
