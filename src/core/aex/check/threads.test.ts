import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateLedger } from '../../../../test/support/aex/generate.ts';
import type { LedgerReport } from '../../../contract/ledger-report.ts';
import { checkLedger, checkShared, checkWhole, type LedgerCheckProgress } from './check.ts';
import { makeReport } from './report.ts';

const dir = mkdtempSync(join(tmpdir(), 'vekscope-threads-'));
const made = join(dir, 'made.db');
const nowMicros = Date.UTC(2027, 0, 1) * 1_000;
let entries = 0;

beforeAll(() => {
  ({ entries } = generateLedger(made, { entries: 12_000, seed: 5 }));
  // Large enough to be shared out.
  expect(statSync(made).size).toBeGreaterThan(4 * 1024 * 1024);
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function check(db: string, workers: number): Promise<LedgerReport> {
  const checked = await checkLedger({ db, dir }, { dataDir: null, workers, nowMicros });
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return { ...checked.value, startedMicros: 0, endedMicros: 0 };
}

/** What reading it entry by entry says. */
async function checkPlainly(db: string): Promise<LedgerReport> {
  const terms = { paths: { db, dir }, dataDir: null, nowMicros, sinceMicros: Infinity };
  const checked = await checkWhole(terms, {});
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return makeReport(checked.value.checked, 0, 0);
}

/** A copy in which `sql` was done. */
function tampered(name: string, sql: string): string {
  const file = join(dir, `${name}.db`);
  copyFileSync(made, file);
  const db = new Database(file);
  db.exec(sql);
  db.close();
  return file;
}

/** The line of a row, as it is read among many. */
const line = (seq: number): string =>
  `(SELECT concat_ws(char(10), '', prev_hash, event_type, ifnull(execution_id, ''), payload_json, event_hash, ts, agent) FROM event_log WHERE seq = ${seq})`;

const ways: Readonly<Record<string, string>> = {
  nothing: 'SELECT 1',
  payload: `UPDATE event_log SET payload_json = payload_json || ' ' WHERE seq = 6001`,
  'several places': `UPDATE event_log SET payload_json = payload_json || ' ' WHERE seq IN (1, 77, 5000, 11999)`,
  'first entry removed': 'DELETE FROM event_log WHERE seq = 1',
  'a stretch removed': 'DELETE FROM event_log WHERE seq BETWEEN 300 AND 900',
  'a far number': 'UPDATE event_log SET seq = 4000000000 WHERE seq = (SELECT max(seq) FROM event_log)',
  'types of values': `UPDATE event_log SET payload_json = CAST(payload_json AS BLOB) WHERE seq = 400`,
  'payloads of other forms': `UPDATE event_log SET payload_json = replace(payload_json, '{', '{"a":1.5,') WHERE seq % 50 = 3`,
  'agents and times of other forms': `UPDATE event_log SET agent = agent || ${line(501)} WHERE seq = 500;
    UPDATE event_log SET agent = CAST(agent AS BLOB) WHERE seq = 501;
    UPDATE event_log SET agent = agent || printf('%.*c', 20000, 'x') WHERE seq = 1700;
    UPDATE event_log SET agent = CAST(x'41ff' AS TEXT) WHERE seq = 2700;
    UPDATE event_log SET agent = 'Zoë' WHERE seq BETWEEN 3000 AND 3300;
    UPDATE event_log SET agent = '42' WHERE seq = 4000;
    UPDATE event_log SET agent = '' WHERE seq = 5000;
    UPDATE event_log SET agent = NULL WHERE seq = 6000;
    UPDATE event_log SET ts = '2026-03-02T09:00:05.25+02:00' WHERE seq % 1000 = 7;
    UPDATE event_log SET ts = 'never' WHERE seq = 9000`,
  'a row inside another': `UPDATE event_log SET agent = agent || ${line(601)} WHERE seq = 600; DELETE FROM event_log WHERE seq = 601`,
  'ids of other forms': `PRAGMA foreign_keys = OFF;
    UPDATE event_log SET execution_id = execution_id || char(10) WHERE seq = 200;
    UPDATE event_log SET execution_id = 'ä' || execution_id WHERE seq = 900;
    UPDATE event_log SET execution_id = '7' WHERE seq = 1900;
    UPDATE event_log SET event_type = event_type || char(0) WHERE seq = 2900`,
  'executions and their reservations': `UPDATE executions SET status_code = 500 WHERE rowid % 97 = 3;
    UPDATE executions SET agent = (SELECT max(name) FROM agents) WHERE rowid % 149 = 7;
    UPDATE reservations SET rowid = rowid + 100000 WHERE rowid % 30 = 4;
    DELETE FROM reservations WHERE rowid % 190 = 6`,
  'rows with far numbers': `UPDATE executions SET rowid = rowid + 3000000000 WHERE rowid % 2 = 1`,
  'no executions': 'DELETE FROM executions',
};
/** In these the chain holds. */
const entriesSound = new Set([
  'nothing',
  'a far number',
  'agents and times of other forms',
  'executions and their reservations',
  'rows with far numbers',
]);

describe('a check in several threads', () => {
  it.each(Object.entries(ways))('says the same as entry by entry: %s', async (name, sql) => {
    const file = tampered(name, sql);
    const one = await checkPlainly(file);
    expect(await check(file, 1)).toEqual(one);
    expect(await check(file, 2)).toEqual(one);
    expect(await check(file, 4)).toEqual(one);
    expect(one.chain.ok).toBe(entriesSound.has(name));
  });

  it.each(Object.entries(ways))('needs no second look by one of them: %s', async (name, sql) => {
    const db = tampered(`shared ${name}`, sql);
    const terms = { paths: { db, dir }, dataDir: null, nowMicros, sinceMicros: Infinity };
    for (const threads of [1, 2, 3]) {
      const shared = await checkShared(terms, threads, { dataDir: null });
      // there every entry lost its execution: more are broken than are kept, and which are the first has to be read in order
      const wanted = name === 'no executions' ? undefined : 'checked';
      expect(shared.ok ? shared.value?.step : shared.error).toBe(wanted);
    }
  });

  it('tells how far it is, and ends when it is stopped', async () => {
    const seen: LedgerCheckProgress[] = [];
    const paths = { db: made, dir };
    await checkLedger(paths, { dataDir: null, onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ done: entries, total: entries });
    const stopped = await checkLedger(paths, { dataDir: null, signal: AbortSignal.abort() });
    expect(stopped.ok ? null : stopped.error.kind).toBe('cancelled');
  });
});
