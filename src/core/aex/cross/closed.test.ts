import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { entryHash, GENESIS } from '../chain/entry-hash.ts';
import { checkLedger } from '../check/check.ts';

type Row = { seq: number; execution_id: string | null; event_type: string; payload_json: string };

/** Errors of a ledger from which one entry of a type was removed, with the rest numbered and hashed anew. */
async function errorsWithout(base: string, type: string, which: number) {
  const { paths, drop } = copyGoldenLedger(base);
  try {
    const db = new SqliteDatabase(paths.db);
    db.pragma('foreign_keys = OFF');
    const rows = db.prepare<[], Row>('SELECT * FROM event_log ORDER BY seq').all();
    const removed = rows.filter(({ event_type, execution_id }) => {
      return event_type === type && execution_id !== null;
    })[which]!;
    db.prepare('DELETE FROM event_log WHERE seq = ?').run(removed.seq);
    let prev = GENESIS;
    for (const row of rows) {
      if (row.seq === removed.seq) continue;
      const parts = { type: row.event_type, executionId: row.execution_id, payload: row.payload_json };
      const hash = entryHash(prev, parts);
      db.prepare('UPDATE event_log SET seq = ?, prev_hash = ?, event_hash = ? WHERE seq = ?').run(
        row.seq > removed.seq ? row.seq - 1 : row.seq,
        prev,
        hash,
        row.seq,
      );
      prev = hash;
    }
    db.exec(`UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'event_log'`);
    db.close();
    const checked = await checkLedger(paths, { dataDir: null });
    if (!checked.ok) throw new Error(checked.error.message);
    expect(checked.value.chain.ok).toBe(true);
    return { removed, errors: checked.value.findings.filter(({ severity }) => severity === 'error') };
  } finally {
    drop();
  }
}

describe('an entry that was removed, with the rest numbered and hashed anew', () => {
  it.each([
    ['usage.commit', 3],
    ['usage.commit', 9],
    ['budget.deny', 0],
    ['reservation.release', 0],
    ['reservation.release', 1],
  ])('%s, number %i of them, is one story at its place', async (type, which) => {
    const { removed, errors } = await errorsWithout('week', type, which);
    const told = errors.map(({ kind, executionId }) => ({ kind, executionId }));
    expect(told).toEqual([{ kind: 'entry-missing', executionId: removed.execution_id }]);
    expect(Math.abs(errors[0]!.seq! - removed.seq)).toBeLessThanOrEqual(3);
  });
});
