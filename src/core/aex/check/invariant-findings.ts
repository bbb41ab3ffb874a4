import type { LedgerFinding, LedgerFindingKind, LedgerInvariant } from '../../../contract/ledger-report.ts';
import type { ChainVerdict } from '../chain/verdict.ts';
import type { LedgerLook } from '../store.ts';
import { remadeFinding } from './explained.ts';

/** Kinds of findings that say why an invariant fails. */
const told: Readonly<Record<string, readonly LedgerFindingKind[]>> = {
  spent_within_budget: ['budget-differs', 'spent-differs'],
  no_negative_values: ['budget-differs', 'spent-differs', 'reserved-differs'],
  no_orphaned_reservations: [
    'reservation-open',
    'reservation-expired',
    'execution-interrupted',
    'reserved-differs',
  ],
  event_log_integrity: ['stream-differs', 'value-unreadable'],
  spent_matches_events: [
    'spent-differs',
    'stream-differs',
    'amount-differs',
    'agent-differs',
    'entry-missing',
    'entry-unknown',
    'row-missing',
    'tail-missing',
  ],
  reserved_matches_reservations: [
    'reserved-differs',
    'reservation-differs',
    'agent-differs',
    'entry-unknown',
    'row-missing',
    'tail-missing',
  ],
  event_hash_chain: [
    'entry-altered',
    'entry-respelled',
    'entry-replaced',
    'entry-missing',
    'entries-reordered',
    'chain-broken',
    'agent-deleted',
  ],
};

/** Invariants that fail without a finding that says why, as findings of their own. */
export function uncovered(
  look: LedgerLook,
  invariants: readonly LedgerInvariant[],
  findings: readonly LedgerFinding[],
  chain: ChainVerdict,
): readonly LedgerFinding[] {
  const kinds = new Set(findings.map(({ kind }) => kind));
  // of so many findings those that say why are not all listed
  const isCut = kinds.has('more');
  const failed = invariants.flatMap(({ name, passed, detail }) => {
    if (passed || (told[name] ?? []).some((kind) => kinds.has(kind))) return [];
    if (isCut && name !== 'event_hash_chain') return [];
    // that a table is not there is a finding of its own
    const table = /^no such table: (\w+)$/.exec(detail ?? '')?.[1];
    if (findings.some(({ kind, expected }) => kind === 'file-damaged' && expected === `table ${table}`))
      return [];
    const remade = name === 'spent_matches_events' ? remadeFinding(look, detail) : null;
    if (remade !== null) return [remade];
    const isChain = name === 'event_hash_chain';
    const finding: LedgerFinding = {
      kind: isChain ? 'chain-broken' : 'invariant-failed',
      severity: 'error',
      seq: isChain ? chain.seq : null,
      executionId: null,
      agent: null,
      message: `The check ${name} of AEX fails. ${detail ?? ''}`.trim(),
      expected: null,
      found: detail,
      since: isChain ? chain.seq : null,
      sure: 'proved',
      because: [],
    };
    return [finding];
  });
  return chain.moreBreaks === 0 ? failed : [...failed, moreBreaks(chain)];
}

/** Broken entries that were not looked at one by one. */
function moreBreaks({ moreBreaks: count, breaks }: ChainVerdict): LedgerFinding {
  const since = breaks[0]?.seq ?? null;
  return {
    kind: 'more',
    severity: 'error',
    seq: null,
    executionId: null,
    agent: null,
    message: `${count.toLocaleString('en-US')} more entries are broken. Only the first ${breaks.length.toLocaleString('en-US')} were looked at one by one.`,
    expected: null,
    found: null,
    since,
    sure: 'proved',
    because: [],
  };
}
