import { isSound, LINK_COLUMNS } from '../chain/links.ts';
import { putInSpan, skipInSpan, type EntrySpan } from '../cross/entry-span.ts';
import type { WordList } from '../cross/word-list.ts';
import { columnText, kindFinder, readPayloadInto } from '../entry.ts';
import { emptyFields } from '../payload-scan.ts';
import type { LedgerLook } from '../store.ts';
import { beforeQuery } from './breaks.ts';
import { BATCH_ROWS, batchReader } from './plain/batch.ts';
import { rowTaker } from './plain/take.ts';

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

/**
 * Needs a look whose entries are stored by exact numbers (`isNumbered`). Entries are read as bytes, many at once; where one
 * of them is not as AEX writes it, all of these are read again row by row.
 */
export function spanReader(look: LedgerLook, words: WordList): SpanReader {
  const batch = batchReader(look);
  const plain = rowTaker(words);
  const rows = rowReader(look, words);
  const before = beforeQuery(look);
  return (into, [first, last], broken) => {
    let { hash } = before(first);
    let at = first;
    plain.begin();
    while (at <= last) {
      const end = Math.min(last, at + BATCH_ROWS - 1);
      const bytes = batch(at, end);
      const done = bytes === null ? null : plain.take(bytes, end - at + 1, at, hash, into);
      if (done !== null) {
        hash = done;
        at = end + 1;
        continue;
      }
      const read = rows(into, at, last, hash, broken);
      if (read === null) return;
      ({ hash, next: at } = read);
    }
  };
}

type Read = { readonly hash: string; readonly next: number };

/** Reads some rows one by one, those that are numbered `at` or higher; null: there is none. */
function rowReader(
  look: LedgerLook,
  words: WordList,
): (into: EntrySpan, at: number, last: number, before: string, broken: (seq: number) => void) => Read | null {
  const some = look.db
    .prepare<[number, number], SpanRow>(
      `${look.select('event_log', COLUMNS)} WHERE seq >= ? AND seq <= ? ORDER BY seq LIMIT ${BATCH_ROWS}`,
    )
    .raw();
  const fields = emptyFields();
  const kindOf = kindFinder();
  const entry = { seq: 0, executionId: null as string | null, ts: '' };
  return (into, at, last, before, broken) => {
    let hash = before;
    let next = at;
    for (const row of some.iterate(at, last)) {
      const [number, executionId, type, payload, prevHash, stored, agent, ts] = row;
      const seq = Number(number);
      next = seq + 1;
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
      entry.ts = ts;
      putInSpan(into, words, entry, agent === null ? 0 : words.number(agent), fields, kind);
    }
    return next === at ? null : { hash, next };
  };
}
