import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync } from 'node:fs';
import type { FileCopy } from './copy.ts';

/**
 * Copies files where our own executable can't be started as Node, as in the packed desktop program. It must be
 * another process: a descriptor on a database that is closed here drops SQLite's POSIX locks of this process. Windows
 * has no such locks, so copying here is safe there.
 */
export function copyBySystem(files: readonly FileCopy[], platform: NodeJS.Platform = process.platform): void {
  for (const { from, to } of files) {
    if (!existsSync(from)) continue;
    if (platform === 'win32') copyFileSync(from, to);
    else copyByCp(from, to);
    if (existsSync(to)) chmodSync(to, 0o600);
  }
}

function copyByCp(from: string, to: string): void {
  const { error, status, stderr } = spawnSync('/bin/cp', ['--', from, to], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status === 0 || !existsSync(from)) return;
  throw Object.assign(new Error(`copying failed: ${stderr.slice(0, 500)}`), { code: 'ECOPY' });
}
