import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, pinnedNode, type Ran } from './cli.ts';

const SETPRIV = '/usr/bin/setpriv';
const isRoot = process.getuid?.() === 0;

/** Whether a file's mode can keep this process, or one that it starts, out. */
export const hasModes = process.platform !== 'win32' && (!isRoot || existsSync(SETPRIV));

const compiled = mkdtempSync(join(tmpdir(), 'vekscope-compiled-'));
chmodSync(compiled, 0o777);

/** Runs the real command as a user whom modes of files bind: `nobody` where the tests run as root, else as they do. */
export function runAsNobody(args: readonly string[], dataDir: string): Ran {
  const own = ['--reuid=65534', '--regid=65534', '--clear-groups', '--', pinnedNode];
  const [program, before] = isRoot ? [SETPRIV, own] : [pinnedNode, []];
  const ran = spawnSync(program, [...before, command, ...args], {
    env: { ...process.env, VEKSCOPE_DATA: dataDir, HOME: '/nonexistent', NODE_COMPILE_CACHE: compiled },
    cwd: '/',
    encoding: 'utf8',
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}
