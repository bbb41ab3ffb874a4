import type { LedgerView, LedgerWindow } from '../../contract/ledger.ts';
import { ENTRY_COLUMNS, storedEntry, type EntryValues, type StoredEntry } from '../../core/aex/entry.ts';
import { isByTime } from '../../core/aex/views/by-time.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import type { LedgerBrief } from './brief.ts';
import { hashesBefore } from '../../core/aex/execution/chain-state.ts';
import { entryRow, type RowFacts } from './row.ts';

/** Whether the first lines of a view can be had from the tables before the log was read: all entries by number. */
export function isPlain({ agent, query, sort }: LedgerView): boolean {
  return agent === null && query.trim() === '' && isByTime(sort);
}

/** Entries straight from the store, without balances and sums, which follow with the index. */
export function earlyWindow(
  look: LedgerLook,
  brief: LedgerBrief,
  view: LedgerView,
  facts: RowFacts,
  at: { readonly start: number; readonly count: number; readonly revision: number },
): LedgerWindow {
  const total = brief.counts.event_log.count;
  const entries = entriesAt(look, brief, view.sort === 'oldest', at.start, at.count);
  const before = hashesBefore(look);
  return {
    total,
    start: at.start,
    lines: entries.map((entry) => ({
      line: 'entry',
      entry: entryRow(entry, -1, before(entry.seq), facts),
      inGroup: false,
    })),
    sums: null,
    revision: at.revision,
    problems: [],
  };
}

/** Lines of the whole log. Where no number is missing they are found by their numbers. */
function entriesAt(
  look: LedgerLook,
  { first, last, counts }: LedgerBrief,
  oldest: boolean,
  start: number,
  count: number,
): StoredEntry[] {
  if (first === null || last === null) return [];
  const rows = look.select('event_log', ENTRY_COLUMNS);
  const order = oldest ? 'ASC' : 'DESC';
  const dense = last.seq - first.seq + 1 === counts.event_log.count;
  const from = oldest ? first.seq + start : last.seq - start;
  const where = dense ? `WHERE seq ${oldest ? '>=' : '<='} ?` : 'WHERE ? IS NOT NULL';
  return look.db
    .prepare<[number, number, number], EntryValues>(`${rows} ${where} ORDER BY seq ${order} LIMIT ? OFFSET ?`)
    .raw()
    .all(from, count, dense ? 0 : start)
    .map(storedEntry);
}
