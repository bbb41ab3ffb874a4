import { isHashable, LINK_COLUMNS, type LinkRow } from '../chain/links.ts';
import { entryHash } from '../chain/entry-hash.ts';
import { ENTRY_COLUMNS, storedEntry, type EntryValues, type StoredEntry } from '../entry.ts';
import type { LedgerLook } from '../store.ts';

/** What is told of the entries of both copies while they are read side by side by their numbers. */
export type EntryPairs = {
  /** an entry that both have, the same in all that is hashed */
  same(a: StoredEntry, b: StoredEntry): void;
  /** both have this number, with another content or hash */
  differ(a: StoredEntry, b: StoredEntry): void;
  onlyA(entry: StoredEntry): void;
  onlyB(entry: StoredEntry): void;
};

/**
 * Reads all entries of two copies side by side. Copies keep the numbers, so these say what belongs together; each pair is
 * compared in full, for in a damaged copy equal hashes do not stand for equal contents, nor later ones for earlier ones.
 */
export function mergeEntries(a: LedgerLook, b: LedgerLook, pairs: EntryPairs): void {
  const left = entriesOf(a);
  const right = entriesOf(b);
  let one = left.next();
  let other = right.next();
  while (one.done !== true || other.done !== true) {
    if (other.done === true || (one.done !== true && one.value.seq < other.value.seq)) {
      if (one.done !== true) pairs.onlyA(one.value);
      one = left.next();
    } else if (one.done === true || other.value.seq < one.value.seq) {
      pairs.onlyB(other.value);
      other = right.next();
    } else {
      if (isSame(one.value, other.value)) pairs.same(one.value, other.value);
      else pairs.differ(one.value, other.value);
      one = left.next();
      other = right.next();
    }
  }
}

function* entriesOf(look: LedgerLook): Generator<StoredEntry, void, void> {
  const rows = look.db
    .prepare<[], EntryValues>(`${look.select('event_log', ENTRY_COLUMNS)} ORDER BY seq`)
    .raw();
  for (const row of rows.iterate()) yield storedEntry(row);
}

function isSame(a: StoredEntry, b: StoredEntry): boolean {
  return (
    a.hash === b.hash &&
    a.payload === b.payload &&
    a.executionId === b.executionId &&
    a.type === b.type &&
    a.prevHash === b.prevHash &&
    a.odd === b.odd
  );
}

/** Whether the stored hash of an entry is that of its content behind its stored predecessor. */
export function fitsItself(look: LedgerLook, entry: StoredEntry): boolean {
  const row = look.db
    .prepare<[number], LinkRow>(`${look.select('event_log', LINK_COLUMNS)} WHERE seq = ?`)
    .raw()
    .get(entry.seq);
  return row !== undefined && isHashable(look, row) && entryHash(entry.prevHash, entry) === entry.hash;
}
