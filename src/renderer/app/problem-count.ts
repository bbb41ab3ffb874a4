import type { VekOverview } from '../../contract/vek.ts';
import type { Source } from '../../contract/workspace.ts';

/** How many problems that are known of a source need a person: notices do not count. */
export const problemCount = (source: Source, overview: VekOverview | null): number =>
  overview === null
    ? source.problems.filter((problem) => problem.severity !== 'notice').length
    : overview.findings.errors + overview.findings.warnings;
