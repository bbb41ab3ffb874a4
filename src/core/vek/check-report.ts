import type { CheckReport, Problem, Severity } from '../../contract/vek.ts';
import { namedUsers, problemOf } from './check-findings.ts';
import { indexProblems } from './check-indexes.ts';
import { SECTION, type DamagedObject, type Found, type PartOutput, type Usage } from './check-types.ts';

/** Puts together what the workers found: nodes by row, then objects, refs by name, and the rest. */
export function makeReport(parts: readonly PartOutput[]): CheckReport {
  const found = parts.flatMap((part) => [...part.found]);
  const usage = joinUsage(parts);
  const present = new Set<string>();
  for (const object of parts.flatMap((part) => [...part.damaged])) {
    present.add(object.hash);
    found.push({ section: SECTION.objects, row: object.row, problem: damagedProblem(object, usage) });
  }
  for (const [hash, users] of usage) {
    if (present.has(hash)) continue;
    // In the order of the calls that miss them.
    const row = users.users[0]?.row ?? 0;
    found.push({ section: SECTION.missing, row, problem: missingProblem(hash, users) });
  }
  const sum = (count: (checked: PartOutput['checked']) => number): number =>
    parts.reduce((total, part) => total + count(part.checked), 0);
  const checked = { nodes: sum((c) => c.nodes), objects: sum((c) => c.objects), refs: sum((c) => c.refs) };
  const indexes = parts.flatMap((part) => part.indexes);
  const problems = sorted(found).map((one) => one.problem);
  problems.push(...indexProblems(indexes, checked), ...unlistedProblems(parts));
  return {
    ok: !problems.some((problem) => problem.severity === 'error'),
    problems,
    checked,
  };
}

/** A stable sort: problems of one row stay in the order in which they were found. */
function sorted(found: Found[]): Found[] {
  return found.sort((a, b) => a.section - b.section || (a.row === b.row ? 0 : a.row - b.row));
}

function joinUsage(parts: readonly PartOutput[]): Map<string, Usage> {
  const joined = new Map<string, Usage>();
  for (const part of parts) {
    for (const [hash, { count, users }] of part.usage) {
      const there = joined.get(hash);
      if (there === undefined) joined.set(hash, { count, users: [...users] });
      else {
        there.count += count;
        there.users.push(...users);
      }
    }
  }
  for (const { users } of joined.values()) users.sort((a, b) => a.row - b.row).splice(namedUsers);
  return joined;
}

function damagedProblem({ hash, kind, what }: DamagedObject, usage: ReadonlyMap<string, Usage>): Problem {
  const users = usedBy(usage.get(hash));
  if (kind === 'object-altered') {
    const message = `The object ${hash} was altered: recomputed hash is ${what}. ${users}`;
    return problemOf(kind, 'error', hash, message);
  }
  const message = `The object ${hash} ${what}. The fsck of the Python tool fails on it instead of reporting. ${users}`;
  return problemOf(kind, 'error', hash, message);
}

function missingProblem(hash: string, users: Usage): Problem {
  const name = hash.length === 64 ? hash : `“${hash}”`;
  const message = `The object ${name} is missing; the Python tool shows null in its place. ${usedBy(users)}`;
  return problemOf('object-missing', 'error', hash, message);
}

function usedBy(usage: Usage | undefined): string {
  if (usage === undefined) return 'No call uses it.';
  const names = usage.users.map((user) => user.node);
  const more = usage.count - names.length;
  const list = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return usage.count === 1
    ? `It is used once, by the call ${list}.`
    : `It is used ${usage.count} times, by the calls ${list}.`;
}

/** One problem for each kind of which there were more than a list can hold. */
function unlistedProblems(parts: readonly PartOutput[]): Problem[] {
  const more = new Map<string, { count: number; severity: Severity }>();
  for (const part of parts) {
    for (const [kind, count] of part.unlisted) {
      const severity = part.found.find((one) => one.problem.kind === kind)?.problem.severity ?? 'error';
      more.set(kind, { count: (more.get(kind)?.count ?? 0) + count, severity });
    }
  }
  return [...more].map(([kind, { count, severity }]) =>
    problemOf(
      kind,
      severity,
      null,
      `${count} more problems of the kind “${kind}” were found and are not listed.`,
    ),
  );
}
