import { limits } from '../../storage/limits.ts';
import type { LedgerIndex } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import { entryFits } from './fits.ts';
import { entryCount, factsIn, lastSeq, type IndexFacts } from './read.ts';

/**
 * How many entries were added behind the last one of an index; null where something else happened: entries were removed
 * or put between, the first or last is another one, one that is compared differs, or the table has other columns. Of a
 * large ledger some entries are compared, by chance; a change of another one can go unnoticed here. Whoever reads an
 * entry asks `entryFits`, and a check of the ledger finds it.
 */
export function grownBy(s: LedgerLook, index: LedgerIndex, facts: IndexFacts): number | null {
  const { columns } = index;
  const now = factsIn(s, facts.build);
  if (now.columns !== facts.columns || now.salvaged !== facts.salvaged) return null;
  const total = entryCount(s);
  if (columns.count === 0) return total;
  const more = s.db
    .prepare<[number], number>('SELECT count(*) FROM event_log WHERE seq > ?')
    .pluck()
    .get(lastSeq(columns))!;
  if (total !== columns.count + more || now.firstHash !== facts.firstHash) return null;
  const last = s.entry(lastSeq(columns));
  if (last === null || last.hash !== facts.lastHash || !entryFits(index, columns.count - 1, last))
    return null;
  return comparedFit(s, index) ? more : null;
}

function comparedFit(s: LedgerLook, index: LedgerIndex): boolean {
  const { columns } = index;
  if (columns.count <= limits.ledgerCompareEntries) {
    return allFit(s, index);
  }
  for (let i = 0; i < limits.ledgerSamples; i++) {
    const row = Math.floor(Math.random() * columns.count);
    const entry = s.entry(columns.seq[row]!);
    if (entry === null || !entryFits(index, row, entry)) return false;
  }
  return true;
}

/** Entries that are compared at once. */
const CHUNK = 500;

/** Whether every entry of an index is still in the store, and none stands between them. Some µs for each. */
export function allFit(s: LedgerLook, index: LedgerIndex): boolean {
  const { columns } = index;
  let row = 0;
  while (row < columns.count) {
    const entries = s.entries(columns.seq[row]!, Math.min(CHUNK, columns.count - row));
    if (entries.length === 0) return false;
    for (const entry of entries) {
      if (!entryFits(index, row, entry)) return false;
      row++;
    }
  }
  return columns.count === 0 || (s.entries(-Infinity, 1)[0]?.seq ?? NaN) === columns.seq[0];
}
