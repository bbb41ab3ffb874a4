import type { ChangeSet, ChangeSetInput } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';

/** Edits that are not written yet, the newest set first. */
export function listSets(_ctx: EditContext): Result<readonly ChangeSet[]> {
  return ok([]);
}

/** Keeps a set, with the texts that its edits were made from. */
export function saveSet(_ctx: EditContext, _set: ChangeSetInput): Result<ChangeSet> {
  return fail('refused', 'This is not there yet.', '');
}

export function dropSet(_ctx: EditContext, _id: string): Result<null> {
  return fail('refused', 'This is not there yet.', '');
}
