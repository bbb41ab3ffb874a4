import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderState } from '../../../test/support/folder-state.ts';
import { closeBench, openBench, outside, type Bench } from '../../../test/support/writes.ts';
import { limits } from '../storage/limits.ts';
import { watchStore, type StoreChange } from './watch.ts';

let bench: Bench;
let seen: StoreChange[];
let stop: () => void;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** After this time a change has been reported for the last time: a recent one is told again by the next poll. */
const QUIET_MS = 2 * limits.watchPollMs;

/** Waits for a report that fits; how soon it comes is measured in the bench. */
async function report(fits: (change: StoreChange) => boolean): Promise<void> {
  const from = performance.now();
  while (!seen.some(fits)) {
    if (performance.now() - from > 5_000) throw new Error(`no such report: ${JSON.stringify(seen)}`);
    await pause(5);
  }
  seen.length = 0;
}

beforeEach(async () => {
  bench = openBench('linear');
  await pause(50);
  seen = [];
  stop = watchStore(bench.paths, (change) => seen.push(change));
});
afterEach(() => {
  stop();
  closeBench(bench);
});

describe('watching a repository', () => {
  it('reports a commit of another connection, and again each time', async () => {
    const db = new SqliteDatabase(bench.paths.db);
    db.pragma('journal_mode = WAL');
    for (let i = 0; i < 5; i++) {
      seen.length = 0;
      db.prepare('INSERT INTO refs VALUES (?, ?)').run(`r${i}`, 'x');
      await report((change) => change.store);
      await pause(QUIET_MS);
    }
    db.close();
  });

  it('tells HEAD and HEAD.lock from the store', async () => {
    writeFileSync(bench.paths.head, 'ref: elsewhere\n');
    await report((change) => change.head && !change.store && !change.lock);
    await pause(QUIET_MS);
    seen.length = 0;
    writeFileSync(bench.paths.headLock, '1.5');
    await report((change) => change.lock && !change.store && !change.head);
    rmSync(bench.paths.headLock);
    await report((change) => change.lock);
  });

  it('reports a removed repository once, and its return', async () => {
    const away = join(bench.root, 'away');
    renameSync(bench.paths.dir, away);
    await report((change) => change.gone);
    await pause(QUIET_MS);
    expect(seen).toEqual([]);
    cpSync(away, bench.paths.dir, { recursive: true });
    await report((change) => change.store && !change.gone);
    await pause(QUIET_MS);
    seen.length = 0;
    outside(bench, 'INSERT INTO refs VALUES (?, ?)', 'again', 'x');
    await report((change) => change.store);
  });

  it('notices a database that was replaced by another', async () => {
    const other = openBench('forked');
    renameSync(other.paths.db, bench.paths.db);
    await report((change) => change.store);
    closeBench(other);
  });

  it('is silent while nothing happens, changes nothing, and ends', async () => {
    const before = folderState(bench.root);
    await pause(QUIET_MS);
    expect(seen).toEqual([]);
    expect(folderState(bench.root)).toEqual(before);
    stop();
    outside(bench, 'INSERT INTO refs VALUES (?, ?)', 'after', 'x');
    await pause(QUIET_MS);
    expect(seen).toEqual([]);
  });
});
