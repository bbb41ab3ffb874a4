import { storeState } from '../storage/files.ts';
import { limits } from '../storage/limits.ts';
import type { VekLook } from './store.ts';

/** What SQLite's own check of the pages said; `skipped` where it was not run. */
export type Structure =
  | { readonly state: 'sound' }
  | { readonly state: 'broken'; readonly messages: readonly string[] }
  | { readonly state: 'skipped'; readonly why: 'size' | 'salvage' };

/** Runs SQLite's quick_check, up to a size: it reads every page once more. Throws SQLite's error where it can't. */
export function checkStructure({ db, salvage, how }: VekLook): Structure {
  if (salvage || how.empty) return { state: 'skipped', why: 'salvage' };
  const size = db
    .prepare<[], number>('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
    .pluck()
    .get();
  if ((size ?? 0) > limits.sqliteCheckBytes) return { state: 'skipped', why: 'size' };
  // A constraint of a stranger is not run.
  db.pragma('ignore_check_constraints = 1');
  const messages = db.prepare<[], string>(`PRAGMA quick_check(${limits.sqliteCheckMessages})`).pluck().all();
  return messages.length === 1 && messages[0] === 'ok' ? { state: 'sound' } : { state: 'broken', messages };
}

/** Bytes of commits that wait in the log beside the database; they are read with it. */
export function logBytes(look: VekLook): number {
  return Number(storeState(look.paths.db).wal?.size ?? 0n);
}
