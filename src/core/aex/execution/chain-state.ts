import type { ChainState } from '../../../contract/ledger.ts';
import type { ChainStretch, StretchKind } from '../../../contract/ledger-chain.ts';
import type { LedgerReport } from '../../../contract/ledger-report.ts';
import { entryHash, GENESIS } from '../chain/entry-hash.ts';
import { isBehindBreak, stretchAt } from '../check/stretches.ts';
import { columnText, kindOf, type StoredEntry } from '../entry.ts';
import type { LedgerLook } from '../store.ts';

/** The chain as the last full check saw it; nothing where none did, or it does not count any more. */
export const stretchesSeen = (report: LedgerReport | null, stale: boolean): readonly ChainStretch[] =>
  report === null || stale ? [] : report.stretches;

/** What an entry is whose hash fits and whose predecessor is the one it names. */
const BY_STRETCH: Readonly<Record<StretchKind, ChainState>> = {
  verified: 'verified',
  follows: 'closed',
  unproved: 'follows',
  anew: 'anew',
  forged: 'forged',
  // another entry stood there when the check went by
  altered: 'follows',
  missing: 'follows',
  moved: 'follows',
  lost: 'follows',
  broken: 'follows',
};

/**
 * How far an entry is known to be what was written, by its hash recomputed now (formats/aex.md §4) and by what the last
 * check saw. `before` is the stored hash of the entry before it.
 */
export function chainStateOf(
  entry: StoredEntry,
  before: string,
  stretches: readonly ChainStretch[],
  isAgent: (name: string) => boolean,
): ChainState {
  const fits = entry.odd === null && entryHash(entry.prevHash, entry) === entry.hash;
  const linked = entry.prevHash === before;
  if (fits) {
    const stretch = stretchAt(stretches, entry.seq);
    if (linked || isBehindBreak(stretches, entry.seq))
      return stretch === null ? 'follows' : BY_STRETCH[stretch.is];
  }
  return !fits && linked && lostItsExecution(entry, isAgent) ? 'unknown' : 'broken';
}

/** Whether deleting its agent took away the execution id that was hashed (formats/aex.md §18.4). */
function lostItsExecution(entry: StoredEntry, isAgent: (name: string) => boolean): boolean {
  const kind = kindOf(entry.type);
  const hasNone = entry.executionId === null && kind !== 'lifecycle' && kind !== 'other';
  return hasNone && entry.agent !== null && !isAgent(entry.agent);
}

/**
 * Gives for the number of an entry the stored hash of the one before it, null for the first. A later AEX chains each
 * partition by itself (formats/aex.md §17).
 */
export function hashesBefore(look: LedgerLook): (seq: number) => string | null {
  const parted = look.has('event_log', 'chain_partition');
  const columns = ['seq', 'event_hash', ...(parted ? ['chain_partition'] : [])];
  const rows = look.select('event_log', columns);
  const same = parted
    ? ' AND chain_partition IS (SELECT chain_partition FROM event_log one WHERE one.seq = ?)'
    : '';
  const query = look.db
    .prepare<number[], readonly [number, unknown]>(`${rows} WHERE seq < ?${same} ORDER BY seq DESC LIMIT 1`)
    .raw();
  return (seq) => {
    const row = parted ? query.get(seq, seq) : query.get(seq);
    return row === undefined ? null : columnText(row[1]);
  };
}

/** What an entry has to name as its predecessor. */
export const expectedPrev = (before: string | null): string => before ?? GENESIS;
