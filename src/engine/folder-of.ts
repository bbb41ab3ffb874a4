import { realpathSync, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { agentsAbove } from '../core/agents/above.ts';
import { ledgerAt } from '../core/aex/find.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { EngineOptions } from './options.ts';
import { isInsideRoots } from './roots.ts';

/**
 * The folder that a dropped or typed path stands for: a `.vek`, or what lies in one, stands for the folder that holds
 * it, and a file of an agent for its fleet, as far as that may be opened. A file that is a ledger stands for itself.
 */
export function folderOf(path: string, roots: EngineOptions['roots']): Result<string> {
  try {
    const real = realpathSync(path);
    const isFolder = statSync(real).isDirectory();
    const folder = isFolder ? real : dirname(real);
    const parts = folder.split(sep);
    const store = parts.lastIndexOf('.vek');
    if (store >= 1) {
      const holder = parts.slice(0, store).join(sep) || sep;
      return ok(isInsideRoots(roots, holder) ? holder : folder);
    }
    if (!isFolder && ledgerAt(real).ok) return ok(real);
    const agents = isFolder ? null : agentsAbove(folder);
    return ok(agents !== null && isInsideRoots(roots, agents.path) ? agents.path : folder);
  } catch (error) {
    return fail(
      'not-found',
      `${path} is not there, or can't be read.`,
      'Check the path. A folder on a drive that is not connected can be opened once it is.',
      String(error),
    );
  }
}
