import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from './failures.ts';
import { isLink } from './files.ts';

/**
 * The real path of `path`, which must lie in `root` after all symbolic links are resolved. The last part need not
 * exist yet; its folder must. Refuses what leads out.
 */
export function resolveInside(root: string, path: string): Result<string> {
  try {
    const realRoot = realpathSync.native(root);
    const real = realPath(isAbsolute(path) ? path : join(realRoot, path));
    const way = relative(realRoot, real);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
      return fail(
        'refused',
        `${path} leads out of the opened folder, to ${real}.`,
        'Open the folder it leads to instead, if you trust it.',
      );
    }
    return ok(real);
  } catch (error) {
    return systemFailure(error, path);
  }
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error;
    const folder = dirname(path);
    if (folder === path || isLink(path)) throw error;
    return join(realpathSync.native(folder), basename(path));
  }
}
