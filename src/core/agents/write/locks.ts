import { basename, dirname, join } from 'node:path';
import { ok, type Result } from '../../result.ts';
import { systemFailure } from '../../storage/failures.ts';
import { takeKernelLock, type KernelLock } from '../../storage/kernel-lock.ts';
import { resolveInside } from '../../storage/inside.ts';
import type { EditContext } from '../edit/context.ts';
import { placeOf } from '../file-kind.ts';
import { withinRoot } from '../folder.ts';
import { pathsWritten } from './place.ts';

/**
 * The lock that the runtime takes while it writes a file, as found in its code (formats/atomic-agents.md §14); null: it
 * takes none, and only comparing protects what is written at the same moment.
 *
 * - a memory note: `<note>.md.lock` beside it, when it merges into a note or finds it again. A new note is made without.
 * - `goal.md`: `.goal.lock` in the same folder, for every change and for archiving.
 * - a day of the journal: `.journal.lock` in the agent's folder, one for all days.
 * - `mcp.md`: `.mcp_registry.lock` in the agent's folder, when a server is installed or removed.
 * - indexes, wiki pages, own and shared personas, settings, skills, escalations, tuning reports: none. For an escalation the
 *   runtime makes a marker that only one process can make, after it has read the answer.
 *
 * The agent's `.lock` is of its runs, and never taken.
 */
function lockNameOf(ctx: EditContext, path: string): string | null {
  const { kind, within } = placeOf(ctx.folder, path);
  const agentDir = path.slice(0, path.length - within.length);
  switch (kind) {
    case 'memory-note':
      return ctx.folder.isFile(path) ? `${path}.lock` : null;
    case 'goal':
      return `${path.slice(0, -basename(path).length)}.goal.lock`;
    case 'journal':
      return `${agentDir}.journal.lock`;
    case 'mcp':
      return `${agentDir}.mcp_registry.lock`;
    default:
      return null;
  }
}

/**
 * Takes the runtime's locks of these files, in the order of their names. Where a folder is still missing nobody can hold
 * one; where the system has no such locks (Windows, or neither `flock` nor Perl) writing goes on by comparing alone.
 */
export function takeFileLocks(ctx: EditContext, paths: readonly string[]): Result<() => void> {
  const written = paths.flatMap((path) => pathsWritten(ctx.folder.root, path));
  const names = [...new Set(written.map((path) => lockNameOf(ctx, path)))].filter((name) => name !== null);
  const held: KernelLock[] = [];
  const release = (): void => {
    for (const lock of held.splice(0)) lock.release();
  };
  for (const name of names.sort()) {
    const taken = takeOne(ctx, name);
    if (!taken.ok) {
      release();
      return taken;
    }
    if (taken.value !== null) held.push(taken.value);
  }
  return ok(release);
}

function takeOne(ctx: EditContext, name: string): Result<KernelLock | null> {
  const at = withinRoot(ctx.folder.root, name);
  if (!at.ok) return at;
  const [home, rest] = at.value;
  try {
    const folder = resolveInside(home, join(home, dirname(rest)));
    if (!folder.ok) return folder.error.kind === 'not-found' ? ok(null) : folder;
    return takeKernelLock(join(folder.value, basename(rest)));
  } catch (error) {
    return systemFailure(error, name);
  }
}
