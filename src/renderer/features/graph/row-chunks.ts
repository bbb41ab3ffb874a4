import type { Range } from './window.ts';

/** Rows that are fetched and kept together. */
export const CHUNK_ROWS = 100;
/** Rows of one request: no contract allows fewer. */
export const REQUEST_ROWS = 400;
/** Chunks kept of one answer: 10,000 rows, some MB. The ones read longest ago give way. */
const KEEP_CHUNKS = 100;

/** Rows of a long list of which only some were read, by the chunk they stand in. */
export type Chunks<Row> = ReadonlyMap<number, readonly Row[]>;

/** With the rows from `start` on added, as whole chunks of a list of `total` rows. */
export function withRows<Row>(
  before: Chunks<Row>,
  total: number,
  start: number,
  rows: readonly Row[],
): Chunks<Row> {
  const chunks = new Map(before);
  for (let at = 0; at < rows.length; at += CHUNK_ROWS) {
    const part = rows.slice(at, at + CHUNK_ROWS);
    const index = (start + at) / CHUNK_ROWS;
    const whole = part.length === CHUNK_ROWS || index * CHUNK_ROWS + part.length === total;
    if (!whole || !Number.isInteger(index)) continue;
    chunks.delete(index);
    chunks.set(index, part);
  }
  for (const index of chunks.keys()) {
    if (chunks.size <= KEEP_CHUNKS) break;
    chunks.delete(index);
  }
  return chunks;
}

/** A row by where it stands, or null where it was not read yet. */
export const rowAt = <Row>(chunks: Chunks<Row>, at: number): Row | null =>
  chunks.get(Math.floor(at / CHUNK_ROWS))?.[at % CHUNK_ROWS] ?? null;

/** Where the row stands that is meant, among those that were read, or null. */
export function placeOf<Row>(chunks: Chunks<Row>, isMeant: (row: Row) => boolean): number | null {
  for (const [index, rows] of chunks) {
    const at = rows.findIndex(isMeant);
    if (at >= 0) return index * CHUNK_ROWS + at;
  }
  return null;
}

/** Where to read from so that a range is known; null when all of it is. */
export function missing<Row>(chunks: Chunks<Row>, { start, end }: Range): number | null {
  for (let index = Math.floor(start / CHUNK_ROWS); index * CHUNK_ROWS < end; index += 1) {
    if (!chunks.has(index)) return index * CHUNK_ROWS;
  }
  return null;
}

/** The beginning of the request whose window has a row with some rows before it. */
export const requestFrom = (at: number): number => Math.max(0, Math.floor(at / CHUNK_ROWS) - 1) * CHUNK_ROWS;
