import type { CheckReport, Problem, ProblemKind, Severity } from '../../contract/problem.ts';
import { namedUsers, problemOf } from './check-findings.ts';
import { indexProblems } from './check-indexes.ts';
import { notChecked, soundFacts } from './check-sound.ts';
import type { Structure } from './check-structure.ts';
import {
  SECTION,
  type DamagedObject,
  type Found,
  type PartOutput,
  type Usage,
  type WholeFacts,
} from './check-types.ts';
import { cutOffOf, type Gap } from './cut-off.ts';

/**
 * Puts together what the workers found: nodes by row, then objects, refs by name, and the rest. `structure`: what
 * another step saw of the pages, null where it saw another state of the file.
 */
export function makeReport(parts: readonly PartOutput[], structure: Structure | null = null): CheckReport {
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
  const seen = parts.find((part) => part.whole !== null)?.whole;
  if (seen === undefined || seen === null) throw new Error('No worker looked at the whole.');
  const whole: WholeFacts = { ...seen, structure: seen.structure ?? structure };
  problems.push(...indexProblems(indexes, checked), ...structureProblems(whole), ...unlistedProblems(parts));
  return {
    ok: !problems.some((problem) => problem.severity === 'error'),
    problems,
    checked,
    sound: soundFacts(whole, checked, indexes, problems),
    notChecked: notChecked(
      whole,
      indexes.every((index) => index.compared),
      problems,
    ),
    cutOff: cutOffAt(whole, found),
  };
}

function structureProblems({ structure }: WholeFacts): Problem[] {
  if (structure?.state !== 'broken') return [];
  const said = structure.messages.join('; ');
  const message = `SQLite’s own check of the pages of vek.db is not content: ${said}. The rows that could be read were checked one by one.`;
  return [problemOf('file-structure', 'error', null, message)];
}

const GAPS: ReadonlySet<ProblemKind> = new Set(['parent-missing', 'merge-parent-missing', 'ref-dangling']);

/** The calls that no ref reaches, where the history has gaps. */
function cutOffAt({ unreached }: WholeFacts, found: readonly Found[]): CheckReport['cutOff'] {
  const gaps = found.flatMap(({ problem, row }): Gap[] => {
    if (!GAPS.has(problem.kind)) return [];
    if (problem.kind === 'ref-dangling') return [{ name: problem.ref ?? '', row: null }];
    return [{ name: problem.hash ?? '', row }];
  });
  const byNode = new Map(unreached.listed.map((part) => [part.node, part]));
  const cutOff = cutOffOf(unreached.listed, gaps, ({ node }) => {
    const { hash, tool, timestamp } = byNode.get(node) as (typeof unreached.listed)[number];
    return { hash, tool, timestamp };
  });
  return cutOff === null ? null : { ...cutOff, calls: unreached.calls, parts: unreached.parts };
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

function damagedProblem(object: DamagedObject, usage: ReadonlyMap<string, Usage>): Problem {
  const { hash, kind, row } = object;
  const users = usedBy(usage.get(hash));
  const facts = { ...usedFacts(usage.get(hash)), table: 'objects', row } as const;
  if (kind === 'object-altered') {
    const { computed } = object;
    const message = `The object ${hash} was altered: recomputed hash is ${computed}. ${users}`;
    return problemOf(kind, 'error', hash, message, { ...facts, computed });
  }
  const { storage, fits } = object;
  const bytes = fits ? 'the same bytes as BLOB would fit its hash' : 'its bytes do not fit its hash either';
  const message = `The object ${hash} is stored as ${storage} instead of BLOB; ${bytes}. The fsck of the Python tool fails on it instead of reporting. ${users}`;
  return problemOf(kind, 'error', hash, message, { ...facts, storage, fits });
}

function usedFacts(usage: Usage | undefined): { readonly uses: number; readonly calls: readonly string[] } {
  return { uses: usage?.count ?? 0, calls: usage?.users.map((user) => user.node) ?? [] };
}

function missingProblem(hash: string, users: Usage): Problem {
  const name = hash.length === 64 ? hash : `“${hash}”`;
  const message = `The object ${name} is missing; the Python tool shows null in its place. ${usedBy(users)}`;
  return problemOf('object-missing', 'error', hash, message, { ...usedFacts(users), table: 'objects' });
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
  const more = new Map<ProblemKind, { count: number; severity: Severity }>();
  for (const part of parts) {
    for (const [kind, count] of part.unlisted) {
      const severity = part.found.find((one) => one.problem.kind === kind)?.problem.severity ?? 'error';
      more.set(kind, { count: (more.get(kind)?.count ?? 0) + count, severity });
    }
  }
  return [...more].map(([kind, { count, severity }]) =>
    problemOf(
      'more',
      severity,
      null,
      `${count} more problems of the kind “${kind}” were found and are not listed.`,
      { named: kind, uses: count },
    ),
  );
}
