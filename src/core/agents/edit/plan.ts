import type { Change, EditPlan } from '../../../contract/edits.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from './context.ts';

/** What a change would write. Nothing is written. */
export function planChange(_ctx: EditContext, _change: Change): Result<EditPlan> {
  return fail('refused', 'This is not there yet.', '');
}
