/**
 * One point in the history of a document at which its value is set: a call (or an earlier merge that settled it), an
 * earlier merge of two different values, the end of what is known (`hole`: a missing parent), or of what was looked
 * at (`unknown`). `virtual` is a merge of two of these that no call made. What an event follows are its `preds`.
 *
 * The events of a document decide its value everywhere: what a call has of it is set by the one event that the call
 * reaches and that all others it reaches lie below. So a merge of two calls is a merge of two events.
 */
export type Event = {
  readonly kind: 'touch' | 'merge' | 'virtual' | 'hole' | 'unknown';
  /** place of the call; of a hole that of the call whose parent is missing; −1 for others */
  readonly place: number;
  /** an event that another one follows has a lower rank; −1 for unknown ones */
  readonly rank: number;
  readonly preds: readonly Event[];
  /** bits of the unknown events that surely lie below */
  readonly mask: number;
  /** the bit of an unknown event; 0 where there are too many */
  readonly bit: number;
};

/** No event: the document was never called there. */
export type Head = Event | null;

/** Whether `a` is `b` or lies below it. False also where that is not known. */
export function isBelow(a: Event, b: Event): boolean {
  if (a === b) return true;
  if (a.kind === 'unknown') return a.bit !== 0 && (b.mask & a.bit) !== 0;
  const seen = new Set<Event>();
  const open: Event[] = [b];
  for (let event = open.pop(); event !== undefined; event = open.pop()) {
    for (const pred of event.preds) {
      if (pred === a) return true;
      if (pred.rank > a.rank && !seen.has(pred)) {
        seen.add(pred);
        open.push(pred);
      }
    }
  }
  return false;
}

/** What a merge of two calls has where these are their events. A new event where neither lies below the other. */
export function joinedEvent(place: number, mask: number, a: Head, b: Head): Head {
  if (a === null || b === null) return a ?? b;
  if (isBelow(a, b)) return b;
  if (isBelow(b, a)) return a;
  return { kind: 'merge', place, rank: place, preds: [a, b], mask, bit: 0 };
}

/** An event and everything below it. */
export function withBelow(event: Head): Set<Event> {
  const found = new Set<Event>();
  if (event === null) return found;
  found.add(event);
  for (const each of found) for (const pred of each.preds) found.add(pred);
  return found;
}

/**
 * What two events have in common. `bases`: the best common events, newest first. `unsure`: events that were not looked
 * at may be better ones. `hole`: one side's history has an end that is damage and that the other has not, so the true
 * base may be lost.
 */
export type CommonEvents = {
  readonly bases: readonly Event[];
  readonly unsure: boolean;
  readonly hole: Event | null;
};

/** The best common events of two. */
export function commonEvents(a: Event, b: Event): CommonEvents {
  const [below, other] = [withBelow(a), withBelow(b)];
  const common = new Set<Event>();
  for (const event of below) if (other.has(event)) common.add(event);
  const dominated = new Set<Event>();
  let mask = 0;
  for (const event of common) {
    if (event.kind !== 'unknown') mask |= event.mask;
    for (const pred of event.preds) dominated.add(pred);
  }
  const bases = Array.from(common).filter(
    (event) => !dominated.has(event) && !(event.kind === 'unknown' && (event.bit & mask) !== 0),
  );
  bases.sort((x, y) => y.rank - x.rank);
  let unsure = false;
  let hole: Event | null = null;
  for (const [one, two] of [[below, other] as const, [other, below] as const]) {
    for (const event of one) {
      if (event.kind === 'unknown' && (event.bit & mask) === 0) unsure = true;
      if (event.kind === 'hole' && !two.has(event)) hole ??= event;
    }
  }
  return { bases, unsure, hole };
}
