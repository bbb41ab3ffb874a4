import { BEFORE_FIRST, breakOf, LINK_COLUMNS, type Before, type LinkRow } from '../chain/links.ts';
import type { ChainBreak } from '../chain/verdict.ts';
import { columnText } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { CONTROL, type Shared } from './shared.ts';

/**
 * Keeps the number of an entry that does not fit. An entry is sound when its own hash fits its stored predecessor and that
 * is the stored hash of the entry before it; what the original says follows from the first that is not, so the order in
 * which spans are read does not matter.
 */
export function noteBroken(shared: Shared, seq: number): void {
  const place = Atomics.add(shared.control, CONTROL.broken, 1);
  if (place < shared.broken.length) shared.broken[place] = seq;
}

/**
 * The broken entries that the threads found, by number, as this look has them; null where it has one of them sound, which
 * means that the store moved in between.
 */
export function brokenEntries(look: LedgerLook, shared: Shared): readonly ChainBreak[] | null {
  const count = Math.min(Atomics.load(shared.control, CONTROL.broken), shared.broken.length);
  const one = look.db
    .prepare<[number], LinkRow>(`${look.select('event_log', LINK_COLUMNS)} WHERE seq = ?`)
    .raw();
  const before = beforeQuery(look);
  const breaks: ChainBreak[] = [];
  for (const seq of shared.broken.slice(0, count).toSorted()) {
    const row = one.get(seq);
    if (row === undefined) return null;
    const found = breakOf(look, row, before(seq), null);
    if (found.fits && found.linked) return null;
    breaks.push(found);
  }
  return breaks;
}

/** Gives the entry before a number, as far as its successor depends on it. */
export function beforeQuery(look: LedgerLook): (seq: number) => Before {
  const query = look.db
    .prepare<[number], readonly [unknown, unknown]>(
      `${look.select('event_log', ['seq', 'event_hash'])} WHERE seq < ? ORDER BY seq DESC LIMIT 1`,
    )
    .raw();
  return (seq) => {
    const row = query.get(seq);
    return row === undefined ? BEFORE_FIRST : { seq: Number(row[0]), hash: columnText(row[1]) };
  };
}
