import type { FindingCounts } from '../../contract/problem.ts';
import { formatCount, formatCounted } from '../ui/format.ts';
import { api } from './engine.ts';
import { refreshOverview } from './engine-events.ts';
import { runCheck } from './run-check.ts';

/** Recomputes every hash of a source. Goes on in the background; `stop` of its state ends it. */
export const checkEverything = (source: string): Promise<void> =>
  runCheck(source, {
    events: (signal) => api.vek.check({ source }, { signal }),
    counted: 'records',
    endWords: ({ report }) => endWords(report.findings),
    refresh: async () => void refreshOverview(source),
  });

function endWords({ errors, warnings, notices }: FindingCounts): string {
  const all = errors + warnings + notices;
  if (all === 0) return 'Nothing is broken.';
  return `${formatCounted(all, 'finding')}, ${formatCount(errors)} of them damage.`;
}
