import type { RecordRow, RecordWindow, Sum } from '../../../../contract/records.ts';
import type { Range } from '../../graph/window.ts';

/** Rows that are fetched and kept together. */
export const CHUNK_ROWS = 100;
/** Rows of one request: below the contract's MAX_WINDOW_ROWS. */
export const REQUEST_ROWS = 400;
/** Chunks kept of one answer: 10,000 rows, some MB. The ones read longest ago give way. */
const KEEP_CHUNKS = 100;

/** What is known of the records of one question at one state of the logs. Rows of two states are never mixed. */
export type Known = {
  readonly key: string;
  readonly total: number;
  readonly sum: Sum;
  readonly chunks: ReadonlyMap<number, readonly RecordRow[]>;
};

/** Knows nothing but what one window says. `start` of it stands at the beginning of a chunk. */
export function knownOf(key: string, window: RecordWindow): Known {
  return withWindow({ key, total: window.total, sum: window.sum, chunks: new Map() }, window);
}

/** With the rows of a window added, as whole chunks. */
export function withWindow(known: Known, window: RecordWindow): Known {
  const chunks = new Map(known.chunks);
  for (let at = 0; at < window.rows.length; at += CHUNK_ROWS) {
    const rows = window.rows.slice(at, at + CHUNK_ROWS);
    const index = (window.start + at) / CHUNK_ROWS;
    const whole = rows.length === CHUNK_ROWS || index * CHUNK_ROWS + rows.length === known.total;
    if (!whole || !Number.isInteger(index)) continue;
    chunks.delete(index);
    chunks.set(index, rows);
  }
  for (const index of chunks.keys()) {
    if (chunks.size <= KEEP_CHUNKS) break;
    chunks.delete(index);
  }
  return { ...known, chunks };
}

/** The record in a row, or null where it was not read yet. */
export const rowAt = (known: Known, row: number): RecordRow | null =>
  known.chunks.get(Math.floor(row / CHUNK_ROWS))?.[row % CHUNK_ROWS] ?? null;

/** The row of a record among those that were read, or null. */
export function rowOf(known: Known, id: string): number | null {
  for (const [index, rows] of known.chunks) {
    const at = rows.findIndex((row) => row.id === id);
    if (at >= 0) return index * CHUNK_ROWS + at;
  }
  return null;
}

/** Where to read from so that a range and what is around it is known; null when all of the range is. */
export function missing(known: Known, { start, end }: Range): number | null {
  for (let index = Math.floor(start / CHUNK_ROWS); index * CHUNK_ROWS < end; index += 1) {
    if (!known.chunks.has(index)) return index * CHUNK_ROWS;
  }
  return null;
}

/** The beginning of the request whose window has a row with some rows before it. */
export const requestFrom = (row: number): number =>
  Math.max(0, Math.floor(row / CHUNK_ROWS) - 1) * CHUNK_ROWS;
