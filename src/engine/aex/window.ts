import type { ChainState, GroupRow, LedgerLine, LedgerWindow } from '../../contract/ledger.ts';
import type { LedgerIndex } from '../../core/aex/columns.ts';
import type { StoredEntry } from '../../core/aex/entry.ts';
import { entryFits, entryOfRow } from '../../core/aex/index/fits.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import { linesAt, type GroupFacts } from '../../core/aex/views/lines.ts';
import type { LedgerViewLines } from '../../core/aex/views/view.ts';
import { chainStateOf, expectedPrev, hashesBefore } from '../../core/aex/execution/chain-state.ts';
import { entryRow, type RowFacts } from './row.ts';

/** Lines as they are shown, and whether one of them is no longer what was indexed. */
export type ReadLines = { readonly lines: readonly LedgerLine[]; readonly stale: boolean };

/** Entries of one group whose hashes are recomputed for its line; AEX writes four. */
const GROUP_ENTRIES = 100;

/** Reads some lines of a view from the store, hashes recomputed. */
export function readLines(
  look: LedgerLook,
  index: LedgerIndex,
  made: LedgerViewLines,
  facts: RowFacts,
  start: number,
  count: number,
): ReadLines {
  const { columns } = index;
  const before = hashesBefore(look);
  let stale = false;
  const entryAt = (row: number): StoredEntry | null => {
    const entry = entryOfRow(look, index, row);
    if (entry !== null && entryFits(index, row, entry)) return entry;
    stale = true;
    return entry;
  };
  const lines = linesAt(columns, made, facts, start, count).flatMap((line): LedgerLine[] => {
    if (line.line === 'day' || line.line === 'gone') return [line];
    if (line.line === 'group')
      return [{ line: 'group', group: groupRow(line.group, entryAt, before, facts) }];
    const entry = entryAt(line.row);
    if (entry === null) return [];
    const row = entryRow(entry, line.row, before(entry.seq), facts);
    return [{ line: 'entry', entry: row, inGroup: line.inGroup }];
  });
  return { lines, stale };
}

const WORST: readonly ChainState[] = ['broken', 'forged', 'unknown', 'anew', 'follows', 'closed', 'verified'];

function groupRow(
  { rows, ...group }: GroupFacts,
  entryAt: (row: number) => StoredEntry | null,
  before: (seq: number) => string | null,
  facts: RowFacts,
): GroupRow {
  const states = new Set<ChainState>();
  let ts = '';
  const shown = rows.length > GROUP_ENTRIES ? [...rows.slice(0, GROUP_ENTRIES), rows.at(-1)!] : rows;
  for (const row of shown) {
    const entry = entryAt(row);
    if (entry === null) continue;
    ts = entry.ts;
    const prev = expectedPrev(before(entry.seq));
    states.add(chainStateOf(entry, prev, facts.stretches, (name) => facts.budgets.has(name)));
  }
  return { ...group, ts, chain: WORST.find((state) => states.has(state)) ?? 'unknown' };
}

/** The answer of a window of lines. */
export function windowOf(
  made: LedgerViewLines,
  lines: readonly LedgerLine[],
  start: number,
  revision: number,
): LedgerWindow {
  const problems = made.problems.map(({ term, message }) => ({ term, message }));
  return { total: made.total, start, lines, sums: made.sums, revision, problems };
}
