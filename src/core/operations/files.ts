import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { syncFolder } from '../storage/replace.ts';
import { dirname } from 'node:path';

/** The error code of the operating system, such as `EEXIST`, or null. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Writes a new file and waits until its bytes are on disk. Fails where the file exists. */
export function writeSynced(path: string, content: string | Uint8Array, mode = 0o666): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Creates a file that is complete from the moment it is seen; false when one is there already. `scratch` is the
 * folder for the file while it is being written.
 */
export function createWhole(
  path: string,
  content: string | Uint8Array,
  mode = 0o666,
  scratch = dirname(path),
): boolean {
  const temporary = `${scratch}/.new.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  writeSynced(temporary, content, mode);
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return false;
    if (!withoutHardLinks(code)) throw error;
    return createPlainly(path, content, mode); // a file system without hard links
  } finally {
    rmSync(temporary, { force: true });
    syncFolder(dirname(path));
  }
}

/** Whether a code of the system means that the file system has no hard links. */
export function withoutHardLinks(code: string | null): boolean {
  return code === 'EPERM' || code === 'ENOTSUP' || code === 'EOPNOTSUPP' || code === 'ENOSYS';
}

function createPlainly(path: string, content: string | Uint8Array, mode: number): boolean {
  try {
    writeSynced(path, content, mode);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
