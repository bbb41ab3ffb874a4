import type { LinkRow } from '../chain/links.ts';
import { createReplay } from '../chain/replay.ts';
import type { ReplayVerdict } from '../chain/verdict.ts';
import { ENTRY_COLUMNS, kindOf, readPayloadInto, storedEntry, type EntryValues } from '../entry.ts';
import { emptyFields } from '../payload-scan.ts';
import type { LedgerLook } from '../store.ts';
import { logRows } from './log-rows.ts';
import type { CrossCheck } from './cross-pieces.ts';

const ENTRY_VALUES = ENTRY_COLUMNS.length;
/** Entries between two reports of progress. */
const tickRows = 4_096;

type Reading = {
  readonly cross: CrossCheck;
  /** takes each row for the chain; null: others hash */
  readonly link: ((row: LinkRow, partition: string | null) => void) | null;
  readonly tick: (rows: number) => void;
};

/** Reads all entries once, by ascending seq, for the replay, the cross-checks and, where it is not shared out, the chain. */
export function readAll(look: LedgerLook, { cross, link, tick }: Reading): ReplayVerdict {
  const partitioned = look.has('event_log', 'chain_partition');
  const columns: readonly string[] = partitioned ? [...ENTRY_COLUMNS, 'chain_partition'] : ENTRY_COLUMNS;
  const replay = createReplay();
  const fields = emptyFields();
  let count = 0;
  for (const rows of logRows(look, columns)) {
    for (const row of rows) {
      const values = row as EntryValues;
      const entry = storedEntry(values);
      const read = readPayloadInto(kindOf(entry.type), entry.payload, fields);
      replay.entry(entry, fields, read);
      cross.entry(entry, fields, read);
      if (link !== null) {
        const [seq, executionId, , type, payload, prevHash, hash] = values;
        const partition = partitioned ? String(row[ENTRY_VALUES] ?? '') : null;
        link([seq, executionId, type, payload, prevHash, hash], partition);
      }
      if (++count % tickRows === 0) tick(tickRows);
    }
  }
  tick(count % tickRows);
  return replay.verdict(look);
}
