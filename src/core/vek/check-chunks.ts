import { CONTROL, type Extent, type Shared } from './check-types.ts';
import type { VekLook } from './store.ts';

const chunksPerWorker = 24;
/** Rows that are fetched at once: enough to save calls, few enough for flat memory with large rows. */
export const batchRows = 64;

/**
 * Whether the row numbers are exact numbers here. Beyond 2^53 they are not (no writer gets there by counting), and a
 * table must be read in one go.
 */
export function isExact({ first, last }: Extent): boolean {
  return Number.isSafeInteger(first) && Number.isSafeInteger(last);
}

/**
 * Hands out spans of row numbers to the workers that ask, until all of the table is given; inexact ones
 * all at once.
 */
export function forSpans(
  shared: Shared,
  extent: Extent,
  counter: number,
  work: (first: number, last: number) => void,
): void {
  const { rows, first, last } = extent;
  if (rows === 0) return;
  const count = shared.workers === 1 || !isExact(extent) ? 1 : chunksPerWorker * shared.workers;
  const step = Math.ceil((last - first + 1) / count);
  for (;;) {
    const chunk = Atomics.add(shared.control, counter, 1);
    const start = first + chunk * step;
    if (chunk >= count || start > last) return;
    work(start, count === 1 ? last : Math.min(last, start + step - 1));
  }
}

/** Calls `work` for each row of `select` (whose first column is `rowid`, without WHERE) in this worker's spans. */
export function forRows<R extends readonly [number, ...unknown[]]>(
  look: VekLook,
  shared: Shared,
  extent: Extent,
  counter: number,
  select: string,
  tick: (rows: number) => void,
  work: (row: R) => void,
): void {
  if (extent.rows === 0) return;
  const query = look.db
    .prepare<[number, number], R>(
      `${select} NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ${batchRows}`,
    )
    .raw();
  forSpans(shared, extent, counter, (first, last) => {
    if (!isExact(extent)) {
      for (const row of look.db.prepare<[], R>(`${select} NOT INDEXED`).raw().iterate()) work(row);
      tick(extent.rows);
      return;
    }
    for (let at = first; ;) {
      const rows = query.all(at, last);
      for (const row of rows) work(row);
      tick(rows.length);
      const top = rows.at(-1)?.[0];
      if (top === undefined || rows.length < batchRows) return;
      at = top + 1;
    }
  });
}

/** Waits until every worker came to this point; `idle` is called now and then meanwhile. */
export function meet(shared: Shared, barrier: number, idle: () => void): void {
  const at = CONTROL.barriers + barrier;
  const { control, workers } = shared;
  Atomics.add(control, at, 1);
  Atomics.notify(control, at);
  for (let seen = Atomics.load(control, at); seen < workers; seen = Atomics.load(control, at)) {
    Atomics.wait(control, at, seen, 100);
    idle();
  }
}
