import { readFileSync, rmSync, statSync } from 'node:fs';
import { ok, type Result } from '../core/result.ts';
import { systemFailure } from '../core/storage/failures.ts';
import { limits } from '../core/storage/limits.ts';
import { keptFile, keptFiles, putKept, type KeptPlace } from '../core/vek/merge-kept-files.ts';
import { dropProgress, readProgress, saveProgress, type KeptProgress } from '../core/vek/merge-kept.ts';

const FINISHED = '.finished';
/** How many finished merges keep their choices, for an undo. */
const MOST_FINISHED = 16;

/** Puts the choices of a merge that was written aside, by its operation: undoing it brings them back. */
export function finishProgress(
  place: KeptPlace,
  into: string,
  from: string,
  operation: string,
): Result<null> {
  const kept = readProgress(place, into, from);
  if (kept.ok && kept.value !== null) {
    const put = putKept(place, operation, FINISHED, JSON.stringify(kept.value));
    if (!put.ok) return put;
    forgetOldest(place);
  }
  return dropProgress(place, into, from);
}

/** Brings the choices of a merge back that was undone, unless it was begun anew meanwhile. */
export function reviveProgress(place: KeptPlace, operation: string): Result<null> {
  const file = keptFile(place, operation, FINISHED);
  if (!file.ok) return file;
  try {
    const stat = statSync(file.value, { throwIfNoEntry: false });
    if (stat === undefined || stat.size > limits.keptProgressChars * 8) return ok(null);
    // written by this program, in the folder of its user
    const kept = JSON.parse(readFileSync(file.value, 'utf8')) as KeptProgress;
    const now = readProgress(place, kept.into, kept.from);
    if (now.ok && now.value === null) {
      const saved = saveProgress(place, kept);
      if (!saved.ok) return saved;
    }
    rmSync(file.value, { force: true });
    return ok(null);
  } catch (error) {
    return systemFailure(error, file.value);
  }
}

function forgetOldest(place: KeptPlace): void {
  const files = keptFiles(place, FINISHED);
  if (!files.ok || files.value.length <= MOST_FINISHED) return;
  const byAge = files.value
    .map((path) => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.at - a.at);
  for (const { path } of byAge.slice(MOST_FINISHED)) rmSync(path, { force: true });
}
