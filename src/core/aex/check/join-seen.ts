import type { LedgerFinding, LedgerFindingKind } from '../../../contract/ledger-report.ts';

/** Findings that place a change of the past, after which everything was hashed anew. */
const PLACED: ReadonlySet<LedgerFindingKind> = new Set([
  'amount-differs',
  'entry-unknown',
  'entry-replaced',
  'entry-missing',
  'row-missing',
]);

/**
 * What was remembered of an earlier look proves that the past was rewritten, and within which entries; the records say at
 * which one and how. Where both speak of one place, they are one finding, and it is proved.
 */
export function joinSeen(
  own: readonly LedgerFinding[],
  seen: readonly LedgerFinding[],
): readonly LedgerFinding[] {
  const other = seen.find(({ kind }) => kind === 'seen-other');
  if (other?.seq === undefined || other.seq === null) return [...own, ...seen];
  const from = other.seq;
  const to = other.because.find(({ witness, agrees }) => witness === 'hash' && !agrees)?.seq ?? from;
  const isThere = ({ kind, severity, seq }: LedgerFinding): boolean =>
    severity === 'error' && PLACED.has(kind) && seq !== null && seq >= from && seq <= to;
  const one = own.find(isThere);
  if (one === undefined) return [...own, ...seen];
  const remembered = other.because.filter(({ witness, agrees }) => witness === 'seen' || !agrees);
  const joined: LedgerFinding = {
    ...one,
    message: `${one.message} That it was otherwise is proved: the hash of entry ${to} was another one at an earlier look.`,
    sure: 'proved',
    because: [...remembered, ...one.because],
  };
  return [
    ...own.map((finding) => (finding === one ? joined : finding)),
    ...seen.filter((finding) => finding !== other),
  ];
}
