import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { value } from '../../../../test/support/writes.ts';
import { checkLedger } from './check.ts';

let dataDir: string;
let copy: ReturnType<typeof copyGoldenLedger>;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'vekscope-remembered-'));
  copy = copyGoldenLedger('deleted-agent');
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
  copy.drop();
});

function change(sql: string): void {
  const db = new SqliteDatabase(copy.paths.db);
  db.exec(sql);
  db.close();
}

const witness = async (sinceMicros?: number) =>
  value(await checkLedger(copy.paths, { dataDir, sinceMicros })).witness;

describe('a ledger of which an agent was deleted', () => {
  it('is remembered, so that what is removed from it later shows', async () => {
    expect((await witness()).text).toBe(
      'This ledger was not seen before. What it is now is remembered for the next look.',
    );
    expect((await witness()).state).toBe('same');
    change('DELETE FROM event_log WHERE seq > 170');
    expect((await witness()).state).toBe('shorter');
  });

  it('is remembered too where it does not add up otherwise, and that is said', async () => {
    change(`UPDATE event_log SET payload_json = payload_json || ' ' WHERE seq = 3`);
    expect((await witness()).text).toContain('It does not add up; what it is now is remembered all the same');
  });

  it('stays one that was not seen before until it is opened again', async () => {
    const opened = Date.now() * 1_000 - 1;
    expect((await witness(opened)).state).toBe('first');
    expect((await witness(opened)).state).toBe('first');
    expect((await witness(Date.now() * 1_000 + 1_000)).state).toBe('same');
  });
});
