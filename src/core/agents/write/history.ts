import type { FileEdit, FileVersion } from '../../../contract/edits.ts';
import { fail, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';

/** Every text that a file is known to have had, newest first. */
export function fileHistory(_ctx: EditContext, _path: string): Result<readonly FileVersion[]> {
  return fail('refused', 'This is not there yet.', '');
}

/** The text of a kept version, as it stood. */
export function versionText(_ctx: EditContext, _path: string, _version: string): Result<string> {
  return fail('refused', 'This is not there yet.', '');
}

/** Remembers the texts that stand in these files now, so that what others wrote has a history too. */
export function noteSeen(_ctx: EditContext, _paths: readonly string[]): Result<null> {
  return fail('refused', 'This is not there yet.', '');
}

/** The edit that puts a kept version back. */
export function editsToRestore(
  _ctx: EditContext,
  _path: string,
  _version: string,
): Result<readonly FileEdit[]> {
  return fail('refused', 'This is not there yet.', '');
}
