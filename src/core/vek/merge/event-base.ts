import { commonEvents, type Event, type Head } from './events.ts';

/** What two events of a document are compared with. */
export type EventBase = {
  /** the best common event; several are merged into virtual ones, newest first */
  readonly base: Head;
  readonly unsure: boolean;
  readonly hole: Event | null;
};

/** Finds bases, each once. */
export type BaseFinder = (a: Event, b: Event) => EventBase;

/** For the events of one document. */
export function createBaseFinder(): BaseFinder {
  const known = new Map<Event, Map<Event, EventBase>>();
  return (a, b) => {
    let of = known.get(a);
    if (of === undefined) known.set(a, (of = new Map()));
    let found = of.get(b);
    if (found === undefined) {
      const { bases, unsure, hole } = commonEvents(a, b);
      of.set(b, (found = { base: bases.reduce<Head>(virtual, null), unsure, hole }));
    }
    return found;
  };
}

function virtual(a: Head, b: Event): Event {
  if (a === null) return b;
  return { kind: 'virtual', place: -1, rank: a.rank, preds: [a, b], mask: a.mask | b.mask, bit: 0 };
}

/** Whether values of these events can be told from what was looked at. */
export function isSure(wanted: readonly Head[], baseOf: BaseFinder): boolean {
  const seen = new Set<Event>();
  const open = wanted.filter((event) => event !== null);
  for (let event = open.pop(); event !== undefined; event = open.pop()) {
    if (seen.has(event)) continue;
    seen.add(event);
    if (event.kind === 'unknown') return false;
    if (event.kind !== 'merge' && event.kind !== 'virtual') continue;
    const [a, b] = event.preds as [Event, Event];
    const { base, unsure } = baseOf(a, b);
    if (unsure) return false;
    open.push(a, b);
    if (base !== null) open.push(base);
  }
  return true;
}
