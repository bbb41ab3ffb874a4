import type { ReportSummary } from '../../contract/ledger.ts';
import type { VekOverview } from '../../contract/vek.ts';
import type { Source } from '../../contract/workspace.ts';
import { useLedgerOverview } from './ledgers.ts';

/** How many problems that are known of a source need a person: notices do not count. */
export const problemCount = (
  source: Source,
  overview: VekOverview | null,
  report: ReportSummary | null = null,
): number => {
  if (overview !== null) return overview.findings.errors + overview.findings.warnings;
  if (report !== null && !report.stale) return report.errors + report.warnings;
  return source.problems.filter((problem) => problem.severity !== 'notice').length;
};

/** The same of any kind of source, as it becomes known. */
export function useProblemCount(source: Source | null, overview: VekOverview | null): number {
  const { value } = useLedgerOverview(source?.kind === 'aex' ? source.id : null);
  return source === null ? 0 : problemCount(source, overview, value?.report ?? null);
}
