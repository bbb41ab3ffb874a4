import { afterEach, describe, expect, it } from 'vitest';
import SqliteDatabase from 'better-sqlite3';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { value } from '../../../../test/support/writes.ts';
import { checkLedger } from './check.ts';

const copies: { drop(): void }[] = [];
afterEach(() => {
  for (const copy of copies.splice(0)) copy.drop();
});

async function worstOf(sql: string) {
  const copy = copyGoldenLedger('week');
  copies.push(copy);
  const db = new SqliteDatabase(copy.paths.db);
  const times = db.prepare<[], string>('SELECT ts FROM event_log ORDER BY seq').pluck().all();
  db.exec(sql);
  db.close();
  const { findings } = value(await checkLedger(copy.paths, { dataDir: null }));
  const [worst] = findings;
  expect(worst?.severity).toBe('error');
  expect(findings.filter(({ severity, when }) => severity === 'notice' && when !== undefined)).toEqual([]);
  return { worst: worst!, at: (seq: number) => times[seq - 1] };
}

describe('when a finding was', () => {
  it('is the stored time of its entry', async () => {
    const { worst, at } = await worstOf(
      `UPDATE event_log SET payload_json = replace(payload_json, '}', ',"a":1}') WHERE seq = 40`,
    );
    expect(worst.seq).toBe(40);
    expect(worst.when).toEqual({ from: at(40), to: at(40) });
  });

  it('is what lies around entries that are missing, with nothing beyond the ends', async () => {
    const middle = await worstOf('DELETE FROM event_log WHERE seq IN (60, 61)');
    expect(middle.worst.kind).toBe('entry-missing');
    expect(middle.worst.when).toEqual({ from: middle.at(59), to: middle.at(62) });
    const first = await worstOf('DELETE FROM event_log WHERE seq <= 3');
    expect(first.worst.when).toEqual({ from: null, to: first.at(4) });
    const tail = await worstOf('DELETE FROM event_log WHERE seq > 100');
    expect(tail.worst.kind).toBe('tail-missing');
    expect(tail.worst.when).toEqual({ from: tail.at(100), to: null });
  });

  it('is left out where the time itself is in question, and where nothing has one', async () => {
    const moved = await worstOf(`UPDATE event_log SET ts = '2031' || substr(ts, 5) WHERE seq = 80`);
    expect(moved.worst.kind).toBe('time-differs');
    expect(moved.worst.when).toBeUndefined();
    const counter = await worstOf(
      'UPDATE agents SET spent_micro = spent_micro + 7 WHERE name = (SELECT min(name) FROM agents)',
    );
    expect(counter.worst.kind).toBe('spent-differs');
    expect(counter.worst.when).toBeUndefined();
  });
});
