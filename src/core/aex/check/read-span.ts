import { isSound, LINK_COLUMNS } from '../chain/links.ts';
import { putInSpan, skipInSpan, type EntrySpan, type SpanKeeper } from '../cross/entry-span.ts';
import { marker } from '../cross/id-table.ts';
import type { WordList } from '../cross/word-list.ts';
import { columnText, kindFinder, readPayloadInto } from '../entry.ts';
import { emptyFields } from '../payload-scan.ts';
import type { LedgerLook } from '../store.ts';
import { beforeQuery } from './breaks.ts';

/** Rows that are fetched at once: enough to save calls, few enough for flat memory. */
const batchRows = 128;

/** What is read of an entry: a row that can be followed by the chain, and the rest. */
const COLUMNS = [...LINK_COLUMNS, 'agent', 'ts'];
type SpanRow = readonly [
  seq: unknown,
  executionId: unknown,
  type: unknown,
  payload: unknown,
  prevHash: unknown,
  hash: unknown,
  agent: unknown,
  ts: unknown,
];

/** Reads a stretch of entries into columns and recomputes their hashes; `broken` is told each entry that does not fit. */
export type SpanReader = (
  into: EntrySpan,
  numbers: readonly [first: number, last: number],
  broken: (seq: number) => void,
) => void;

/** Needs a look whose entries are stored by exact numbers (`isNumbered`). */
export function spanReader(look: LedgerLook, words: WordList): SpanReader {
  const batch = look.db
    .prepare<[number, number], SpanRow>(
      `${look.select('event_log', COLUMNS)} WHERE seq >= ? AND seq <= ? ORDER BY seq LIMIT ${batchRows}`,
    )
    .raw();
  const before = beforeQuery(look);
  const fields = emptyFields();
  const kindOf = kindFinder();
  const keeper: SpanKeeper = { words, mark: marker() };
  const entry = { seq: 0, executionId: null as string | null, agent: null as string | null, ts: '' };
  return (into, [first, last], broken) => {
    let { hash } = before(first);
    let at = first;
    for (let rows = batch.all(at, last); ; rows = batch.all(at, last)) {
      for (const row of rows) {
        const [number, executionId, type, payload, prevHash, stored, agent, ts] = row;
        const seq = Number(number);
        if (!isSound(look, row, hash)) broken(seq);
        hash = columnText(stored);
        const ordinary =
          (executionId === null || typeof executionId === 'string') &&
          (agent === null || typeof agent === 'string') &&
          typeof type === 'string' &&
          typeof payload === 'string' &&
          typeof prevHash === 'string' &&
          typeof stored === 'string' &&
          typeof ts === 'string';
        const kind = ordinary ? kindOf(type) : 'other';
        if (!ordinary || readPayloadInto(kind, payload, fields) !== 0) {
          skipInSpan(into, seq);
          continue;
        }
        entry.seq = seq;
        entry.executionId = executionId;
        entry.agent = agent;
        entry.ts = ts;
        putInSpan(into, keeper, entry, fields, kind);
      }
      const top = rows.at(-1);
      if (top === undefined || rows.length < batchRows) return;
      at = Number(top[0]) + 1;
    }
  };
}
