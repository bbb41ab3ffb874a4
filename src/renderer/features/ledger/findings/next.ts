import type { LedgerFinding, LedgerFindingKind } from '../../../../contract/ledger-report.ts';
import { formatCount } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';

/** What a person can do about a finding, in a sentence or two; null: nothing is to be done. */
export function nextStep(
  finding: Pick<LedgerFinding, 'kind' | 'severity' | 'agent' | 'since'>,
): string | null {
  const own = OWN[finding.kind];
  if (own !== undefined) return own;
  if (finding.severity !== 'error') return null;
  const { agent, since } = finding;
  const whose = agent === null ? 'any agent' : visibleText(agent.slice(0, 60));
  const from = since === null ? '' : ` from entry ${formatCount(since)} on`;
  return `${KEEP}; until then do not settle anything by the balance of ${whose}${from}.`;
}

const KEEP =
  'Keep a copy of the file as it is now. Compare it with a backup (Proof, Compare with another copy) and ask who could write to it';

const OWN: Partial<Record<LedgerFindingKind, string>> = {
  'time-differs': `${KEEP}; amounts and balances are right, when it was is not.`,
  'agent-differs': `${KEEP}; until then do not settle anything by the balances of either agent.`,
  'file-damaged':
    'Copy the file away before anything writes to it again, and stop the daemon. Then put a backup back, or recover a copy with the tools of SQLite.',
  'seen-restored':
    'If you put an older copy back yourself, nothing is wrong. If not, look for the newer file before the daemon writes on.',
  'agent-deleted':
    'If you deleted the agent yourself, nothing is wrong: the chain stays broken for AEX, and what is left is proved here.',
  'reservation-expired':
    'Restart the daemon: its recovery at the start gives the money back. It does not happen by itself.',
  'execution-interrupted': 'Restart the daemon after the reservation has expired: its recovery settles it.',
  'spent-unrecorded':
    'Compare with the bill of the provider: what it charged for these calls is not in this file.',
};
