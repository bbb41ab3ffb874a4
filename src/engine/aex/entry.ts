import type { EntryDetail } from '../../contract/ledger-detail.ts';
import type { LedgerFinding } from '../../contract/ledger-report.ts';
import { entryHash } from '../../core/aex/chain/entry-hash.ts';
import { restoredOf, witnessesOf } from '../../core/aex/cross/inspect.ts';
import type { StoredEntry } from '../../core/aex/entry.ts';
import { rowOfSeq } from '../../core/aex/views/rows.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import { ok, type Result } from '../../core/result.ts';
import { limits } from '../../core/storage/limits.ts';
import { hashesBefore } from '../../core/aex/execution/chain-state.ts';
import { noEntry } from './failures.ts';
import { entryRow, type RowFacts } from './row.ts';

/** One entry, read from the store now. */
export function entryDetail(
  look: LedgerLook,
  paths: LedgerPaths,
  seq: number,
  facts: RowFacts,
  findings: readonly LedgerFinding[],
): Result<EntryDetail> {
  const entry = look.entry(seq);
  if (entry === null) return noEntry(paths, seq);
  const before = hashesBefore(look);
  const rowOf = (one: StoredEntry) => entryRow(one, placeOf(facts, one.seq), before(one.seq), facts);
  const neighbours = entry.executionId === null ? [] : look.entriesOfExecution(entry.executionId);
  return ok({
    row: rowOf(entry),
    payload: shortened(entry.payload),
    storedPrev: entry.prevHash,
    storedHash: entry.hash,
    recomputedHash: entryHash(entry.prevHash, entry),
    beforeHash: before(seq),
    witnesses: witnessesOf(look, entry, { prices: facts.prices }),
    restored: restoredOf(look, entry, { prices: facts.prices }),
    findings: findings.filter(
      (finding) =>
        finding.seq === seq ||
        (finding.executionId !== null && finding.executionId === entry.executionId) ||
        finding.because.some((witness) => witness.seq === seq),
    ),
    entriesOfExecution: neighbours.map(rowOf),
  });
}

/** Its place in the index, -1 where there is none. */
export function placeOf({ index }: RowFacts, seq: number): number {
  return index === null ? -1 : rowOfSeq(index.columns, seq);
}

function shortened(text: string): string {
  if (text.length <= limits.ledgerTextChars) return text;
  const left = (text.length - limits.ledgerTextChars).toLocaleString('en-US');
  return `${text.slice(0, limits.ledgerTextChars)}… (${left} more characters)`;
}
