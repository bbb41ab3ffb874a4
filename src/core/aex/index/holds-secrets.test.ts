import { readFileSync, readdirSync, rmSync, mkdtempSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import { ledgerIndexJob } from './index-job.ts';

/** Files that the index job leaves in the app folder after something was written into the ledger. */
function keptAfter(change: (db: SqliteDatabase.Database) => void): readonly Buffer[] {
  const { paths, drop } = copyGoldenLedger('week');
  const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-kept-'));
  try {
    const db = new SqliteDatabase(paths.db);
    change(db);
    db.close();
    const later: (() => void)[] = [];
    const context = {
      progress: () => undefined,
      after: (then: () => void) => void later.push(then),
    } as unknown as Parameters<typeof ledgerIndexJob>[1];
    expect(ledgerIndexJob({ paths, dataDir, anew: false }, context)).toMatchObject({ ok: true });
    for (const then of later) then();
    const folder = join(dataDir, 'indexes');
    return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name))) : [];
  } finally {
    drop();
    rmSync(dataDir, { recursive: true });
  }
}

it('the app folder keeps the index of a ledger, but never one that holds a token of it', () => {
  expect(keptAfter(() => undefined)).toHaveLength(1);
  for (const column of ['api_token', 'token_hash']) {
    const kept = keptAfter((db) => {
      db.prepare(
        `UPDATE event_log SET payload_json = json_set(payload_json, '$.reason', 'refused: ' || (SELECT ${column} FROM agents LIMIT 1))
         WHERE event_type = 'reservation.release'`,
      ).run();
    });
    expect(kept).toHaveLength(0);
  }
});
