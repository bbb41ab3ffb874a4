import { isConsequence, LISTED_FINDINGS, type Finding, type FindingKind } from '../contract/integrity.ts';
import type { FindingCounts, Problem, ProblemKind, Severity } from '../contract/problem.ts';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

/** How many problems an overview names; the integrity view asks for the rest. */
const OVERVIEW_PROBLEMS = 200;

/** How many findings there are of each severity, those beyond a list's limit included. */
export function countFindings(problems: readonly Problem[]): FindingCounts {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const problem of problems) {
    if (!isConsequence(problem)) counts[problem.severity] += unlisted(problem) ?? 1;
  }
  return { errors: counts.error, warnings: counts.warning, notices: counts.notice };
}

/** The problems that every overview carries: all of them as found, of very many the worst. */
export function overviewProblems(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= OVERVIEW_PROBLEMS) return problems;
  return problems
    .toSorted((a, b) => RANK[a.severity] - RANK[b.severity])
    .slice(0, OVERVIEW_PROBLEMS)
    .map(withoutLists);
}

const withoutLists = ({ kind, severity, hash, ref, message }: Problem): Problem => ({
  kind,
  severity,
  hash,
  ref,
  message,
});

/** How many problems this one stands for, where it says that a list was cut; else null. */
function unlisted({ kind, facts }: Problem): number | null {
  return kind === 'more' ? (facts?.uses ?? 1) : null;
}

/**
 * The findings that a window gets: worst first, each kind together and cut at a limit, what only repeats another one
 * left out. `place` adds where the call of a finding stands.
 */
export function listFindings(
  problems: readonly Problem[],
  place: (problem: Problem) => Pick<Finding, 'branch' | 'tool' | 'timeMicros'>,
): { readonly kinds: readonly FindingKind[]; readonly findings: readonly Finding[] } {
  const groups = new Map<ProblemKind, { severity: Severity; count: number; listed: Problem[] }>();
  for (const problem of problems) {
    if (isConsequence(problem)) continue;
    const more = unlisted(problem);
    const named = more === null ? null : (problem.facts?.named ?? null);
    const of = named === null ? undefined : groups.get(named as ProblemKind);
    if (of !== undefined) {
      of.count += more ?? 0;
      continue;
    }
    const group = groups.get(problem.kind) ?? { severity: problem.severity, count: 0, listed: [] };
    groups.set(problem.kind, group);
    group.count += 1;
    if (RANK[problem.severity] < RANK[group.severity]) group.severity = problem.severity;
    if (group.listed.length < LISTED_FINDINGS) group.listed.push(problem);
  }
  const ordered = [...groups].sort(([, a], [, b]) => RANK[a.severity] - RANK[b.severity]);
  return {
    kinds: ordered.map(([kind, { severity, count, listed }]) => ({
      kind,
      severity,
      count,
      listed: listed.length,
    })),
    findings: ordered.flatMap(([, { listed }]) =>
      listed.map((problem) => ({ ...problem, ...place(problem) })),
    ),
  };
}
