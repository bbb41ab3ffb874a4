import type { RecordRow, RecordWindow, Sum } from '../../../../contract/records.ts';
import { rowAt as rowIn, withRows } from '../../graph/row-chunks.ts';
import type { Known as KnownRows } from '../../table/model.ts';

/** What is known of the records of one question at one state of the logs. Rows of two states are never mixed. */
export type Known = KnownRows<RecordRow> & { readonly sum: Sum };

/** Knows nothing but what one window says. `start` of it stands at the beginning of a chunk. */
export function knownOf(key: string, window: RecordWindow): Known {
  return withWindow({ key, total: window.total, sum: window.sum, chunks: new Map() }, window);
}

/** With the rows of a window added. */
export const withWindow = (known: Known, { start, rows }: RecordWindow): Known => ({
  ...known,
  chunks: withRows(known.chunks, known.total, start, rows),
});

/** The record in a row, or null where it was not read yet. */
export const rowAt = (known: Known, row: number): RecordRow | null => rowIn(known.chunks, row);
