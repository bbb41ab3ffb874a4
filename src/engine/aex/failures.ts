import type { LedgerPaths } from '../../core/aex/paths.ts';
import { fail, type Failure, type Result } from '../../core/result.ts';

/** The file is not there now. */
export function gone({ db }: LedgerPaths): Failure {
  return fail(
    'not-found',
    `${db} is no longer there. It was moved, renamed or removed.`,
    'When it is back at this place the view goes on by itself. Otherwise open it where it is now.',
  ).error;
}

/** A person ended the first reading of the log. */
export function stoppedByPerson({ db }: LedgerPaths): Failure {
  return fail(
    'cancelled',
    `Reading ${db} was stopped, so its balances and filters are not there.`,
    'Read it again when you want them.',
  ).error;
}

/** It changed whenever it was read. */
export function busy({ db }: LedgerPaths): Failure {
  return fail(
    'busy',
    `${db} was rewritten again and again while it was read.`,
    'Try again when the other process is done.',
  ).error;
}

/** An exception, which is a bug of ours. */
export function brokenOff({ db }: LedgerPaths, error: unknown): Failure {
  return fail(
    'io',
    `${db} could not be read.`,
    'It is read again when it changes, or when it is opened again.',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  ).error;
}

/** A number of an entry that several entries may have here; null: it is exact. */
export function inexactNumber({ db }: LedgerPaths, seq: number): Result<never> | null {
  if (Math.abs(seq) <= Number.MAX_SAFE_INTEGER) return null;
  const exact = Number.MAX_SAFE_INTEGER;
  return fail(
    'too-large',
    `The number of this entry is ${seq < 0 ? 'below -' : 'beyond '}${exact.toLocaleString('en-US')}, so it can't be told from its neighbours here.`,
    `AEX counts from 1, so somebody else numbered it. Read it with SQLite: sqlite3 "${db}" "SELECT * FROM event_log WHERE seq ${seq < 0 ? '<' : '>'} ${seq < 0 ? -exact : exact}"`,
  );
}

/** The entry that was asked for is not in the log. */
export function noEntry({ db }: LedgerPaths, seq: number): { readonly ok: false; readonly error: Failure } {
  return fail(
    'not-found',
    `${db} has no entry ${seq}.`,
    'It may have been removed since it was listed; check the ledger.',
  );
}
