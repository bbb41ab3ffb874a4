import type { FileEdit } from '../../../contract/edits.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';

/** The edits of a fix that the doctor offers, by its id. */
export function editsToFix(_ctx: EditContext, _fix: string): Result<readonly FileEdit[]> {
  return fail('refused', 'This is not there yet.', '');
}
