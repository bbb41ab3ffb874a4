import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from './failures.ts';
import { limits } from './limits.ts';
import { sleep } from './sleep.ts';

/** A lock of the kernel on a file. `held` false: this system has no such locks, and nothing is locked. */
export type KernelLock = { readonly held: boolean; readonly release: () => void };

const NONE: KernelLock = { held: false, release: () => {} };

/** Programs that lock the descriptor 3 they are given, without waiting: 0 has it, 1 another holds it. */
const PROGRAMS: readonly (readonly [program: string, ...args: string[]])[] = [
  ['flock', '-x', '-n', '3'],
  [
    'perl',
    '-MFcntl=:flock',
    '-MErrno=EWOULDBLOCK',
    '-e',
    'open(my $f, "+<&=", 3) or exit 2; exit(flock($f, LOCK_EX | LOCK_NB) ? 0 : $! == EWOULDBLOCK ? 1 : 2)',
  ],
];

/**
 * Takes an exclusive `flock` on a file, as Python's `fcntl.flock` does, and makes the file where it is missing; it stays
 * (formats/atomic-agents.md §14). Node has no such call: another program locks a descriptor that it inherits, and
 * the lock belongs to the open file, so it lasts while we keep that open, and ends with this process. Waits up to
 * `waitMs`, then `locked`.
 */
export function takeKernelLock(path: string, waitMs: number = limits.fileLockWaitMs): Result<KernelLock> {
  if (process.platform === 'win32') return ok(NONE);
  let file: number;
  try {
    // a link in its place could lead anywhere
    file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o644);
  } catch (error) {
    return systemFailure(error, path);
  }
  const until = performance.now() + waitMs;
  for (;;) {
    const answer = tryLock(file);
    if (answer === 'held') return ok({ held: true, release: () => closeSync(file) });
    if (answer === 'none') {
      closeSync(file);
      return ok(NONE);
    }
    if (performance.now() >= until) {
      closeSync(file);
      return fail(
        'locked',
        `Another program holds ${path}, the lock of the file that would be written.`,
        'Try again when it is done; nothing was written.',
      );
    }
    sleep(limits.fileLockPollMs);
  }
}

function tryLock(file: number): 'held' | 'busy' | 'none' {
  for (const [program, ...args] of PROGRAMS) {
    const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'ignore', file] });
    if (status === 0) return 'held';
    if (status === 1) return 'busy';
  }
  return 'none';
}
