import { randomBytes } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fail, ok, type Result } from '../../result.ts';
import { resolveInside } from '../../storage/inside.ts';
import { systemFailure } from '../../storage/failures.ts';
import { withinRoot } from '../folder.ts';
import type { AgentsRoot } from '../places.ts';

/** Where a file is written: its real path inside of what is opened, and the folders that are missing above it. */
export type WritePlace = {
  readonly real: string;
  /** real paths, outermost first */
  readonly missing: readonly string[];
};

/**
 * Where a path of a root leads. A linked file is written where it really lies, and what leads out of the opened folder is
 * refused. Nothing is created.
 */
export function writePlace(root: AgentsRoot, path: string): Result<WritePlace> {
  const at = withinRoot(root, path);
  if (!at.ok) return at;
  const [home, rest] = at.value;
  const names = rest.split('/');
  if (names.some((name) => name === '' || name === '.') || rest.includes('\\')) {
    return fail('bad-request', `“${path}” is no name of a file.`, 'Use a name without empty parts.');
  }
  try {
    const missing: string[] = [];
    let folder = join(home, ...names.slice(0, -1));
    while (folder !== home && lstatSync(folder, { throwIfNoEntry: false }) === undefined) {
      missing.unshift(folder);
      folder = dirname(folder);
    }
    const real = resolveInside(home, folder);
    if (!real.ok) return real;
    if (!lstatSync(real.value).isDirectory()) {
      return fail('refused', `${relative(home, folder)} is not a folder.`, 'Choose another name.');
    }
    const made = missing.map((one) => join(real.value, relative(folder, one)));
    const file = join(made.at(-1) ?? real.value, names.at(-1)!);
    if (made.length > 0) return ok({ real: file, missing: made });
    const target = resolveInside(home, file);
    return target.ok ? ok({ real: target.value, missing: [] }) : target;
  } catch (error) {
    return systemFailure(error, path);
  }
}

/**
 * The paths that writing a file concerns: its own, and where links lead to another place of the root, that of the file
 * that is really written, which may be another agent's.
 */
export function pathsWritten(root: AgentsRoot, path: string): readonly string[] {
  const place = path.startsWith('../') ? null : writePlace(root, path);
  if (place?.ok !== true) return [path];
  const home = resolveInside(root.path, root.path);
  const real = home.ok ? relative(home.value, place.value.real).split(sep).join('/') : path;
  return real === path ? [path] : [path, real];
}

/** Names in the folder of a file for a text that is being written, as the runtime names its own (§14). */
export function temporaryNames(real: string): { readonly writing: string; readonly ready: string } {
  const name = (): string => `.${basename(real)}.${randomBytes(4).toString('hex')}.tmp`;
  return { writing: name(), ready: name() };
}
