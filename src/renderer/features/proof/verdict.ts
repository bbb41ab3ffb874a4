import type { ReportSummary } from '../../../contract/ledger.ts';
import type { LedgerFinding, LedgerReport } from '../../../contract/ledger-report.ts';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { oddNotices } from '../ledger/findings/pick.ts';
import type { CheckState } from '../../state/check.ts';

export type VerdictTone = 'ok' | 'warn' | 'bad' | 'note';

/** What is so of the record in one line. Only what was just recomputed is said to add up. */
export function verdictOf(
  summary: ReportSummary | null,
  { running, cancelled }: Pick<CheckState, 'running' | 'cancelled'>,
  report: Pick<LedgerReport, 'findings' | 'checked'> | null,
): { readonly tone: VerdictTone; readonly title: string } {
  if (running !== null) return { tone: 'note', title: 'Recomputing every hash and balance' };
  if (summary === null) {
    return { tone: 'note', title: cancelled === null ? 'Not checked yet' : 'Check cancelled' };
  }
  const { ok, errors, warnings, stale, newEntries } = summary;
  if (!ok) {
    const many = Math.max(1, errors);
    return {
      tone: 'bad',
      title: many === 1 ? 'One thing does not add up' : `${formatCount(many)} things do not add up`,
    };
  }
  if (stale) return { tone: 'note', title: 'Added up when it was checked; the file changed since' };
  if (newEntries > 0) return { tone: 'note', title: 'Added up when it was checked' };
  if (warnings > 0) return { tone: 'warn', title: `Adds up, with ${formatCounted(warnings, 'warning')}` };
  if (report !== null && report.checked.events === 0 && report.checked.agents === 0) {
    return { tone: 'note', title: 'The ledger is empty' };
  }
  const odd = oddNotices(report?.findings ?? []);
  if (odd > 0) return { tone: 'note', title: `Adds up, with ${formatCounted(odd, 'notice')} to look at` };
  return { tone: 'ok', title: 'Nothing wrong found' };
}

/** The entry that the chain is drawn around: where it breaks, else the first finding about one, else its end. */
export function chainStart(
  broken: number | null,
  findings: readonly LedgerFinding[],
  head: number | null,
): number | null {
  return broken ?? findings.find(({ seq, severity }) => seq !== null && severity !== 'notice')?.seq ?? head;
}

/** A command line part that a shell takes as one word. */
export const shellWord = (name: string): string =>
  /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
