import type { LedgerLook } from '../../store.ts';

/** Rows that are asked for at once: enough to save calls, few enough for flat memory. */
export const BATCH_ROWS = 256;
/** What is read of a row at most. None that `rowTaker` takes is a quarter as long, so that one that was cut stands out. */
export const MOST_BYTES = 16_385;

/**
 * Entries by number as one run of bytes, a fraction of what their values would cost one by one: of each `prev_hash`,
 * `event_type`, `execution_id`, `payload_json`, `event_hash`, `ts` and `agent`, every one with a line feed behind it, so
 * that what the chain hashes stands in one piece.
 */
export type BatchReader = (first: number, last: number) => Buffer | null;

const TEXTS = [
  'prev_hash',
  'event_type',
  `ifnull(execution_id, '')`,
  'payload_json',
  'event_hash',
  'ts',
  'agent',
];

/**
 * A reader for numbers that all have a row, fewer than `BATCH_ROWS`. null: one is missing. In place of a row that holds other
 * than texts stands a byte that is in no text (in SQLite every text is less than any BLOB, and NULL less than nothing).
 */
export function batchReader(look: LedgerLook): BatchReader {
  const columns = [
    'seq',
    'prev_hash',
    'event_type',
    'execution_id',
    'payload_json',
    'event_hash',
    'ts',
    'agent',
  ];
  const texts = TEXTS.join(', ');
  const line = `substr(CAST(concat_ws(char(10), ${texts}, '') AS BLOB), 1, ${MOST_BYTES})`;
  const query = look.db
    .prepare<[number, number], readonly [count: number, lines: Buffer]>(
      `SELECT count(*), CAST(group_concat(CASE WHEN max(${texts}) < x'' THEN ${line} ELSE x'ff' END, '') AS BLOB)
       FROM (${look.select('event_log', columns)}) WHERE seq >= ? AND seq <= ?`,
    )
    .raw();
  return (first, last) => {
    const [count, lines] = query.get(first, last)!;
    return count === last - first + 1 ? lines : null;
  };
}
