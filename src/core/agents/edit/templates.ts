import type { Template } from '../../../contract/drafts.ts';
import type { FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { EditContext } from './context.ts';

/** What can be made for an agent (null: for the root). */
export function templatesFor(_ctx: EditContext, _agent: string | null): Result<readonly Template[]> {
  return ok([]);
}

/** The files that a template makes of a person's answers. */
export function fromTemplate(
  _ctx: EditContext,
  _agent: string | null,
  _template: string,
  _values: ReadonlyMap<string, string>,
): Result<readonly FileEdit[]> {
  return fail('refused', 'This is not there yet.', '');
}
