import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { entryHash, GENESIS } from '../chain/entry-hash.ts';
import type { LedgerPaths } from '../paths.ts';
import { lookAtLedger } from '../store.ts';
import { lookBack } from './seen.ts';
import type { Seen } from './words.ts';

/** When the first look is, unless told. */
export const NOW = Date.UTC(2026, 5, 1) * 1_000;
export const DAY = 86_400_000_000;

/** A copy of the golden `week` with an app folder that remembers it. */
export type Watched = {
  readonly dataDir: string;
  readonly paths: LedgerPaths;
  look(options?: Partial<Parameters<typeof lookBack>[1]> & { readonly db?: string }): Seen;
  /** the files in which something is remembered */
  memories(): readonly string[];
  change(sql: string): void;
  /** writes all hashes anew from an entry on */
  rechain(from: number): void;
  drop(): void;
};

type Row = {
  readonly seq: number;
  readonly execution_id: string | null;
  readonly event_type: string;
  readonly payload_json: string;
  readonly event_hash: string;
};

/** For tests: watches a copy of the golden `week`. */
export function watchWeek(): Watched {
  const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-seen-'));
  const { paths, drop } = copyGoldenLedger('week');
  const withDatabase = (act: (db: InstanceType<typeof Database>) => void): void => {
    const db = new Database(paths.db);
    db.pragma('journal_mode = DELETE');
    act(db);
    db.close();
  };
  return {
    dataDir,
    paths,
    look({ db = paths.db, ...options } = {}) {
      const whole = { dataDir, nowMicros: NOW, sound: true, ...options };
      const looked = lookAtLedger({ ...paths, db }, (look) => lookBack(look, whole));
      if (!looked.ok) throw new Error(looked.error.message);
      return looked.value;
    },
    memories: () => {
      const folder = join(dataDir, 'ledgers-seen');
      return readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(folder, name));
    },
    change: (sql) => withDatabase((db) => void db.exec(sql)),
    rechain: (from) =>
      withDatabase((db) => {
        let prev = GENESIS;
        for (const row of db.prepare<[], Row>('SELECT * FROM event_log ORDER BY seq').all()) {
          const parts = { type: row.event_type, executionId: row.execution_id, payload: row.payload_json };
          const own = row.seq < from ? row.event_hash : entryHash(prev, parts);
          db.prepare('UPDATE event_log SET prev_hash = ?, event_hash = ? WHERE seq = ?').run(
            prev,
            own,
            row.seq,
          );
          prev = own;
        }
      }),
    drop() {
      rmSync(dataDir, { recursive: true, force: true });
      drop();
    },
  };
}
