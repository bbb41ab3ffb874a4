import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { limits } from '../storage/limits.ts';
import { createWhole, systemCode } from './files.ts';
import type { RecordFolder } from './folder.ts';
import { isAlive, thisProcess } from './process-mark.ts';
import { sleep } from '../storage/sleep.ts';

/** Gives the lock back. */
export type Release = () => void;

const ownerSchema = z.object({
  pid: z.int().min(1),
  start: z.string().max(200),
  token: z.string().max(100),
  sinceMs: z.number(),
});
type Owner = z.infer<typeof ownerSchema>;

/** Milliseconds after which a lock without readable content, or a guard left by a crash, counts as dead. */
const UNREADABLE_DEAD_MS = 10_000;

/**
 * Takes `.vek/vekscope/apply.lock`, so that two Vekscopes do not interleave. The lock of a process that has died is
 * taken over. Waits up to `waitMs`, then `locked` with who holds it and since when.
 */
export function takeApplyLock(
  folder: RecordFolder,
  waitMs: number = limits.applyLockWaitMs,
): Result<Release> {
  return takeProcessLock(folder.applyLock, 'this repository', waitMs);
}

/**
 * Takes a lock file of our own that says which process holds it. `what` is what is written to, for the words of
 * `locked`.
 */
export function takeProcessLock(path: string, what: string, waitMs: number): Result<Release> {
  const token = randomBytes(8).toString('hex');
  const owner: Owner = { ...thisProcess(), token, sinceMs: Date.now() };
  const text = `${JSON.stringify(owner)}\n`;
  const until = performance.now() + waitMs;
  try {
    for (;;) {
      if (createWhole(path, text)) return ok(() => release(path, token));
      if (removeDead(path)) continue;
      if (performance.now() >= until) return held(path, what);
      sleep(15);
    }
  } catch (error) {
    return systemFailure(error, path);
  }
}

function held(path: string, what: string): Result<Release> {
  const owner = readOwner(path);
  const who = owner === null ? '' : ` (process ${owner.pid}, since ${new Date(owner.sinceMs).toISOString()})`;
  return fail('locked', `Another Vekscope is writing to ${what}${who}.`, 'Try again when it is done.');
}

function readOwner(path: string): Owner | null {
  try {
    const parsed = ownerSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function isDead(path: string): boolean {
  const owner = readOwner(path);
  return owner === null ? olderThan(path, UNREADABLE_DEAD_MS) : !isAlive(owner);
}

function olderThan(path: string, ms: number): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > ms;
}

/** Removes the lock of a dead process. A guard file lets only one process do so, so that no live lock is removed. */
function removeDead(path: string): boolean {
  if (!isDead(path)) return false;
  const guard = `${path}.takeover`;
  if (!createWhole(guard, `${process.pid}\n`)) {
    if (olderThan(guard, UNREADABLE_DEAD_MS)) rmSync(guard, { force: true });
    return false;
  }
  try {
    if (!isDead(path)) return false;
    rmSync(path, { force: true });
    return true;
  } finally {
    rmSync(guard, { force: true });
  }
}

function release(path: string, token: string): void {
  try {
    if (readOwner(path)?.token === token) rmSync(path, { force: true });
  } catch (error) {
    if (systemCode(error) === null) throw error; // a folder that was removed meanwhile holds no lock
  }
}
