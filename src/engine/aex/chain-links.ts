import type { ChainLink } from '../../contract/ledger-detail.ts';
import { entryHash } from '../../core/aex/chain/entry-hash.ts';
import { ENTRY_COLUMNS, storedEntry, type EntryValues } from '../../core/aex/entry.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import { expectedPrev, hashesBefore } from '../../core/aex/execution/chain-state.ts';

/** The links of the chain around an entry or a missing number, `reach` on either side, hashes recomputed now. */
export function chainAround(look: LedgerLook, seq: number, reach: number): readonly ChainLink[] {
  const rows = look.select('event_log', ENTRY_COLUMNS);
  // One more before it tells what is missing before the first.
  const older = look.db
    .prepare<[number, number], EntryValues>(`${rows} WHERE seq < ? ORDER BY seq DESC LIMIT ?`)
    .raw()
    .all(seq, reach + 1)
    .map(storedEntry)
    .toReversed();
  const newer = look.entries(seq, reach + 1);
  const before = hashesBefore(look);
  const around = [...older, ...newer];
  const links = around.map((entry, at): ChainLink => {
    const recomputedHash = entryHash(entry.prevHash, entry);
    const prior = around[at - 1]?.seq ?? (at === 0 ? 0 : entry.seq - 1);
    return {
      seq: entry.seq,
      type: entry.type,
      storedPrev: entry.prevHash,
      storedHash: entry.hash,
      recomputedHash,
      fits: entry.odd === null && recomputedHash === entry.hash,
      linked: entry.prevHash === expectedPrev(before(entry.seq)),
      missingBefore: Math.max(0, entry.seq - prior - 1),
    };
  });
  return older.length > reach ? links.slice(1) : links;
}
