import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../test/support/aex/golden-copies.ts';
import { folderState } from '../../../test/support/folder-state.ts';
import type { LedgerPaths } from '../aex/paths.ts';
import { limits } from '../storage/limits.ts';
import { watchLedger, type LedgerChange } from './watch.ts';

let paths: LedgerPaths;
let drop: () => void;
let seen: LedgerChange[];
let stop: () => void;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** After this time a change has been reported for the last time: a recent one is told again by the next poll. */
const QUIET_MS = 2 * limits.watchPollMs;

async function report(fits: (change: LedgerChange) => boolean): Promise<void> {
  const from = performance.now();
  while (!seen.some(fits)) {
    if (performance.now() - from > 5_000) throw new Error(`no such report: ${JSON.stringify(seen)}`);
    await pause(5);
  }
  seen.length = 0;
}

beforeEach(async () => {
  ({ paths, drop } = copyGoldenLedger('small'));
  await pause(50);
  seen = [];
  stop = watchLedger(paths, (change) => seen.push(change));
});
afterEach(() => {
  stop();
  drop();
});

const insert = `INSERT INTO event_log (event_type, payload_json, prev_hash, event_hash) VALUES ('x', '{}', 'p', 'h')`;

describe('watching a ledger', () => {
  it('reports each commit of a daemon, in the log beside the database, and its end', async () => {
    const db = new SqliteDatabase(paths.db);
    db.pragma('journal_mode = WAL');
    for (let i = 0; i < 3; i++) {
      await pause(QUIET_MS);
      seen.length = 0;
      db.prepare(insert).run();
      await report((change) => !change.gone);
    }
    await pause(QUIET_MS);
    seen.length = 0;
    db.close();
    await report((change) => !change.gone);
  });

  it('reports one with a rollback journal', async () => {
    const db = new SqliteDatabase(paths.db);
    db.pragma('journal_mode = DELETE');
    await pause(QUIET_MS);
    seen.length = 0;
    db.prepare(insert).run();
    await report((change) => !change.gone);
    db.close();
  });

  it('reports a ledger that went once, and its return', async () => {
    const away = join(paths.dir, 'away');
    renameSync(paths.db, away);
    await report((change) => change.gone);
    await pause(QUIET_MS);
    expect(seen).toEqual([]);
    renameSync(away, paths.db);
    await report((change) => !change.gone);
  });

  it('reports that the whole folder went, and follows the one that comes', async () => {
    const away = `${paths.dir}-away`;
    renameSync(paths.dir, away);
    await report((change) => change.gone);
    cpSync(away, paths.dir, { recursive: true });
    rmSync(away, { recursive: true });
    await report((change) => !change.gone);
    await pause(QUIET_MS);
    seen.length = 0;
    const db = new SqliteDatabase(paths.db);
    db.prepare(insert).run();
    db.close();
    await report((change) => !change.gone);
  });

  it('is silent while nothing happens or other files change, and ends', async () => {
    const before = folderState(paths.dir);
    await pause(QUIET_MS);
    expect(folderState(paths.dir)).toEqual(before);
    writeFileSync(join(paths.dir, 'daemon.out'), 'words');
    await pause(QUIET_MS);
    expect(seen).toEqual([]);
    stop();
    const db = new SqliteDatabase(paths.db);
    db.prepare(insert).run();
    db.close();
    await pause(QUIET_MS);
    expect(seen).toEqual([]);
  });
});
