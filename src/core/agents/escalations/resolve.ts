import type { Change, FileEdit } from '../../../contract/edits.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';

/** The edit of an escalation file that the runtime takes for an answer (formats/atomic-agents.md §11). */
export function editsToResolve(
  _ctx: EditContext,
  _change: Extract<Change, { do: 'resolve' }>,
): Result<readonly FileEdit[]> {
  return fail('refused', 'This is not there yet.', '');
}
