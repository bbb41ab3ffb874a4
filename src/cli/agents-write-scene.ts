import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { agentsAbove } from '../core/agents/above.ts';
import { editContext, type EditContext } from '../core/agents/edit/context.ts';
import type { AgentsRoot } from '../core/agents/places.ts';
import { recoverEdits } from '../core/agents/write/recover.ts';
import { ok, type Result } from '../core/result.ts';
import { dataDirPath } from '../core/storage/data-dir.ts';
import { dayOf, rootOf } from './agents-scene.ts';
import type { Call } from './command.ts';

/** Where a verb that writes into agent folders works, and the file that was named, below its root. */
export type WriteScene = { readonly ctx: EditContext; readonly path: string | null };

/**
 * The root of `dir`, else of the current folder, else the one that the named file lies in; what an earlier process left
 * half done is ended first, and said on standard error. `named`: a path as a person gives it, or another word.
 */
export function writeScene(call: Call, dir: string | undefined, named: string): Result<WriteScene> {
  const day = dayOf(call);
  if (!day.ok) return day;
  const root = sceneRoot(call, dir, named);
  if (!root.ok) return root;
  const { today } = call.options;
  const ctx = editContext(root.value, dataDirPath(), typeof today === 'string' ? today : null, 'terminal');
  const ended = recoverEdits(ctx);
  if (!ended.ok) return ended;
  for (const message of ended.value) call.out.note(message);
  return ok({ ctx, path: pathBelow(ctx, call.start, named) });
}

function sceneRoot(call: Call, dir: string | undefined, named: string): Result<AgentsRoot> {
  if (dir !== undefined) return rootOf(resolve(call.start, dir));
  const here = rootOf(call.start);
  const file = resolve(call.start, named);
  if (!existsSync(file)) return here;
  if (here.ok && !relative(realPath(here.value.path), realPath(file)).startsWith('..')) return here;
  const around = agentsAbove(dirname(realPath(file)));
  return around === null ? here : ok(around);
}

/** The path below the root of what a person named: as seen from the current folder, else from the root. */
function pathBelow({ folder }: EditContext, start: string, named: string): string | null {
  const below = relative(realPath(folder.root.path), realPath(resolve(start, named)))
    .split(sep)
    .join('/');
  const outside = below === '' || isAbsolute(below) || below.startsWith('..');
  if (folder.isFile(below)) return below;
  if (folder.isFile(named)) return named;
  if (!outside) return below;
  return isAbsolute(named) ? null : named;
}

/** Where a path leads; of a file that is not there, where its folder leads. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), basename(path));
  }
}
