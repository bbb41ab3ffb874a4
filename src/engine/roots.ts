import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** True when `path`, with links resolved, is one of the roots or lies in one. `roots` null means any folder. */
export function isInsideRoots(roots: readonly string[] | null, path: string): boolean {
  if (roots === null) return true;
  const target = real(path);
  return roots.some((root) => {
    const way = relative(real(root), target);
    return way === '' || (!way.startsWith('..') && !isAbsolute(way));
  });
}
