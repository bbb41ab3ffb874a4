import type { Draft } from '../../../contract/drafts.ts';
import type { FileEdit } from '../../../contract/edits.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from './context.ts';

/** What the runtime would make of texts that are being written. */
export function draftOf(_ctx: EditContext, _edits: readonly FileEdit[]): Result<Draft> {
  return fail('refused', 'This is not there yet.', '');
}
