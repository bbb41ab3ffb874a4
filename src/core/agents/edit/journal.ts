import type { FileEdit } from '../../../contract/edits.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from './context.ts';

/** The edit that adds a text to today's entry (formats/atomic-agents.md §2.7). */
export function editsToJournal(
  _ctx: EditContext,
  _agent: string,
  _text: string,
): Result<readonly FileEdit[]> {
  return fail('refused', 'This is not there yet.', '');
}
