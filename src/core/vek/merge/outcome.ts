import { createBaseFinder, isSure, type BaseFinder } from './event-base.ts';
import { isBelow, type Event, type Head } from './events.ts';

/** What became of a document between the base and the two tips, as events. `base` of one side's change is the other side. */
export type Outcome = {
  /** `none`: both sides have the same event */
  readonly changed: 'none' | 'ours' | 'theirs' | 'both';
  readonly ours: Head;
  readonly theirs: Head;
  readonly base: Head;
  /** history may hide the true base: a side ends in a missing call */
  readonly hole: Event | null;
  /** what the sides have can be told from what was looked at */
  readonly sure: boolean;
  /** and what the base has */
  readonly baseSure: boolean;
  readonly baseOf: BaseFinder;
};

/** The outcome for the events that the two tips have. */
export function outcomeOf(ours: Head, theirs: Head): Outcome {
  const baseOf = createBaseFinder();
  const make = (changed: Outcome['changed'], base: Head, hole: Event | null, unsure: boolean): Outcome => {
    const baseSure = !unsure && isSure([base], baseOf);
    const heads = changed === 'ours' ? [ours] : changed === 'theirs' ? [theirs] : [ours, theirs];
    const sure = changed === 'none' || (isSure(heads, baseOf) && (changed !== 'both' || baseSure));
    return { changed, ours, theirs, base, hole, sure, baseSure, baseOf };
  };
  if (ours === theirs) return make('none', ours, null, false);
  if (ours === null || (theirs !== null && isBelow(ours, theirs))) return make('theirs', ours, null, false);
  if (theirs === null || isBelow(theirs, ours)) return make('ours', theirs, null, false);
  const { base, unsure, hole } = baseOf(ours, theirs);
  return make('both', base, hole, unsure);
}
