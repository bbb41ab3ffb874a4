import type { RecordRow, RecordWindow, Sum } from '../../../../contract/records.ts';
import { placeOf, rowAt as rowIn, withRows, type Chunks } from '../../graph/row-chunks.ts';

/** What is known of the records of one question at one state of the logs. Rows of two states are never mixed. */
export type Known = {
  readonly key: string;
  readonly total: number;
  readonly sum: Sum;
  readonly chunks: Chunks<RecordRow>;
};

/** Knows nothing but what one window says. `start` of it stands at the beginning of a chunk. */
export function knownOf(key: string, window: RecordWindow): Known {
  return withWindow({ key, total: window.total, sum: window.sum, chunks: new Map() }, window);
}

/** With the rows of a window added. */
export const withWindow = (known: Known, { start, rows }: RecordWindow): Known => ({
  ...known,
  chunks: withRows(known.chunks, known.total, start, rows),
});

/** The row of a record among those that were read, or null. */
export const rowOf = (known: Known, id: string): number | null =>
  placeOf(known.chunks, (row) => row.id === id);

/** The record in a row, or null where it was not read yet. */
export const rowAt = (known: Known, row: number): RecordRow | null => rowIn(known.chunks, row);
