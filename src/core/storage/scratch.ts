import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, threadId } from 'node:worker_threads';
import { dataDir } from './data-dir.ts';

let cleaned = false;
const own = new Set<string>();

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Removes what processes that no longer run left in the scratch folder. */
function removeStale(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number.parseInt(name, 10);
    if (Number.isInteger(pid) && pid !== process.pid && !isAlive(pid)) removeScratch(join(folder, name));
  }
}

/** Removes this thread's folders; the main thread also what its workers left, which may be ended at any time. */
function removeOwn(folder: string): void {
  for (const path of own) removeScratch(path);
  if (!isMainThread) return;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${process.pid}-`)) removeScratch(join(folder, name));
  }
}

/** A new empty folder of ours for copies of stores, inside the app folder; gone when the process ends. */
export function makeScratch(): string {
  const folder = join(dataDir(), 'scratch');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!cleaned) {
    cleaned = true;
    removeStale(folder);
    process.once('exit', () => removeOwn(folder));
  }
  const path = mkdtempSync(join(folder, `${process.pid}-${threadId}-`));
  own.add(path);
  return path;
}

/** Removes a folder that `makeScratch` made. */
export function removeScratch(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  own.delete(path);
}
