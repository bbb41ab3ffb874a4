import type { LedgerFinding, LedgerFindingKind } from '../../../contract/ledger-report.ts';

/** Findings about a figure of an account, by the agent whose it is. */
export type AccountFindings = ReadonlyMap<string, ReadonlyMap<LedgerFindingKind, LedgerFinding>>;

const KINDS: ReadonlySet<LedgerFindingKind> = new Set([
  'budget-differs',
  'spent-differs',
  'reserved-differs',
  'tokens-differ',
  'rate-window-differs',
  'limit-differs',
  'lifecycle-differs',
]);

/** The errors and warnings that say a figure of an account is not what it should be. */
export function accountFindings(findings: readonly LedgerFinding[]): AccountFindings {
  const found = new Map<string, Map<LedgerFindingKind, LedgerFinding>>();
  for (const finding of findings) {
    const { kind, agent, severity } = finding;
    if (agent === null || severity === 'notice' || !KINDS.has(kind)) continue;
    const own = found.get(agent) ?? new Map<LedgerFindingKind, LedgerFinding>();
    if (!own.has(kind)) own.set(kind, finding);
    found.set(agent, own);
  }
  return found;
}
