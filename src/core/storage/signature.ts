import { storeKey, storeState } from './files.ts';

/**
 * A text that changes whenever a store did (size, modification time and inode of the database, its `-wal` and its
 * `-journal`), or null when the store is gone. Made by `stat` alone: nothing is opened.
 */
export function storeSignature(dbPath: string): string | null {
  try {
    const state = storeState(dbPath);
    return state.db === null ? null : storeKey(state);
  } catch {
    return null;
  }
}
