import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { logPath, olderLogPath } from './log.ts';

/** The last `bytes` of the log, from the beginning of a line; empty when nothing was logged yet. */
export function readLog(dataDir: string, bytes: number): string {
  const newest = tail(logPath(dataDir), bytes);
  if (newest.length >= bytes) return fromLine(newest);
  const older = tail(olderLogPath(dataDir), bytes - newest.length);
  return older === '' ? newest : fromLine(older + newest);
}

const fromLine = (text: string): string => text.slice(text.indexOf('\n') + 1);

function tail(path: string, bytes: number): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.min(size, bytes));
    const read = readSync(file, buffer, 0, buffer.length, size - buffer.length);
    return buffer.subarray(0, read).toString('utf8');
  } finally {
    closeSync(file);
  }
}
