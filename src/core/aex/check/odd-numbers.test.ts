import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { checkLedger } from './check.ts';

it.each([
  ['the lowest number there is', 'seq = -9223372036854775807 - 1 WHERE seq = 13'],
  ['numbers that are not exact here', 'seq = 9007199254740992 + seq WHERE seq BETWEEN 6 AND 10'],
  ['numbers far apart', 'seq = seq * 100000000000 WHERE seq > 4'],
  [
    'two places changed, one of them far away',
    'seq = CASE seq WHEN 5 THEN 9000000000000 ELSE 5 END WHERE seq IN (5, 13)',
  ],
])('entries with odd numbers are told of, in time: %s', async (_name, change) => {
  const { paths, drop } = copyGoldenLedger('small');
  try {
    const db = new SqliteDatabase(paths.db);
    db.exec(`UPDATE event_log SET ${change}`);
    db.close();
    const checked = await checkLedger(paths, { dataDir: null });
    if (!checked.ok) throw new Error(checked.error.message);
    expect(checked.value.ok).toBe(false);
    expect(checked.value.findings.length).toBeGreaterThan(0);
  } finally {
    drop();
  }
});

it('a log whose numbers are no key, no numbers, or given twice is read and told of', async () => {
  const { paths, drop } = copyGoldenLedger('small');
  try {
    const db = new SqliteDatabase(paths.db);
    db.pragma('foreign_keys = OFF');
    const names = 'seq, execution_id, agent, event_type, payload_json, prev_hash, event_hash, ts';
    db.exec(
      `CREATE TABLE other (${names}); INSERT INTO other SELECT ${names} FROM event_log;
       INSERT INTO other SELECT ${names} FROM event_log LIMIT 3; DROP TABLE event_log; ALTER TABLE other RENAME TO event_log`,
    );
    for (const odd of [null, 'x', 1.5, Buffer.from([0])])
      db.prepare(`INSERT INTO event_log VALUES (?, 'a', 'b', 'c', 'd', 'e', 'f', 'g')`).run(odd);
    db.close();
    const checked = await checkLedger(paths, { dataDir: null });
    if (!checked.ok) throw new Error(checked.error.detail);
    expect(checked.value.ok).toBe(false);
  } finally {
    drop();
  }
});
