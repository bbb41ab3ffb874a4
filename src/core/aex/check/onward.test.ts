import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { value } from '../../../../test/support/writes.ts';
import { entryHash } from '../chain/entry-hash.ts';
import { checkLedger } from './check.ts';

type Row = {
  seq: number;
  execution_id: string | null;
  event_type: string;
  payload_json: string;
  prev_hash: string;
};

/** Hashes everything from an entry on anew. */
function rehash(db: SqliteDatabase.Database, from: number): void {
  let prev: string | null = null;
  for (const row of db
    .prepare<[number], Row>('SELECT * FROM event_log WHERE seq >= ? ORDER BY seq')
    .all(from)) {
    prev ??= row.prev_hash;
    const hash = entryHash(prev, {
      executionId: row.execution_id,
      type: row.event_type,
      payload: row.payload_json,
    });
    db.prepare('UPDATE event_log SET prev_hash = ?, event_hash = ? WHERE seq = ?').run(prev, hash, row.seq);
    prev = hash;
  }
}

it.each([
  [true, true],
  [false, false],
])(
  'a payload that AEX never writes, hashed anew: %s, casts doubt on what is behind it',
  async (anew, said) => {
    const copy = copyGoldenLedger('week');
    try {
      const db = new SqliteDatabase(copy.paths.db);
      const seq = db
        .prepare<[], number>(
          `SELECT min(seq) FROM event_log WHERE seq > 30 AND event_type = 'execution.dispatched'`,
        )
        .pluck()
        .get()!;
      db.exec(`UPDATE event_log SET payload_json = '{"state":"RESERVED"}' WHERE seq = ${seq}`);
      if (anew) rehash(db, seq);
      db.close();
      const { findings } = value(await checkLedger(copy.paths, { dataDir: null }));
      expect(findings[0]).toMatchObject({ severity: 'error', seq });
      expect(findings[0]?.onward ?? false).toBe(said);
    } finally {
      copy.drop();
    }
  },
);
