import { columnText } from '../entry.ts';
import { BEFORE_FIRST, breakOf, isSound, LINK_COLUMNS, type Before, type LinkRow } from '../chain/links.ts';
import type { ChainBreak } from '../chain/verdict.ts';
import type { LedgerLook } from '../store.ts';
import { CONTROL, type Shared } from './shared.ts';

/** Spans in which the entries are shared out; small enough that two threads end at about the same time. */
export const SPANS = 96;
/** Rows that are fetched at once: enough to save calls, few enough for flat memory. */
const batchRows = 256;

/** The numbers of entries in span `index`; null: it is empty. */
export function spanOf(shared: Shared, index: number): readonly [first: number, last: number] | null {
  const [first = 0, last = 0] = shared.ends;
  const step = Math.max(1, Math.ceil((last - first + 1) / SPANS));
  const start = first + index * step;
  return start > last ? null : [start, Math.min(last, start + step - 1)];
}

/**
 * Hashes the spans that nobody else has taken, until all are taken. An entry is sound when its own hash fits its stored
 * predecessor and that is the stored hash of the entry before it; what the original says follows from the first that is
 * not, so the order of spans does not matter.
 */
export function hashSpans(look: LedgerLook, shared: Shared, tick: () => void): void {
  const { control } = shared;
  const batch = look.db
    .prepare<[number, number], LinkRow>(
      `${look.select('event_log', LINK_COLUMNS)} WHERE seq >= ? AND seq <= ? ORDER BY seq LIMIT ${batchRows}`,
    )
    .raw();
  const before = beforeQuery(look);
  for (;;) {
    const index = Atomics.add(control, CONTROL.nextSpan, 1);
    if (index >= SPANS) return;
    const span = spanOf(shared, index);
    if (span !== null) {
      let [at] = span;
      let { hash } = before(at);
      for (let rows = batch.all(at, span[1]); ; rows = batch.all(at, span[1])) {
        for (const row of rows) {
          if (!isSound(look, row, hash)) enter(shared, Number(row[0]));
          hash = columnText(row[5]);
        }
        Atomics.add(control, CONTROL.hashed, rows.length);
        tick();
        const top = rows.at(-1);
        if (top === undefined || rows.length < batchRows) break;
        at = Number(top[0]) + 1;
      }
    }
    Atomics.add(control, CONTROL.spansDone, 1);
    Atomics.notify(control, CONTROL.spansDone);
  }
}

function enter(shared: Shared, seq: number): void {
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

function beforeQuery(look: LedgerLook): (seq: number) => Before {
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
