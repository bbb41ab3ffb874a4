import type { ExecutionDetail } from '../../contract/ledger-detail.ts';
import type { LedgerFinding } from '../../contract/ledger-report.ts';
import { type LedgerMark, type Outcome } from '../../contract/ledger.ts';
import { readCall, type StoredCall } from '../../core/aex/execution/call.ts';
import { tellExecution, type TellingParts } from '../../core/aex/execution/detail.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { hashesBefore } from '../../core/aex/execution/chain-state.ts';
import { placeOf } from './entry.ts';
import { entryRow, microsOf, type RowFacts } from './row.ts';

/** One execution, read from the store now. Links to other sources are put in by who knows these. */
export function executionDetail(
  look: LedgerLook,
  paths: LedgerPaths,
  id: string,
  facts: RowFacts,
  findings: readonly LedgerFinding[],
  parts: TellingParts,
): Result<ExecutionDetail> {
  const call = readCall(look, id);
  if (call === null) {
    return fail(
      'not-found',
      `${paths.db} has no execution ${id}.`,
      'It may have been removed since it was listed; check the ledger.',
    );
  }
  const before = hashesBefore(look);
  const entries = call.entries.map(({ entry }) =>
    entryRow(entry, placeOf(facts, entry.seq), before(entry.seq), facts),
  );
  const seqs = new Set(entries.map(({ seq }) => seq));
  const marks = new Set<LedgerMark>(entries.flatMap((entry) => entry.marks));
  if (call.reservation?.state === 'RESERVED' && !marks.has('expired')) {
    const expiry = microsOf(call.reservation.expiryAt);
    marks.add(expiry !== null && expiry < parts.nowMicros ? 'expired' : 'open');
  }
  return ok({
    ...tellExecution(look, call, parts),
    outcome: outcomeOf(call),
    marks: [...marks],
    entries,
    links: [],
    linkNotes: [],
    findings: findings.filter(
      ({ executionId, seq }) => executionId === id || (seq !== null && seqs.has(seq)),
    ),
  });
}

/** How it ended by its entries; where it has none, by its row. */
function outcomeOf({ entries, row }: StoredCall): Outcome {
  const types = new Set(entries.map(({ entry }) => entry.type));
  if (types.has('usage.commit')) return 'spent';
  if (types.has('reservation.release')) return 'released';
  if (types.has('budget.deny')) return 'denied';
  if (types.has('execution.failed')) return 'failed';
  if (types.has('budget.reserve')) return 'open';
  switch (row?.state) {
    case 'COMMITTED':
      return 'spent';
    case 'RELEASED':
      return 'released';
    case 'DENIED':
      return 'denied';
    case 'FAILED':
      return 'failed';
    default:
      return 'unknown';
  }
}
