import Database from 'better-sqlite3';
import type { Random, Tampered, Way } from './tamper-tools.ts';

/** Tampers with a ledger in one way. The file stays as its daemon would leave it: nothing beside it. */
export function tamper(file: string, way: Way, random: Random): Tampered | null {
  const db = new Database(file);
  try {
    db.pragma('foreign_keys = OFF');
    db.pragma('ignore_check_constraints = ON');
    return db.transaction(() => way(db, random))();
  } finally {
    db.close();
  }
}
