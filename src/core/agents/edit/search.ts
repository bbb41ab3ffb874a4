import type { SearchAnswer } from '../../../contract/drafts.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from './context.ts';

/** Where a text occurs in the files of an agent, or of all. */
export function searchFiles(_ctx: EditContext, _agent: string | null, _text: string): Result<SearchAnswer> {
  return fail('refused', 'This is not there yet.', '');
}
