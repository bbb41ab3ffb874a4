import type { Head } from '../contract/vek.ts';
import { fail, ok, type Failure, type Result } from '../core/result.ts';
import { lockedBy } from '../core/vek/apply-head.ts';
import { readHeadLock } from '../core/vek/head.ts';
import type { BranchTip } from '../core/vek/merge/analysis.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { mergeBlocked, mergeTips } from '../core/vek/plan-merge.ts';
import { headUnreadable } from '../core/vek/plan-scene.ts';
import type { VekLook } from '../core/vek/store.ts';

/** Two branches as they stand in a look, and why merging them could not be written now. */
export type FoundBranches = {
  readonly into: BranchTip;
  readonly from: BranchTip;
  readonly blocked: string | null;
};

/** The branch that a merge goes into where none is named: the current one. */
export function intoBranch(head: Head, into: string | null): Result<string> {
  if (into !== null) return ok(into);
  switch (head.state) {
    case 'branch':
      return ok(head.branch);
    case 'missing':
      return fail(
        'not-found',
        'HEAD is missing, so there is no current branch to merge into.',
        'Choose the branch to merge into.',
      );
    case 'unreadable':
      return headUnreadable(head.reason);
  }
}

/**
 * Finds the tips of a merge. Fails in words where there is nothing to look at or the two can't be merged at all; what
 * only forbids writing now is `blocked`.
 */
export function findBranches(
  s: VekLook,
  paths: RepositoryPaths,
  into: string,
  from: string,
): Result<FoundBranches> {
  if (into === from) {
    return fail('bad-request', `“${into}” can’t be merged into itself.`, 'Name another branch.');
  }
  const tips = mergeTips(s, into, from);
  if (!tips.ok) return tips;
  const blocked = mergeBlocked(s, paths) ?? heldBySession(paths);
  return ok({
    into: { name: into, tip: tips.value.ours },
    from: { name: from, tip: tips.value.theirs },
    blocked: blocked === null ? null : `${blocked.message} ${blocked.hint}`,
  });
}

function heldBySession(paths: RepositoryPaths): Failure | null {
  const lock = readHeadLock(paths);
  if (lock === null || lock.stale) return null;
  const locked: Result<never> = lockedBy(lock.sinceMicros);
  return locked.ok ? null : locked.error;
}
