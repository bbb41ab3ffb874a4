import type { ReportSummary } from '../../../contract/ledger.ts';
import { formatCount, formatCounted } from '../../ui/format.ts';

/** The verdict of a check in a few words; what was written since is no part of it. */
export function verdictWords({ ok, chain, errors, newEntries }: ReportSummary, events: number): string {
  if (!ok) {
    if (errors === 0 && !chain.ok) return 'An agent was deleted';
    if (chain.ok) return `${formatCounted(errors, 'error')}, hashes fit`;
    return chain.seq === null ? 'Chain broken' : `Chain broken at entry ${formatCount(chain.seq)}`;
  }
  if (events === 0) return 'No entries yet';
  const since = newEntries > 0 ? `, ${formatCount(newEntries)} new` : '';
  return `${formatCounted(events - newEntries, 'entry', 'entries')} verified${since}`;
}
