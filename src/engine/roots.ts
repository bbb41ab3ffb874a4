import { resolveInside } from '../core/storage/inside.ts';

/** True when `path`, with links resolved, is one of the roots or lies in one. `roots` null means any folder. */
export function isInsideRoots(roots: readonly string[] | null, path: string): boolean {
  return roots === null || roots.some((root) => resolveInside(root, path).ok);
}
