import { spawnSync } from 'node:child_process';

/** The number of the system call renameat2, by architecture. */
const RENAMEAT2: Partial<Record<NodeJS.Architecture, number>> = { x64: 316, arm64: 276 };
const ENOENT = 2;
/** renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE); ends with the system's error. */
const SCRIPT = 'exit(syscall($ARGV[0] + 0, -100, $ARGV[1], -100, $ARGV[2], 2) == 0 ? 0 : $! + 0)';

/**
 * Exchanges two files in one step, so that what really stood there can be looked at afterwards. Node has no such call:
 * Perl makes it, which next to every Linux has. `unsupported`: nothing was done, as on other systems.
 */
export function exchangeFiles(a: string, b: string): 'done' | 'missing' | 'unsupported' {
  const call = process.platform === 'linux' ? RENAMEAT2[process.arch] : undefined;
  if (call === undefined) return 'unsupported';
  const { status } = spawnSync('perl', ['-e', SCRIPT, String(call), a, b], { stdio: 'ignore' });
  if (status === 0) return 'done';
  return status === ENOENT ? 'missing' : 'unsupported';
}
