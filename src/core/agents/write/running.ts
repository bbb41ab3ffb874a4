import { join } from 'node:path';
import type { ChangeKind } from '../../../contract/edits.ts';
import type { EditContext } from '../edit/context.ts';
import { placeOf } from '../file-kind.ts';
import { kernelLocks, readRunning } from '../lock.ts';
import { pathsWritten } from './place.ts';

/** What is safe beside a run: the runtime reads an answer when it polls, and entries of the journal have a lock of their own. */
const BESIDE_A_RUN: ReadonlySet<ChangeKind> = new Set(['resolve', 'journal']);

/** A former text beside a note; the note itself is what a person knows. */
const isKept = (path: string): boolean => path.includes('/.versions/');

/**
 * Why these files can't be written at this moment, in words: an agent that writes them too is running
 * (formats/atomic-agents.md §14). Null: they can. The agent's `.lock` is only looked at, never taken.
 */
export function blockedByRun(ctx: EditContext, does: ChangeKind, paths: readonly string[]): string | null {
  if (BESIDE_A_RUN.has(does)) return null;
  const running = new Map<string, boolean>();
  let locks: ReturnType<typeof kernelLocks> | undefined;
  const written = paths.flatMap((path) => pathsWritten(ctx.folder.root, path));
  for (const path of written.toSorted((a, b) => Number(isKept(a)) - Number(isKept(b)))) {
    const { agent, within, writtenBy } = placeOf(ctx.folder, path);
    if (agent === null || (writtenBy !== 'both' && writtenBy !== 'agent')) continue;
    let runs = running.get(agent);
    if (runs === undefined) {
      locks ??= kernelLocks();
      const dir = join(ctx.folder.root.path, path.slice(0, path.length - within.length));
      const { state } = readRunning(dir, locks);
      runs = state === 'running' || state === 'probably';
      running.set(agent, runs);
    }
    if (runs)
      return `${agent} is running, and writes ${path} itself. It can be written when the run is over.`;
  }
  return null;
}
