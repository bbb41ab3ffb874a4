import { hash } from 'node:crypto';

/** What the chain hashes of an entry. Its number, agent and time are not covered (formats/aex.md §4). */
export type HashedParts = {
  readonly type: string;
  /** '' and null are the same to the chain */
  readonly executionId: string | null;
  /** the stored text, byte for byte */
  readonly payload: string;
};

/** What the first entry of a chain names as its predecessor. */
export const GENESIS = 'GENESIS';

/** The hash that an entry has behind a predecessor with the hash `prev` (formats/aex.md §4). */
export function entryHash(prev: string, entry: HashedParts): string {
  return hash('sha256', `${prev}\n${entry.type}\n${entry.executionId ?? ''}\n${entry.payload}\n`);
}
