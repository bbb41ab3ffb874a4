import { fail, type Failure } from '../result.ts';
import { sqliteCode } from './sqlite.ts';

type Failed = { readonly ok: false; readonly error: Failure };

function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return error.code;
}

function pathOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('path' in error) || typeof error.path !== 'string') return null;
  return error.path;
}

/** What an error of SQLite means for the person who opened `path`. Anything else is thrown again: a bug. */
export function sqliteFailure(error: unknown, path: string): Failed {
  const code = sqliteCode(error);
  if (code === null) throw error;
  const detail = `${code}: ${error instanceof Error ? error.message : String(error)}`;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return fail(
      'busy',
      `Another process is writing to ${path} and did not stop.`,
      'Try again when it is done.',
      detail,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return fail(
      'damaged',
      `${path} is damaged: its pages do not fit together.`,
      'Restore it from a backup, or recover a copy of it with SQLite: sqlite3 FILE .recover.',
      detail,
    );
  }
  if (code === 'SQLITE_NOTADB') {
    return fail(
      'not-a-database',
      `${path} is not an SQLite database.`,
      'Check that it is the right file.',
      detail,
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM' || code === 'SQLITE_AUTH') {
    return fail(
      'io',
      `${path} can’t be written.`,
      'Check the permissions of the file and its folder.',
      detail,
    );
  }
  if (code.startsWith('SQLITE_ERROR')) {
    return fail(
      'damaged',
      `${path} has tables that can’t be read as they are declared.`,
      'It was made or changed by a program we do not know; see the detail.',
      detail,
    );
  }
  if (code === 'SQLITE_FULL')
    return fail('io', 'The disk is full.', 'Free some space and try again.', detail);
  if (code === 'SQLITE_TOOBIG' || code === 'SQLITE_NOMEM') {
    return fail(
      'too-large',
      `A value in ${path} is too large to read.`,
      'It can only be read by other tools.',
      detail,
    );
  }
  return fail(
    'io',
    `${path} can’t be opened or read.`,
    'Check the permissions of the file and its folder.',
    detail,
  );
}

/**
 * What an error of the operating system means for the person; names the file the system names, else `shown`.
 * Anything else is thrown again: a bug.
 */
export function systemFailure(error: unknown, shown: string): Failed {
  const code = systemCode(error);
  if (code === null) throw error;
  const path = pathOf(error) ?? shown;
  const detail = error instanceof Error ? error.message : String(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return fail(
      'not-found',
      `${path} does not exist.`,
      'Check the path; it may have been moved or removed.',
      detail,
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return fail(
      'io',
      `${path} may not be used by this user.`,
      'Check the permissions of the file and its folders.',
      detail,
    );
  }
  if (code === 'ELOOP') {
    return fail('io', `${path} is a symbolic link that leads in a circle.`, 'Repair the link.', detail);
  }
  if (code === 'ENOSPC') return fail('io', 'The disk is full.', 'Free some space and try again.', detail);
  return fail('io', `${path} can’t be read or written.`, 'See the detail for what the system says.', detail);
}

/** True for what the operating system refused; anything else is a bug. */
export function isSystemError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^E[A-Z]+$/.test(error.code)
  );
}
