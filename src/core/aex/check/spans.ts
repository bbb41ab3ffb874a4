import type { LedgerLook } from '../store.ts';
import { CONTROL, type Shared } from './shared.ts';

/** Spans in which the entries are shared out; small enough that two threads end at about the same time. */
export const SPANS = 96;

function stepOf({ ends: [first = 0, last = 0] }: Shared): number {
  return Math.max(1, Math.ceil((last - first + 1) / SPANS));
}

/** Numbers up to which room is made without counting the rows, which takes some hundredths of a second a million. */
export const UNCOUNTED = 65_536;

/** Entries that one span can hold. */
export function rowsAtMost(look: LedgerLook, shared: Shared): number {
  const step = stepOf(shared);
  return step <= UNCOUNTED ? step : Math.min(step, look.counts().entries);
}

/** The numbers of entries in span `index`; null: it is empty. */
export function spanOf(shared: Shared, index: number): readonly [first: number, last: number] | null {
  const [first = 0, last = 0] = shared.ends;
  const step = stepOf(shared);
  const start = first + index * step;
  return start > last ? null : [start, Math.min(last, start + step - 1)];
}

/** Takes the next span, in the order of entries; null: all are taken. */
export function takeSpan({ control }: Shared): number | null {
  const index = Atomics.add(control, CONTROL.taken, 1);
  return index < SPANS ? index : null;
}
