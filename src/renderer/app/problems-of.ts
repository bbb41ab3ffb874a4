import type { ReportSummary } from '../../contract/ledger.ts';
import type { VekOverview } from '../../contract/vek.ts';
import type { Source } from '../../contract/workspace.ts';

/** How many problems that are known of a source need a person: notices do not count. */
export type Problems = { readonly errors: number; readonly warnings: number };

export function problemsOf(
  source: Source,
  overview: VekOverview | null,
  report: ReportSummary | null = null,
): Problems {
  if (overview !== null) return overview.findings;
  if (report !== null && !report.stale) return report;
  const of = (wanted: string) => source.problems.filter(({ severity }) => severity === wanted).length;
  return { errors: of('error'), warnings: of('warning') };
}
