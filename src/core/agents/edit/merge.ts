import type { FileEdit } from '../../../contract/edits.ts';
import type { FileMerge } from '../../../contract/file-merge.ts';
import type { DocumentDecision, MergeTexts } from '../../../contract/merge.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from './context.ts';

/** Edits beside what stands on disk now, and what both were made from. */
export type OpenFileMerge = {
  readonly open: FileMerge;
  texts(decision: DocumentDecision, limitBytes: number): Result<MergeTexts>;
  result(decisions: readonly DocumentDecision[]): Result<readonly FileEdit[]>;
};

/** Merges edits with what stands on disk now. */
export function openFileMerge(_ctx: EditContext, _edits: readonly FileEdit[]): Result<OpenFileMerge> {
  return fail('refused', 'This is not there yet.', '');
}
