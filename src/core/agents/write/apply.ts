import type { Edit, EditPlan } from '../../../contract/edits.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';

export function applyEdit(_ctx: EditContext, _plan: EditPlan): Result<Edit> {
  return fail('refused', 'This is not there yet.', '');
}
