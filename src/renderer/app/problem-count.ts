import type { VekOverview } from '../../contract/vek.ts';
import type { Source } from '../../contract/workspace.ts';
import { useLedgerOverview } from './ledgers.ts';
import { problemsOf, type Problems } from './problems-of.ts';

export const problemCount = (source: Source, overview: VekOverview | null): number =>
  sum(problemsOf(source, overview));

const sum = ({ errors, warnings }: Problems): number => errors + warnings;

/** How many problems there are, and whether the worst is an error, as it becomes known of any kind of source. */
export function useProblems(
  source: Source | null,
  overview: VekOverview | null,
): { readonly count: number; readonly tone: 'bad' | 'warn' } {
  const { value } = useLedgerOverview(source?.kind === 'aex' ? source.id : null);
  if (source === null) return { count: 0, tone: 'warn' };
  const problems = problemsOf(source, overview, value?.report ?? null);
  return { count: sum(problems), tone: problems.errors > 0 ? 'bad' : 'warn' };
}
