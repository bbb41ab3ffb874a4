import type { VekOverview } from '../../../../contract/vek.ts';
import { openMergePreview } from '../../../state/merge-form.ts';
import { useWorkspaceStore } from '../../../state/workspace.ts';

/** The name of the current branch of a source where it has a call; else null. */
export function currentBranch(source: string): string | null {
  const overview = useWorkspaceStore.getState().overviews[source]?.value ?? null;
  return overview === null ? null : currentOf(overview);
}

/** The current branch of an overview, where it has a call; else null. */
export const currentOf = ({ branches }: Pick<VekOverview, 'branches'>): string | null =>
  branches.find((branch) => branch.current)?.name ?? null;

/**
 * Opens the preview of merging a branch into the current one. Where that is no question (no branch, or the current one
 * itself) the dialog asks for a branch first.
 */
export function askToMerge(source: string, from: string | null): void {
  const into = currentBranch(source);
  openMergePreview(source, { into, from: from === into ? null : from });
}
