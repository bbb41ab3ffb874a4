import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Makes a rename or a new file durable. Windows has no such thing for folders. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * Replaces a file in one step: a reader sees the old bytes or the new ones, never a part, also after a power cut.
 * The mode of an existing file is kept; `content` may come in parts. Throws what the system says; then the old file stands unchanged.
 */
export function replaceFile(path: string, content: string | Uint8Array | readonly Uint8Array[]): void {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`);
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  const file = openSync(temporary, 'wx', 0o666);
  try {
    try {
      if (mode !== undefined) fchmodSync(file, mode & 0o7777);
      for (const part of Array.isArray(content) ? content : [content])
        writeFileSync(file, part as Uint8Array);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/**
 * Adds one line to a file and waits until it is on disk. A last line that was cut by a crash is ended first, so
 * that the new one stands alone. `line` has no line break.
 */
export function appendDurably(path: string, line: string): void {
  if (line.includes('\n')) throw new Error('appendDurably writes one line at a time');
  const existed = statSync(path, { throwIfNoEntry: false }) !== undefined;
  const file = openSync(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o666);
  try {
    const whole = Buffer.from(`${needsBreak(file) ? '\n' : ''}${line}\n`);
    let written = 0;
    while (written < whole.length) written += writeSync(file, whole, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (!existed) syncFolder(dirname(path));
}

function needsBreak(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}
