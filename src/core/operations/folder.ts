import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { resolveInside } from '../storage/inside.ts';
import { syncFolder } from '../storage/replace.ts';

/** Where Vekscope keeps its own files of one repository, inside `.vek`. */
export type RecordFolder = {
  readonly dir: string;
  readonly exists: boolean;
  readonly journal: string;
  readonly applyLock: string;
  readonly trash: string;
};

/**
 * The folder `.vek/vekscope`, whether or not it is there. Refuses a symbolic link that leads out of `.vek`, and
 * links in place of the files inside.
 */
export function recordFolder(vekDir: string): Result<RecordFolder> {
  const resolved = resolveInside(vekDir, 'vekscope');
  if (!resolved.ok) return resolved;
  const dir = resolved.value;
  const folder = {
    dir,
    exists: false,
    journal: join(dir, 'operations.jsonl'),
    applyLock: join(dir, 'apply.lock'),
    trash: join(dir, 'trash'),
  };
  try {
    const stat = lstatSync(dir, { throwIfNoEntry: false });
    if (stat === undefined) return ok(folder);
    if (!stat.isDirectory()) return notOurs(dir, 'is not a folder');
    for (const path of [folder.journal, folder.applyLock, folder.trash]) {
      if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
        return notOurs(path, 'is a symbolic link');
    }
    return ok({ ...folder, exists: true });
  } catch (error) {
    return systemFailure(error, dir);
  }
}

/** The same, made where it is missing: part of a write, never of looking. */
export function ensureRecordFolder(vekDir: string): Result<RecordFolder> {
  const found = recordFolder(vekDir);
  if (!found.ok || found.value.exists) return found;
  try {
    mkdirSync(found.value.dir, { recursive: true });
    syncFolder(vekDir);
  } catch (error) {
    return systemFailure(error, found.value.dir);
  }
  return recordFolder(vekDir);
}

/** The file that keeps what an operation made unreachable. */
export function trashFile(folder: RecordFolder, operation: string): string {
  return join(folder.trash, `${operation}.jsonl`);
}

function notOurs(path: string, what: string) {
  return fail(
    'refused',
    `${path} ${what}; Vekscope does not make such, and neither reads it nor writes through it.`,
    'Look at where it comes from, and remove it if you can do without.',
  );
}
