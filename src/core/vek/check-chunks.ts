import { CONTROL, type Extent, type Shared } from './check-types.ts';
import type { VekLook } from './store.ts';

const chunksPerWorker = 24;
/** Rows that are fetched at once: enough to save calls, few enough for flat memory with large rows. */
const batchRows = 64;

/**
 * Calls `work` for each row of `select` (a query whose first column is `rowid`, without WHERE) until all of the
 * table was handed out; workers take turns at spans of row numbers.
 */
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
  const all = look.db.prepare<[], R>(`${select} NOT INDEXED`).raw();
  // Beyond 2^53 a row number is no exact number here, and no writer gets there by counting.
  if (!Number.isSafeInteger(extent.first) || !Number.isSafeInteger(extent.last)) {
    if (Atomics.add(shared.control, counter, 1) > 0) return;
    for (const row of all.iterate()) work(row);
    tick(extent.rows);
    return;
  }
  const count = shared.workers === 1 ? 1 : chunksPerWorker * shared.workers;
  const step = Math.ceil((extent.last - extent.first + 1) / count);
  for (;;) {
    const chunk = Atomics.add(shared.control, counter, 1);
    let at = extent.first + chunk * step;
    const end = Math.min(extent.last, at + step - 1);
    if (chunk >= count || at > end) return;
    for (;;) {
      const rows = query.all(at, end);
      for (const row of rows) work(row);
      tick(rows.length);
      const last = rows.at(-1);
      if (last === undefined || rows.length < batchRows) break;
      at = last[0] + 1;
    }
  }
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
