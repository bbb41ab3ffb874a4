import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { systemCode } from '../../operations/files.ts';
import { fail, ok, type Result } from '../../result.ts';
import { systemFailure } from '../../storage/failures.ts';

/** What was made of a file so far: `size` bytes of it, which end with a line. */
type Read<T> = { readonly identity: string; readonly size: number; readonly value: T };

/**
 * Reads files that are only ever appended to, line by line into a value; of one that grew only what is new. No file has no
 * lines. A last line without an end is taken too, if it is whole.
 */
export function createLineReader<T>(
  empty: () => T,
  take: (value: T, line: string) => void,
): (path: string, limit: number) => Result<T> {
  const kept = new Map<string, Read<T>>();
  return (path, limit) => {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch (error) {
      return systemCode(error) === 'ENOENT' ? ok(empty()) : systemFailure(error, path);
    }
    try {
      const stat = fstatSync(file, { bigint: true });
      const size = Number(stat.size);
      if (size > limit) {
        return fail(
          'too-large',
          `The record of writes holds ${size} bytes; up to ${limit} are read.`,
          `Move ${path} away to begin a new record.`,
        );
      }
      const identity = `${stat.ino}:${stat.birthtimeNs}`;
      const before = kept.get(path);
      const from = before?.identity === identity && before.size <= size ? before : null;
      const bytes = bytesFrom(file, from?.size ?? 0, size);
      const value = from?.value ?? empty();
      for (const line of bytes.toString('utf8').split('\n')) if (line !== '') take(value, line);
      if (bytes.length === 0 || bytes.at(-1) === 0x0a) kept.set(path, { identity, size, value });
      else kept.delete(path);
      return ok(value);
    } catch (error) {
      kept.delete(path);
      return systemFailure(error, path);
    } finally {
      closeSync(file);
    }
  };
}

function bytesFrom(file: number, start: number, end: number): Buffer {
  const bytes = Buffer.alloc(end - start);
  let got = 0;
  while (got < bytes.length) {
    const read = readSync(file, bytes, got, bytes.length - got, start + got);
    if (read === 0) break;
    got += read;
  }
  return bytes.subarray(0, got);
}
