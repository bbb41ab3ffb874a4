import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Running } from '../../contract/fleet.ts';
import { limits } from '../storage/limits.ts';

/** A lock that the kernel lists: who holds it, and on which file. */
type HeldLock = { readonly pid: number; readonly device: string; readonly inode: number };

/** What the kernel says of locks at one moment; null where it does not tell (not Linux). */
export type KernelLocks = readonly HeldLock[] | null;

/**
 * The locks that are held on files of this machine, as far as processes of this container hold them. Reading the list
 * takes no lock: a probe of ours, however short, could make an agent that starts at that moment give up (§14).
 */
export function kernelLocks(): KernelLocks {
  if (process.platform !== 'linux') return null;
  try {
    return readLocks(readFileSync('/proc/locks', 'utf8'));
  } catch {
    return null;
  }
}

/** Reads `/proc/locks`: `1: FLOCK  ADVISORY  WRITE 4711 fe:00:1141 0 EOF`; lines with `->` only wait. */
export function readLocks(text: string): readonly HeldLock[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\d+: (?:FLOCK|POSIX|OFDLCK) +\S+ +WRITE +(-?\d+) +([0-9a-f]+:[0-9a-f]+):(\d+) /.exec(
      line,
    );
    return found === null ? [] : [{ pid: Number(found[1]), device: found[2]!, inode: Number(found[3]) }];
  });
}

const OUTSIDE = 'a run in another container or on another machine would not show';

/**
 * Whether a run holds the agent's `.lock` (formats/atomic-agents.md §14), and how that is known. The file stays after
 * a run, so that it is there says nothing: on Linux the kernel's list does, elsewhere whether the process named in it
 * lives, which is only probable.
 */
export function readRunning(agentDir: string, locks: KernelLocks = kernelLocks()): Running {
  const path = join(agentDir, '.lock');
  let stat: Stats | undefined;
  try {
    stat = lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return { state: 'unknown', how: `.lock can't be looked at: ${words(error)}`, pid: null };
  }
  if (stat === undefined)
    return { state: 'idle', how: 'There is no .lock that a run could hold.', pid: null };
  if (!stat.isFile()) return { state: 'unknown', how: '.lock is not a file.', pid: null };
  const named = pidIn(path, stat.size);
  if (locks === null) return byProcess(named);
  const held = locks.find(
    (lock) => lock.inode === stat.ino && (lock.device === deviceOf(stat.dev) || lock.pid === named),
  );
  if (held === undefined) {
    return { state: 'idle', how: `The kernel lists no lock on .lock (${OUTSIDE}).`, pid: null };
  }
  const pid = held.pid > 0 ? held.pid : null;
  return {
    state: 'running',
    how: `The kernel lists a lock on .lock${pid === null ? '' : `, held by process ${pid}`}.`,
    pid,
  };
}

/** The inode of an agent's lock file, by which the kernel lists it; -1 where there is none. */
export function lockInode(agentDir: string): number {
  try {
    return lstatSync(join(agentDir, '.lock'), { throwIfNoEntry: false })?.ino ?? -1;
  } catch {
    return -1;
  }
}

function byProcess(pid: number | null): Running {
  if (pid === null) {
    return {
      state: 'unknown',
      how: 'This system does not tell who holds .lock, and it names no process.',
      pid: null,
    };
  }
  return lives(pid)
    ? {
        state: 'probably',
        how: `Process ${pid}, which .lock names, lives; it may be another one by now.`,
        pid,
      }
    : { state: 'idle', how: `Process ${pid}, which held .lock last, has ended.`, pid: null };
}

/** The process named in a lock file, `pid=N acquired=T`. */
function pidIn(path: string, bytes: number): number | null {
  if (bytes > limits.agentLockBytes) return null;
  try {
    const found = /^pid=(\d{1,10})\b/.exec(readFileSync(path, 'utf8'));
    return found === null ? null : Number(found[1]);
  } catch {
    return null;
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const two = (n: bigint): string => n.toString(16).padStart(2, '0');

/** `dev` of `stat` as the kernel writes it in its list: major and minor in hex. */
function deviceOf(dev: number): string {
  const wide = BigInt(dev);
  const major = ((wide >> 8n) & 0xfffn) | ((wide >> 32n) & 0xfffff000n);
  const minor = (wide & 0xffn) | ((wide >> 12n) & 0xffffff00n);
  return `${two(major)}:${two(minor)}`;
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
