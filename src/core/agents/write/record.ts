import type { Edit } from '../../../contract/edits.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';

export function listEdits(_ctx: EditContext): Result<readonly Edit[]> {
  return fail('refused', 'This is not there yet.', '');
}
