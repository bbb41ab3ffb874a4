import type { MergeUnit, Side } from '../../../../contract/merge.ts';
import { isOpenEntry, type UnitEntry } from '../../../../core/merge/session.ts';
import { said, sideName, type Names } from '../names.ts';
import { bothBlocked } from '../unit-words.ts';
import { shownSides, shownText, type Shown } from '../values/shown.ts';

/** Where a part of a result comes from. */
export type Origin = 'base' | Side | 'same' | 'edit';

/** What stands in the result at a place. `shown` null: nothing does. */
export type Outcome =
  | { readonly state: 'open'; readonly why: string }
  | {
      readonly state: 'settled';
      readonly parts: readonly { readonly origin: Origin; readonly shown: Shown | null }[];
    };

/** What a unit comes to with what was decided about it; `whole` is the side whose whole output was taken. */
export function outcomeOf(unit: MergeUnit, entry: UnitEntry, whole: 'base' | Side | null): Outcome {
  const sides = shownSides(unit);
  const of = (side: 'base' | Side) => ({ origin: side, shown: sides[side] });
  if (whole !== null) return { state: 'settled', parts: [of(whole)] };
  if (isOpenEntry(unit, entry)) return { state: 'open', why: openWords(unit) };
  if (entry === null || entry === 'reopened') {
    if (unit.taken === 'both') return { state: 'settled', parts: [{ origin: 'same', shown: sides.ours }] };
    return { state: 'settled', parts: [of(unit.taken ?? 'ours')] };
  }
  switch (entry.take) {
    case 'both':
      return { state: 'settled', parts: [of(entry.first), of(entry.first === 'ours' ? 'theirs' : 'ours')] };
    case 'edit': {
      const text = entry.text;
      if (text === null) return { state: 'settled', parts: [{ origin: 'edit', shown: null }] };
      const value = { text, bytes: text.length, cut: false };
      return {
        state: 'settled',
        parts: [{ origin: 'edit', shown: shownText(value, unit.what === 'lines' ? 'lines' : 'value') }],
      };
    }
    default:
      return { state: 'settled', parts: [of(entry.take)] };
  }
}

function openWords(unit: MergeUnit): string {
  const why = bothBlocked(unit);
  return why === null ? 'Open. Use a side, both, or edit.' : `Open. Use a side or edit; ${why}.`;
}

/** The lane colour of an origin, 1 to 8; null for base, an edit, or what both sides have. */
export function colourOf(origin: Origin, names: Names): number | null {
  return origin === 'ours' || origin === 'theirs' ? names[origin].colour : null;
}

/** Who an origin is, for those who don't see its bar. */
export function originWords(origin: Origin, names: Names): string {
  switch (origin) {
    case 'ours':
    case 'theirs':
      return said(names[origin]);
    case 'base':
      return sideName(names, 'base');
    case 'same':
      return 'both sides';
    case 'edit':
      return 'typed here';
    default:
      return origin satisfies never;
  }
}
