import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generateLedger } from '../../../test/support/aex/generate.ts';
import { value } from '../../../test/support/writes.ts';
import { startTestEngine, type TestEngine } from '../testing.ts';

let folder: string;
let engine: TestEngine;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vekscope-confirming-'));
  engine = startTestEngine();
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

it('an old entry of a large ledger that was changed while it is open is found, and the figures follow it', async () => {
  const db = join(folder, 'aex.db');
  generateLedger(db, { entries: 12_000, seed: 3, agents: 2, answer: 20 });
  const { sources } = value(await engine.client.workspace.open({ path: folder }));
  const source = sources.find(({ kind }) => kind === 'aex')!.id;
  const spent = async (): Promise<number> =>
    value(await engine.client.ledger.accounts({ source })).models.reduce(
      (sum, { spentMicro }) => sum + spentMicro,
      0,
    );
  const before = await spent();
  const writer = new SqliteDatabase(db);
  writer.exec(
    `UPDATE event_log SET payload_json = json_set(payload_json, '$.cost_micro', 987654321)
     WHERE seq = (SELECT min(seq) FROM event_log WHERE event_type = 'usage.commit' AND seq > 5000)`,
  );
  writer.close();
  // Of 12,000 entries 128 are compared at once: that one of them is this one is one chance in a hundred.
  await expect.poll(spent, { timeout: 10_000 }).toBeGreaterThan(before + 9e8);
  await expect
    .poll(async () => value(await engine.client.ledger.overview({ source })).report, { timeout: 10_000 })
    .toMatchObject({ ok: false, stale: false, touched: false });
});
