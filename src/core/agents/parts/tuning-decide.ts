import type { Change, FileEdit } from '../../../contract/edits.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';

/** The edit that decides a tuning proposal (formats/atomic-agents.md §2.16). */
export function editsToDecide(
  _ctx: EditContext,
  _change: Extract<Change, { do: 'decide' }>,
): Result<readonly FileEdit[]> {
  return fail('refused', 'This is not there yet.', '');
}
