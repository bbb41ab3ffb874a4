import type { Problem, VekOverview } from '../../contract/vek.ts';
import type { Source } from '../../contract/workspace.ts';

/** The problems that are known without a full check: of the overview, or of the source while there is none. */
export const knownProblems = (source: Source, overview: VekOverview | null): readonly Problem[] =>
  overview?.problems ?? source.problems;

/** How many of them need a person: notices do not count. */
export const problemCount = (source: Source, overview: VekOverview | null): number =>
  overview === null
    ? source.problems.filter((problem) => problem.severity !== 'notice').length
    : overview.findings.errors + overview.findings.warnings;
