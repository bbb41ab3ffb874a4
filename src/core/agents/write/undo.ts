import type { Edit, FileEdit } from '../../../contract/edits.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';

/** The edits that take a recorded write back, and that write. */
export function editsToUndo(
  _ctx: EditContext,
  _edit: string,
): Result<{ readonly of: Edit; readonly edits: readonly FileEdit[] }> {
  return fail('refused', 'This is not there yet.', '');
}
