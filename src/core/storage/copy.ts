import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { copyBySystem } from './copy-by-system.ts';

/** One file to copy. */
export type FileCopy = { readonly from: string; readonly to: string };

/** Copies files in another process, waits, and throws when it could not. A source that is gone is left out. */
export type FileCopier = (files: readonly FileCopy[]) => void;

const script = `
const { chmodSync, copyFileSync, constants } = require('node:fs');
for (const { from, to } of JSON.parse(process.argv[1])) {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
    chmodSync(to, 0o600);
  } catch (error) {
    if (error.code !== 'ENOENT') { process.stderr.write(String(error.message)); process.exit(1); }
  }
}`;

function copyInChild(files: readonly FileCopy[]): void {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawnSync(process.execPath, ['-e', script, '--', JSON.stringify(files)], {
    env,
    encoding: 'utf8',
    windowsHide: true,
  });
  if (child.error !== undefined) throw child.error;
  if (child.status !== 0) {
    throw Object.assign(new Error(`copying failed: ${child.stderr.slice(0, 500)}`), { code: 'ECOPY' });
  }
}

/**
 * The system's own program starts ten times faster than Node, and a look waits for it; the packed desktop program
 * can't be started as Node at all (electron-builder.yml, fuses).
 */
function ownCopier(files: readonly FileCopy[]): void {
  const bySystem =
    process.platform === 'win32' || process.versions['electron'] !== undefined || existsSync('/bin/cp');
  if (bySystem) copyBySystem(files);
  else copyInChild(files);
}

let copier: FileCopier = ownCopier;

/** Replaces the process that copies, in this thread; null restores it. */
export function setFileCopier(replacement: FileCopier | null): void {
  copier = replacement ?? ownCopier;
}

/**
 * Copies files by another process. A descriptor on a database that this process opens and closes would drop
 * SQLite's locks on it, so copying here is never safe.
 */
export function copyFiles(files: readonly FileCopy[]): void {
  try {
    copier(files);
  } catch (error) {
    for (const { from } of files) refuseUnreadable(from);
    throw error;
  }
}

/** Throws what the system says of a file that may not be read: it names the file, which the other process's words do not. */
function refuseUnreadable(path: string): void {
  if (existsSync(path)) accessSync(path, constants.R_OK);
}
