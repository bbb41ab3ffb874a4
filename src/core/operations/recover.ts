import { settle } from '../vek/apply-settle.ts';
import { removeLeftovers } from '../vek/apply-head.ts';
import type { RepositoryPaths } from '../vek/paths.ts';
import { systemFailure } from '../storage/failures.ts';
import { takeApplyLock } from './apply-lock.ts';
import { probe, type WriteContext } from './context.ts';
import { recordFolder } from './folder.ts';
import { findInstallation, type Installation } from './installation.ts';
import { readJournal, type Entry } from './journal.ts';
import type { RecordFolder } from './folder.ts';
import type { Result } from '../result.ts';

/** What an opening did about writes that were left half done, in plain words; empty when there was nothing to do. */
export type Recovery = { readonly messages: readonly string[] };

/**
 * Ends what this installation began and a crash cut off: completes it or rolls it back. Touches nothing of others,
 * nothing of a write that still runs, and no file at all where nothing is left over. May be repeated and may itself
 * be cut off.
 */
export function recover(paths: RepositoryPaths, ctx: WriteContext): Recovery {
  const installation = findInstallation(ctx.dataDir);
  if (installation === null) return { messages: [] };
  const folder = recordFolder(paths.dir);
  if (!folder.ok) return { messages: [folder.error.message] };
  if (!folder.value.exists) return { messages: [] };
  const pending = pendingOf(folder.value, installation);
  if (!pending.ok) return { messages: [pending.error.message] };
  if (pending.value.length === 0) return { messages: [] };
  try {
    const lock = takeApplyLock(folder.value, 0);
    if (!lock.ok)
      return lock.error.kind === 'locked' ? { messages: [] } : { messages: [cannot(lock.error.message)] };
    try {
      probe(ctx, 'recover-locked');
      removeLeftovers(folder.value);
      return { messages: settleAll(paths, ctx, installation, folder.value) };
    } finally {
      lock.value();
    }
  } catch (error) {
    return { messages: [cannot(systemFailure(error, paths.dir).error.message)] };
  }
}

function settleAll(
  paths: RepositoryPaths,
  ctx: WriteContext,
  installation: Installation,
  folder: RecordFolder,
): string[] {
  const pending = pendingOf(folder, installation);
  if (!pending.ok) return [pending.error.message];
  return pending.value.map((entry) => {
    const settled = settle({ paths, ctx, installation, folder }, entry.begin);
    return settled.ok ? settled.value : cannot(settled.error.message);
  });
}

function pendingOf(folder: RecordFolder, installation: Installation): Result<Entry[]> {
  const journal = readJournal(folder, installation);
  if (!journal.ok) return journal;
  return { ok: true, value: journal.value.entries.filter((entry) => entry.own && entry.done === null) };
}

function cannot(message: string): string {
  return `A write was left half done and can't be ended yet: ${message}`;
}
