import { MISSING } from '../../graph/index.ts';
import { joinedEvent, type Event, type Head } from './events.ts';
import { COMMON } from './history.ts';
import type { Stretches } from './stretches.ts';

/** The history as far as calls of one tool were looked at: all that only one side reaches, and common ones from `low` up. */
export type KnownHistory = {
  readonly stretches: Stretches;
  readonly low: number;
  /** stretches of which at least the last call was looked at, parents first */
  readonly known: readonly number[];
  /** for each known stretch the unknown events that its last call reaches, as bits */
  readonly masks: Int32Array;
  /** the event of a document that no call looked at is about, at the end of each known stretch */
  readonly blank: readonly Head[];
  /** the end of what was looked at, by the stretch in which it is */
  readonly unknown: ReadonlyMap<number, Event>;
};

/** What of the history is known where common calls below the place `low` were not looked at. */
export function knownHistory(stretches: Stretches, low: number): KnownHistory {
  const { count, sides, last, first } = stretches;
  const known: number[] = [];
  for (let i = 0; i < count; i++) if (sides[i] !== COMMON || last[i]! >= low) known.push(i);
  const unknown = new Map<number, Event>();
  const endIn = (stretch: number): Event => {
    let event = unknown.get(stretch);
    if (event === undefined) {
      const bit = unknown.size < 31 ? 1 << unknown.size : 0;
      event = { kind: 'unknown', place: -1, rank: -1, preds: [], mask: bit, bit };
      unknown.set(stretch, event);
    }
    return event;
  };
  const isKnown = (stretch: number): boolean => sides[stretch] !== COMMON || last[stretch]! >= low;
  const masks = new Int32Array(count);
  const maskOf = (stretch: number): number =>
    stretch < 0 ? 0 : isKnown(stretch) ? masks[stretch]! : endIn(stretch).mask;
  for (const stretch of known) {
    masks[stretch] =
      sides[stretch] === COMMON && first[stretch]! < low
        ? endIn(stretch).mask
        : maskOf(stretches.parents[stretch]!) | maskOf(stretches.mergeParents[stretch]!);
  }
  const history: KnownHistory = { stretches, low, known, masks, blank: [], unknown };
  return { ...history, blank: eventsFrom(history, 0, [], () => null) };
}

/**
 * The events of one document: what the last call of a stretch has of it. `touched` are the places of its calls.
 */
export function eventsOf(history: KnownHistory, touched: readonly number[]): (stretch: number) => Head {
  const { stretches, unknown, blank } = history;
  const newest = new Map<number, number>();
  let from = stretches.count;
  for (const place of touched) {
    const stretch = stretches.of[place]!;
    newest.set(stretch, Math.max(place, newest.get(stretch) ?? -1));
    from = Math.min(from, stretch);
  }
  const events = eventsFrom(history, from, blank, (stretch) => newest.get(stretch) ?? null);
  return (stretch) => (stretch < from ? blank : events)[stretch] ?? unknown.get(stretch) ?? null;
}

function eventsFrom(
  history: KnownHistory,
  from: number,
  below: readonly Head[],
  touchIn: (stretch: number) => number | null,
): Head[] {
  const { stretches, known, masks, unknown, low } = history;
  const { parents, mergeParents, sides, first } = stretches;
  const events: Head[] = [];
  const holes = new Map<number, Event>();
  const at = (link: number, stretch: number): Head => {
    if (link === MISSING) return holeAt(holes, first[stretch]!);
    if (link < 0) return null;
    return link < from
      ? (below[link] ?? unknown.get(link) ?? null)
      : (events[link] ?? unknown.get(link) ?? null);
  };
  for (const stretch of known) {
    if (stretch < from) continue;
    const place = first[stretch]!;
    const mask = masks[stretch]!;
    const entered =
      sides[stretch] === COMMON && place < low
        ? unknown.get(stretch)!
        : joinedEvent(place, mask, at(parents[stretch]!, stretch), at(mergeParents[stretch]!, stretch));
    const touch = touchIn(stretch);
    events[stretch] = touch === null ? entered : touchAt(touch, mask, place, entered, at, stretch, stretches);
  }
  return events;
}

/** A call of the document. One at a merge that settled it follows what both parents have. */
function touchAt(
  touch: number,
  mask: number,
  first: number,
  entered: Head,
  at: (link: number, stretch: number) => Head,
  stretch: number,
  { parents, mergeParents }: Stretches,
): Event {
  const sides =
    touch === first && mergeParents[stretch]! !== -1
      ? [at(parents[stretch]!, stretch), at(mergeParents[stretch]!, stretch)]
      : [entered];
  const preds = sides.filter((event) => event !== null);
  return { kind: 'touch', place: touch, rank: touch, preds, mask, bit: 0 };
}

function holeAt(holes: Map<number, Event>, place: number): Event {
  let event = holes.get(place);
  if (event === undefined) {
    event = { kind: 'hole', place, rank: place - 0.5, preds: [], mask: 0, bit: 0 };
    holes.set(place, event);
  }
  return event;
}
