import type { LedgerOverview, ReportSummary } from '../../../contract/ledger.ts';
import { isMild, worstWord } from '../../../core/aex/check/chain-words.ts';
import { formatCounted, formatCount } from '../../ui/format.ts';

/** What came after the last check, in a few words; null: nothing did. */
export function sinceWords({
  report,
  checkingSince,
}: Pick<LedgerOverview, 'report' | 'checkingSince'>): string | null {
  if (checkingSince !== null) return report === null ? 'checking…' : 'checking again…';
  if (report === null) return 'not checked yet';
  if (report.stale) return 'checked, then changed';
  return report.touched ? 'the file changed since' : null;
}

/** The verdict of a check in a few words, by everything it found; what was written since is no part of it. */
export function verdictWords({ ok, picture, errors, newEntries }: ReportSummary, events: number): string {
  if (!ok) {
    const worst = worstWord(picture);
    if (worst !== null) return worst;
    if (errors === 0 && isMild(picture)) return 'An agent was deleted';
    const many = formatCounted(Math.max(1, errors), 'error');
    return picture.stretches.every(({ is }) => is === 'verified') ? `${many}, chain holds` : many;
  }
  if (events === 0) return 'No entries yet';
  const since = newEntries > 0 ? `, ${formatCount(newEntries)} new` : '';
  return `${formatCounted(events - newEntries, 'entry', 'entries')} verified${since}`;
}
