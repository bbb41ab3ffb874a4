import type { Problem, ProblemFacts, ProblemKind, Severity } from '../../contract/problem.ts';
import { limits } from '../storage/limits.ts';
import type { Found, Usage } from './check-types.ts';

/** Collects what a worker finds. */
export type Findings = {
  readonly found: Found[];
  readonly unlisted: Map<ProblemKind, number>;
  readonly usage: Map<string, Usage>;
  add(section: number, row: number, problem: Problem): void;
  /** Remembers that a call uses a damaged or missing object. */
  use(object: string, node: string, row: number): void;
};

/** Calls that are named for each damaged object; the count is never cut. */
export const namedUsers = 20;

/** Makes an empty collection. Beyond `limits.checkProblems` of one kind, problems are counted, not listed. */
export function makeFindings(): Findings {
  const found: Found[] = [];
  const unlisted = new Map<ProblemKind, number>();
  const listed = new Map<ProblemKind, number>();
  const usage = new Map<string, Usage>();
  return {
    found,
    unlisted,
    usage,
    add(section, row, problem) {
      const seen = (listed.get(problem.kind) ?? 0) + 1;
      listed.set(problem.kind, seen);
      const most = problem.severity === 'error' ? limits.checkProblems : limits.checkNotices;
      if (seen <= most) found.push({ section, row, problem });
      else unlisted.set(problem.kind, (unlisted.get(problem.kind) ?? 0) + 1);
    },
    use(object, node, row) {
      const there = usage.get(object);
      if (there === undefined) usage.set(object, { count: 1, users: [{ row, node }] });
      else {
        there.count++;
        if (there.users.length < namedUsers) there.users.push({ row, node });
      }
    },
  };
}

/** Makes a problem of a node or an object. */
export function problemOf(
  kind: ProblemKind,
  severity: Severity,
  hash: string | null,
  message: string,
  facts?: ProblemFacts,
): Problem {
  return { kind, severity, hash, ref: null, message, ...(facts === undefined ? {} : { facts }) };
}

/** The problem of an object that has two rows. */
export function storedTwice(name: string): Problem {
  const message = `The object ${name} is stored twice, which the index of the table should not allow.`;
  return problemOf('duplicate-row', 'error', name, message, { table: 'objects' });
}
