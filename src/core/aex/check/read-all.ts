import type { LinkRow } from '../chain/links.ts';
import { createReplay, type Replay } from '../chain/replay.ts';
import type { ReplayVerdict } from '../chain/verdict.ts';
import {
  ENTRY_COLUMNS,
  kindFinder,
  readPayloadInto,
  storedEntry,
  type EntryValues,
  type ReadEntry,
} from '../entry.ts';
import { emptyFields } from '../payload-scan.ts';
import type { LedgerLook } from '../store.ts';
import { logRows } from './log-rows.ts';
import type { CrossCheck } from './cross-pieces.ts';

const ENTRY_VALUES = ENTRY_COLUMNS.length;
/** Entries between two reports of progress. */
const tickRows = 4_096;

type Reading = {
  readonly cross: Pick<CrossCheck, 'entry'>;
  /** takes each row for the chain */
  readonly link: (row: LinkRow, partition: string | null) => void;
  readonly tick: (rows: number) => void;
};

/** Reads all entries once, by ascending seq, for the replay, the cross-checks and the chain. */
export function readAll(look: LedgerLook, { cross, link, tick }: Reading): ReplayVerdict {
  const replay = createReplay();
  const take = entryTaker(cross, replay);
  let count = 0;
  const partitioned = look.has('event_log', 'chain_partition');
  const columns: readonly string[] = partitioned ? [...ENTRY_COLUMNS, 'chain_partition'] : ENTRY_COLUMNS;
  for (const rows of logRows(look, look.select('event_log', columns))) {
    for (const row of rows) {
      const values = row as EntryValues;
      take(storedEntry(values));
      const [seq, executionId, , type, payload, prevHash, hash] = values;
      link(
        [seq, executionId, type, payload, prevHash, hash],
        partitioned ? String(row[ENTRY_VALUES] ?? '') : null,
      );
      if (++count % tickRows === 0) tick(tickRows);
    }
  }
  tick(count % tickRows);
  return replay.verdict(look);
}

/** Reads the payload of one entry after the other and gives both to replay and cross-checks. */
export function entryTaker(
  cross: Pick<CrossCheck, 'entry'>,
  replay: Pick<Replay, 'entry'>,
): (entry: ReadEntry) => void {
  const fields = emptyFields();
  const kindOf = kindFinder();
  return (entry) => {
    const kind = kindOf(entry.type);
    const read = readPayloadInto(kind, entry.payload, fields);
    replay.entry(entry, fields, read);
    cross.entry(entry, fields, read, kind);
  };
}
