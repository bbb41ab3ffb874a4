import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateLedger } from '../../../../test/support/aex/generate.ts';
import { columnsInWords } from '../../../../test/support/aex/slow-columns.ts';
import { folderState } from '../../../../test/support/folder-state.ts';
import { failure, value } from '../../../../test/support/writes.ts';
import { limits } from '../../storage/limits.ts';
import type { LedgerPaths } from '../paths.ts';
import { lookAtLedger } from '../store.ts';
import { openIndex, refreshIndex } from './open.ts';
import { readAllIn } from './read.ts';

let dir: string;
let paths: LedgerPaths;
let dataDir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'vekscope-open-index-'));
  dataDir = join(dir, 'data');
  paths = { db: join(dir, 'ledger', 'aex.db'), dir: join(dir, 'ledger') };
  generateLedger(join(dir, 'made.db'), { entries: 12_000, seed: 4 });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const add = (count: number): void => {
  const db = new SqliteDatabase(paths.db);
  const insert = db.prepare(
    `INSERT INTO event_log (agent, event_type, payload_json, prev_hash, event_hash, execution_id)
     VALUES ('coder', 'budget.reserve', '{"estimated_micro":5,"expiry_at":"2026-03-02T09:03:00+00:00"}', 'p', 'h' || random(), NULL)`,
  );
  db.pragma('foreign_keys = OFF');
  db.transaction(() => {
    for (let i = 0; i < count; i++) insert.run();
  })();
  db.close();
};

/** Waits until the thread has written what it read. */
async function kept(): Promise<void> {
  await expect
    .poll(() => readdirSync(join(dataDir, 'indexes')).filter((name) => name.endsWith('.ledger')), {
      timeout: 5_000,
    })
    .toHaveLength(1);
}

it('a large ledger is read in a thread, with progress, kept, and opened from there as it grew', async () => {
  mkdirSync(paths.dir);
  copyFileSync(join(dir, 'made.db'), paths.db);
  const before = folderState(paths.dir);
  const whole = value(lookAtLedger(paths, (s) => readAllIn(s)));
  const told: [number, number][] = [];
  const first = value(
    await openIndex(paths, { dataDir, onProgress: (done, total) => told.push([done, total]) }),
  );
  expect(columnsInWords(first.columns)).toEqual(columnsInWords(whole.columns));
  expect(told.at(-1)).toEqual([whole.columns.count, whole.columns.count]);
  await kept();
  const again = value(await openIndex(paths, { dataDir }));
  expect(again.key).toBe(first.key);
  expect(columnsInWords(again.columns)).toEqual(columnsInWords(whole.columns));
  expect(folderState(paths.dir)).toEqual(before);

  add(3);
  const more = value(await openIndex(paths, { dataDir }));
  expect(more.key).toBe(`${first.key.split(':')[0]}:${whole.columns.count + 3}`);
  const refreshed = value(refreshIndex(paths, first));
  expect(columnsInWords(refreshed.columns)).toEqual(columnsInWords(more.columns));
  add(limits.ledgerInlineEntries + 1);
  expect(failure(refreshIndex(paths, refreshed)).kind).toBe('conflict');
  const grown = value(await openIndex(paths, { dataDir }));
  expect(grown.key.split(':')[0]).toBe(first.key.split(':')[0]);
  expect(grown.columns.allReserved[grown.columns.count - 1]).toBe(
    whole.columns.allReserved[whole.columns.count - 1]! + 5 * (limits.ledgerInlineEntries + 4),
  );
});

it('an older entry that was changed meanwhile is noticed, and what is sound is not', async () => {
  const changed = (sql: string): void => {
    const db = new SqliteDatabase(paths.db);
    db.exec(sql);
    db.close();
  };
  let stale = 0;
  const open = async () => value(await openIndex(paths, { dataDir, onStale: () => stale++ }));
  const first = value(await openIndex(paths, { dataDir, anew: true }));
  await new Promise((resolve) => setTimeout(resolve, 600));
  add(2);
  expect((await open()).columns.count).toBe(first.columns.count + 2);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(stale).toBe(0);
  // Compared by chance, one in 33,000 is nearly never among them.
  changed(`UPDATE event_log SET ts = '2031-01-01 00:00:00' WHERE seq = 7777`);
  const before = (await open()).key;
  if (before.startsWith(first.key.split(':')[0]!)) await expect.poll(() => stale, { timeout: 5_000 }).toBe(1);
  const again = value(await openIndex(paths, { dataDir, anew: true }));
  expect(again.columns.micros[7776]).toBe(Date.UTC(2031, 0, 1) * 1000);
});

it('a reading that is stopped ends as such', async () => {
  const stop = new AbortController();
  const reading = openIndex(paths, { dataDir: null, signal: stop.signal, onProgress: () => stop.abort() });
  expect(failure(await reading).kind).toBe('cancelled');
  expect(failure(await openIndex(paths, { dataDir: null, signal: AbortSignal.abort() })).kind).toBe(
    'cancelled',
  );
});
