import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { value } from '../../../../test/support/writes.ts';
import { checkLedger } from '../check/check.ts';
import { entryHash, GENESIS } from '../chain/entry-hash.ts';

type Row = {
  readonly seq: number;
  readonly execution_id: string | null;
  readonly agent: string | null;
  readonly event_type: string;
  readonly payload_json: string;
  readonly ts: string;
};

/** Errors of a golden in which a settlement stands a second time, with the rest numbered and hashed anew. */
async function errorsWithSecond(counter: number | null) {
  const { paths, drop } = copyGoldenLedger('week');
  const db = new SqliteDatabase(paths.db);
  db.pragma('foreign_keys = OFF');
  const rows = db.prepare<[], Row>('SELECT * FROM event_log ORDER BY seq').all();
  const at = rows.findIndex(({ event_type: type, seq }) => type === 'usage.commit' && seq > 100);
  rows.splice(at + 6, 0, { ...rows[at]!, ts: rows[at + 5]!.ts });
  db.exec('DELETE FROM event_log');
  const insert = db.prepare('INSERT INTO event_log VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  let prev = GENESIS;
  rows.forEach((row, i) => {
    const parts = { type: row.event_type, executionId: row.execution_id, payload: row.payload_json };
    const hash = entryHash(prev, parts);
    insert.run(i + 1, row.execution_id, row.agent, row.event_type, row.payload_json, prev, hash, row.ts);
    prev = hash;
  });
  if (counter !== null)
    db.prepare(`UPDATE sqlite_sequence SET seq = ? WHERE name = 'event_log'`).run(counter);
  db.close();
  const report = value(await checkLedger(paths, { dataDir: null }));
  drop();
  return { seq: at + 7, errors: report.findings.filter(({ severity }) => severity === 'error') };
}

it('an entry that was put in is the finding, and what SQLite counted speaks for it', async () => {
  const { seq, errors } = await errorsWithSecond(237);
  expect(errors).toMatchObject([{ kind: 'entry-unknown', seq, expected: 'no such entry' }]);
  expect(errors[0]!.found).toMatch(/^a second settlement of execution [0-9a-f]{8}$/);
  expect(errors[0]!.message).toMatch(/It was put in: SQLite numbered one entry fewer than there are\.$/);
  expect(errors[0]!.message).not.toContain('or its execution was changed');
  expect(errors[0]!.because).toContainEqual(expect.objectContaining({ witness: 'sequence', agrees: true }));
});

it('without such a count it may be the execution that was changed', async () => {
  const { errors } = await errorsWithSecond(null);
  expect(errors).toHaveLength(1);
  expect(errors[0]!.message).toContain('or its execution was changed');
});
