import { ok, type Result } from '../result.ts';
import { currentBranch } from './log.ts';
import type { VekLook } from './store.ts';

/** What vek's status tells (formats/vek.md §6): `tip` is null on an unborn branch, the rest counts rows. */
export type VekStatus = {
  readonly branch: string;
  readonly tip: string | null;
  readonly nodes: number;
  readonly objects: number;
  readonly refs: number;
};

/** The status of a repository. Fails where HEAD is missing or unreadable. */
export function status(s: VekLook): Result<VekStatus> {
  const branch = currentBranch(s);
  if (!branch.ok) return branch;
  return ok({ branch: branch.value, tip: s.ref(branch.value), ...s.counts() });
}
