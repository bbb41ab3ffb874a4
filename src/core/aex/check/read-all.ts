import type { LinkRow } from '../chain/links.ts';
import { createReplay } from '../chain/replay.ts';
import type { ReplayVerdict } from '../chain/verdict.ts';
import type { EntryKind } from '../../../contract/ledger.ts';
import {
  ENTRY_COLUMNS,
  kindOf,
  readPayloadInto,
  storedEntry,
  type EntryValues,
  type ReadEntry,
} from '../entry.ts';
import { emptyFields } from '../payload-scan.ts';
import type { LedgerLook } from '../store.ts';
import { isNumbered, logRows } from './log-rows.ts';
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
  const replay = createReplay();
  const fields = emptyFields();
  const kindOfType = kinds();
  let count = 0;
  const take = (entry: ReadEntry): void => {
    const kind = kindOfType(entry.type);
    const read = readPayloadInto(kind, entry.payload, fields);
    replay.entry(entry, fields, read);
    cross.entry(entry, fields, read, kind);
    if (++count % tickRows === 0) tick(tickRows);
  };
  if (link === null && isNumbered(look)) readWithoutHashes(look, take);
  else readWhole(look, link, take);
  tick(count % tickRows);
  return replay.verdict(look);
}

function readWhole(look: LedgerLook, link: Reading['link'], take: (entry: ReadEntry) => void): void {
  const partitioned = look.has('event_log', 'chain_partition');
  const columns: readonly string[] = partitioned ? [...ENTRY_COLUMNS, 'chain_partition'] : ENTRY_COLUMNS;
  for (const rows of logRows(look, look.select('event_log', columns))) {
    for (const row of rows) {
      const values = row as EntryValues;
      take(storedEntry(values));
      if (link === null) continue;
      const [seq, executionId, , type, payload, prevHash, hash] = values;
      link(
        [seq, executionId, type, payload, prevHash, hash],
        partitioned ? String(row[ENTRY_VALUES] ?? '') : null,
      );
    }
  }
}

/** Hashes are read by who follows the chain; here it only matters whether they are texts. Gives the same object each time. */
function readWithoutHashes(look: LedgerLook, take: (entry: ReadEntry) => void): void {
  const all = look.select('event_log', ENTRY_COLUMNS);
  const whole = look.db.prepare<[unknown], EntryValues>(`${all} WHERE seq = ?`).raw();
  const entry: { -readonly [K in keyof ReadEntry]: ReadEntry[K] } = {
    seq: 0,
    executionId: null,
    agent: null,
    type: '',
    payload: '',
    ts: '',
    odd: null,
  };
  const select = `SELECT seq, execution_id, agent, event_type, payload_json, ts,
    typeof(prev_hash) = 'text' AND typeof(event_hash) = 'text' FROM (${all})`;
  for (const rows of logRows(look, select)) {
    for (const [seq, executionId, agent, type, payload, ts, hashes] of rows) {
      const ordinary =
        hashes === 1 &&
        typeof seq === 'number' &&
        (executionId === null || typeof executionId === 'string') &&
        (agent === null || typeof agent === 'string') &&
        typeof type === 'string' &&
        typeof payload === 'string' &&
        typeof ts === 'string';
      if (!ordinary) {
        const row = whole.get(seq);
        if (row !== undefined) take(storedEntry(row));
        continue;
      }
      entry.seq = seq;
      entry.executionId = executionId;
      entry.agent = agent;
      entry.type = type;
      entry.payload = payload;
      entry.ts = ts;
      take(entry);
    }
  }
}

/** `kindOf` for one type after the other, most of which were seen before. */
function kinds(): (type: string) => EntryKind {
  const types: string[] = [];
  const found: EntryKind[] = [];
  return (type) => {
    const at = type.length & 31;
    if (types[at] === type) return found[at]!;
    types[at] = type;
    return (found[at] = kindOf(type));
  };
}
