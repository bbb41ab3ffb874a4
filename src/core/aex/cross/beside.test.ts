import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateLedger } from '../../../../test/support/aex/generate.ts';
import { createWalk } from '../chain/walk.ts';
import { readAll } from '../check/read-all.ts';
import { lookAtLedger } from '../store.ts';
import { readBeside, type Beside } from './beside.ts';
import { SHAPE } from './call-columns.ts';
import { createCrossCheck, type CrossResult } from './cross-check.ts';

const dir = mkdtempSync(join(tmpdir(), 'vekscope-beside-'));
const made = join(dir, 'made.db');
/** Nothing is known as columns, so every row is read as it comes. */
const rowByRow: Beside = { calls: null, stream: null, words: [] };

beforeAll(() => {
  generateLedger(made, { entries: 3_000, seed: 11 });
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function crossed(db: string, beside: Beside | null): CrossResult {
  const looked = lookAtLedger({ db, dir }, (look) => {
    const walk = createWalk(look);
    const cross = createCrossCheck(look, { prices: null, nowMicros: Date.UTC(2027, 0, 1) * 1_000 });
    const link = walk.row;
    const replay = readAll(look, { cross, link, tick: () => undefined });
    return cross.finish(walk.verdict(), replay, beside);
  });
  if (!looked.ok) throw new Error(looked.error.message);
  return looked.value;
}

const ways: Readonly<Record<string, readonly string[]>> = {
  nothing: [],
  executions: [
    `UPDATE executions SET status_code = 500 WHERE rowid % 97 = 3`,
    `UPDATE executions SET agent = (SELECT max(name) FROM agents) WHERE rowid % 149 = 7`,
    `UPDATE executions SET response_body = replace(response_body, '"prompt_tokens": 8', '"prompt_tokens": 9') WHERE rowid % 50 = 3`,
    `UPDATE executions SET terminal_at = updated_at || 'x' WHERE rowid = 90`,
    `UPDATE executions SET error_body = '{}' WHERE state = 'RELEASED' AND rowid % 10 = 1`,
    `UPDATE executions SET response_body = x'00' WHERE rowid = 121`,
    `UPDATE executions SET endpoint = '/x' WHERE rowid = 122`,
    `UPDATE executions SET request_hash = 'zz', policy_hash = 'x' WHERE rowid = 123`,
    `UPDATE executions SET route_hash = 'another' WHERE rowid = 124`,
  ],
  reservations: [
    `UPDATE reservations SET actual_micro = actual_micro + 1 WHERE rowid % 130 = 5`,
    `UPDATE reservations SET expiry_at = '2026-01-01T00:00:00+00:00' WHERE rowid % 177 = 5`,
    `UPDATE reservations SET rowid = rowid + 100000 WHERE rowid % 30 = 4`,
    `DELETE FROM reservations WHERE rowid % 190 = 6`,
  ],
  stream: [
    `UPDATE events SET cost_micro = cost_micro + 1 WHERE id % 100 = 1`,
    `UPDATE events SET metadata = replace(metadata, 'micro', 'mikro') WHERE action <> 'usage.commit'`,
    `UPDATE events SET agent = 'zz' WHERE id % 110 = 3`,
    `UPDATE events SET timestamp = '2020-01-01 00:00:00' WHERE id = 77`,
    `DELETE FROM events WHERE id IN (100, 200, 201)`,
    `INSERT INTO events (agent, action, cost_micro, metadata) VALUES ('a', 'usage.commit', 5, 'alt')`,
  ],
  entries: [
    `UPDATE event_log SET agent = 'x' WHERE seq = 777`,
    `UPDATE event_log SET ts = '2020-01-01T00:00:00+00:00' WHERE seq = 900`,
    `UPDATE event_log SET payload_json = replace(payload_json, ':1', ':2') WHERE seq % 500 = 3`,
    `DELETE FROM event_log WHERE seq IN (500, 2000)`,
  ],
};

describe('what stands beside the entries, read as columns', () => {
  it.each(Object.entries(ways))('leads to the same findings as row by row: %s', (name, statements) => {
    const file = join(dir, `${name}.db`);
    copyFileSync(made, file);
    const db = new Database(file);
    db.pragma('foreign_keys = OFF');
    for (const sql of statements) db.prepare(sql).run();
    db.close();
    const found = crossed(file, null);
    expect(found).toEqual(crossed(file, rowByRow));
    const errors = found.findings.filter(({ severity }) => severity === 'error');
    expect(errors.length > 0).toBe(statements.length > 0);
  });

  it('knows nearly every row of a sound ledger without reading it again', () => {
    const looked = lookAtLedger({ db: made, dir }, readBeside);
    const shapes = looked.ok ? [...(looked.value.calls?.shape ?? [])] : [];
    expect(shapes.length).toBeGreaterThan(500);
    expect(shapes.filter((shape) => shape === SHAPE.odd).length / shapes.length).toBeLessThan(0.02);
  });
});
