import { isUtf8 } from 'node:buffer';
import { columnText } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { entryHash, GENESIS } from './entry-hash.ts';
import type { ChainBreak } from './verdict.ts';

/** The columns of a `LinkRow`, in their order. */
export const LINK_COLUMNS = [
  'seq',
  'execution_id',
  'event_type',
  'payload_json',
  'prev_hash',
  'event_hash',
] as const;

/** What is read of an entry to follow the chain, as SQLite gives it: tampered columns may hold anything. */
export type LinkRow = readonly [
  seq: unknown,
  executionId: unknown,
  type: unknown,
  payload: unknown,
  prevHash: unknown,
  hash: unknown,
  ...rest: readonly unknown[],
];

/** The entry before, as far as its successor depends on it. */
export type Before = { readonly seq: number | null; readonly hash: string };

export const BEFORE_FIRST: Before = { seq: null, hash: GENESIS };

/**
 * Whether a row names `beforeHash`, has the hash of its content, and holds that content in UTF-8; a row with other than
 * texts never is.
 */
export function isSound(look: LedgerLook, row: LinkRow, beforeHash: string): boolean {
  return row[4] === beforeHash && fits(look, row);
}

function fits(look: LedgerLook, row: LinkRow): boolean {
  return ownHashOf(row) === row[5] && isSoundText(look, row);
}

/** Whether a row holds only what can be hashed: texts in UTF-8. */
export function isHashable(look: LedgerLook, row: LinkRow): boolean {
  return ownHashOf(row) !== null && typeof row[5] === 'string' && isSoundText(look, row);
}

/** The hash of a row's content behind its stored predecessor; null where one of them is no text. */
function ownHashOf([, executionId, type, payload, prev]: LinkRow): string | null {
  if (typeof type !== 'string' || typeof payload !== 'string' || typeof prev !== 'string') return null;
  if (executionId !== null && typeof executionId !== 'string') return null;
  return entryHash(prev, { type, executionId, payload });
}

/** What is wrong with a row, in full; only asked of rows that are not sound. */
export function breakOf(
  look: LedgerLook,
  row: LinkRow,
  before: Before,
  partition: string | null,
): ChainBreak {
  return {
    seq: Number(row[0]),
    before: before.seq,
    beforeHash: before.hash,
    storedPrev: columnText(row[4]),
    storedHash: columnText(row[5]),
    ownHash: isSoundText(look, row) ? ownHashOf(row) : null,
    fits: fits(look, row),
    linked: row[4] === before.hash,
    partition,
  };
}

const replacement = '\ufffd';

/**
 * Whether all hashed texts of a row are UTF-8. Other bytes are read as U+FFFD, so only a text with that character is
 * looked at again, byte by byte.
 */
function isSoundText(look: LedgerLook, row: LinkRow): boolean {
  return !isReplaced(look, row, 3) && !isReplaced(look, row, 1) && !isReplaced(look, row, 2);
}

function isReplaced(look: LedgerLook, row: LinkRow, column: 1 | 2 | 3): boolean {
  const value = row[column];
  if (typeof value !== 'string' || !value.includes(replacement)) return false;
  const bytes = look.db
    .prepare<[unknown], Buffer | null>(
      `SELECT CAST(${LINK_COLUMNS[column]} AS BLOB) FROM event_log WHERE seq = ?`,
    )
    .pluck()
    .get(row[0]);
  return bytes instanceof Uint8Array && !isUtf8(bytes);
}
