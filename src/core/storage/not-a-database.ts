import { closeSync, openSync, readSync } from 'node:fs';
import { fail, type Result } from '../result.ts';
import { systemFailure } from './failures.ts';

/**
 * Says how a file that is no database begins. A file without SQLite's header has no locks to lose, so its first
 * bytes may be read in this process.
 */
export function notADatabase(path: string, shown: string): Result<never> {
  const start = Buffer.alloc(16);
  let length = 0;
  try {
    const file = openSync(path, 'r');
    try {
      length = readSync(file, start, 0, start.length, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return systemFailure(error, shown);
  }
  const bytes = start.subarray(0, length);
  const text = bytes.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '·');
  return fail(
    'not-a-database',
    `${shown} is not an SQLite database: it begins with “${text}” (bytes ${bytes.toString('hex')}).`,
    'Check that it is the right file, or restore it from a backup.',
  );
}
