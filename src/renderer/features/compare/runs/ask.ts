import { openRunsForm, goToRuns } from '../../../state/runs-form.ts';
import { currentBranch } from '../../merge/preview/ask.ts';

/**
 * Compares the run up to a ref with that of the current branch. Where that is no question (no current branch, or the
 * current one itself) a dialog asks with which.
 */
export function askToCompareRuns(source: string, name: string | null): void {
  const current = currentBranch(source);
  if (name !== null && current !== null && name !== current) goToRuns(source, current, name);
  else openRunsForm(source, { a: current ?? name, b: null });
}
