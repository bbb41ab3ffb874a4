import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { anyRow, anyRows, numbered, someRows } from '../../../../test/support/aex/any-rows.ts';
import {
  copyGoldenLedger,
  goldenLedgers,
  goldenVerdicts,
} from '../../../../test/support/aex/golden-copies.ts';
import { logDatabase, type LogDatabase } from '../../../../test/support/aex/log-database.ts';
import { columnsInWords, slowColumns, type MeantRow } from '../../../../test/support/aex/slow-columns.ts';
import { failure, value } from '../../../../test/support/writes.ts';
import { cacheFile } from '../../storage/cache-file.ts';
import { storeSignature } from '../../storage/signature.ts';
import type { LedgerIndex } from '../columns.ts';
import { lookAtLedger } from '../store.ts';
import { loadIndex, saveIndex } from './cache.ts';
import { entryFits } from './fits.ts';
import { allFit } from './grown.ts';
import { ledgerIndexJob } from './index-job.ts';
import { openIndex, refreshIndex } from './open.ts';
import { readAllIn } from './read.ts';
import { fromPlainIndex } from './transfer.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-index-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

let made: LogDatabase[] = [];
afterEach(() => {
  for (const one of made) one.drop();
  made = [];
});

function database(rows: readonly MeantRow[] = []): LogDatabase {
  const one = logDatabase(rows);
  made.push(one);
  return one;
}

const read = (store: LogDatabase): LedgerIndex => value(lookAtLedger(store.paths, (s) => readAllIn(s)));

/** What the job does in its thread, here. */
async function job(store: LogDatabase, anew = false): Promise<LedgerIndex> {
  const afterwards: (() => void)[] = [];
  const done = await ledgerIndexJob(
    { paths: store.paths, dataDir, anew },
    { progress: () => undefined, transfer: () => undefined, after: (work) => void afterwards.push(work) },
  );
  for (const work of afterwards) work();
  return fromPlainIndex(value(done).plain);
}

const dropAll = (): void => {
  for (const one of made.splice(0)) one.drop();
};

describe('the columns of a ledger', () => {
  it('are what a slow model says, for logs of any kind', () => {
    fc.assert(
      fc.property(anyRows(40), (rows) => {
        const { columns } = read(database(rows));
        expect(columnsInWords(columns)).toEqual(slowColumns(rows));
        dropAll();
      }),
      { numRuns: 80 },
    );
  });

  it('are the same when they grow step by step, and old ones stay as they were', () => {
    fc.assert(
      fc.property(
        anyRows(30),
        fc.array(fc.array(anyRow, { maxLength: 6 }), { maxLength: 5 }),
        (first, steps) => {
          const store = database(first);
          let index = read(store);
          let rows: MeantRow[] = first;
          for (const step of steps) {
            const more = numbered(step, Number(rows.at(-1)?.seq ?? 0));
            const before = index.columns;
            const kept = before.spent.slice(0, before.count);
            store.add(more);
            index = value(refreshIndex(store.paths, index));
            rows = rows.concat(more);
            expect(columnsInWords(index.columns)).toEqual(slowColumns(rows));
            expect(before.count + more.length).toBe(index.columns.count);
            expect(before.spent.slice(0, before.count)).toEqual(kept);
          }
          dropAll();
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each(goldenLedgers)('of %s end with the balances of the original', (name) => {
    const { paths, drop } = copyGoldenLedger(name);
    const index = value(lookAtLedger(paths, (s) => readAllIn(s)));
    const accounts = value(lookAtLedger(paths, (s) => s.accounts()));
    const { columns } = index;
    const differs = accounts.filter((account) => {
      const agent = columns.texts.findText(account.name);
      let last = columns.count - 1;
      while (last >= 0 && columns.agent[last] !== agent) last--;
      const [spent, reserved] = last < 0 ? [0, 0] : [columns.spent[last], columns.reserved[last]];
      return spent !== account.spentMicro || reserved !== account.reservedMicro;
    });
    expect(differs.length === 0).toBe(goldenVerdicts(name).replay_ledger_balances.ok);
    drop();
  });

  it('are counted once, also where an older state is asked to grow again', () => {
    const rows = someRows(30, 2);
    const store = database(rows.slice(0, 10));
    const first = read(store);
    for (const to of [15, 22, 30]) {
      store.add(rows.slice(to === 15 ? 10 : to === 22 ? 15 : 22, to));
      const { columns } = value(refreshIndex(store.paths, first));
      expect(columnsInWords(columns)).toEqual(slowColumns(rows.slice(0, to)));
    }
  });

  it('tell their key apart by what was added', async () => {
    const rows = someRows(15, 7);
    const store = database(rows);
    const index = read(store);
    expect(value(refreshIndex(store.paths, index)).key).toBe(index.key);
    store.add([{ ...rows[0]!, seq: null }]);
    expect(value(refreshIndex(store.paths, index)).key).not.toBe(index.key);
    expect(read(store).key).not.toBe(read(store).key);
  });

  it('take numbers beyond exact ones without end', () => {
    const [row] = someRows(1, 3);
    const store = database();
    for (const seq of [2n ** 53n + 1n, 2n ** 62n, 5n]) store.add([{ ...row!, seq }]);
    expect([...read(store).columns.seq.subarray(0, 3)]).toEqual([5, 2 ** 53, 2 ** 62]);
  });
});

describe('what happened to a store that did not simply grow', () => {
  const rows = someRows(12, 11);

  const changes: [string, string][] = [
    ['a changed time', `UPDATE event_log SET ts = '2031-01-01 00:00:00' WHERE seq = 4`],
    ['a changed agent', `UPDATE event_log SET agent = 'someone else' WHERE seq = 1`],
    [
      'a changed amount',
      `UPDATE event_log SET event_type = 'usage.commit', payload_json = '{"cost_micro":77}' WHERE seq = 6`,
    ],
    ['a changed execution', `UPDATE event_log SET execution_id = 'e9' WHERE seq = 12`],
    ['a changed last hash', `UPDATE event_log SET event_hash = 'x' WHERE seq = 12`],
    ['a changed first hash', `UPDATE event_log SET event_hash = 'x' WHERE seq = 1`],
    ['a removed entry', 'DELETE FROM event_log WHERE seq = 5'],
    ['a removed tail', 'DELETE FROM event_log WHERE seq > 9'],
    ['everything removed', 'DELETE FROM event_log'],
    [
      'an entry put before',
      `INSERT INTO event_log (seq, event_type, payload_json, event_hash) VALUES (-3, 'x', '{}', 'h')`,
    ],
    ['another column', 'ALTER TABLE event_log ADD COLUMN chain_partition'],
  ];
  /** What is not of an entry that is shown. */
  const UNSEEN = new Set(['a changed last hash', 'a changed first hash', 'another column']);

  it.each(changes)('is a conflict, and read anew: %s', async (_what, sql) => {
    const store = database(rows);
    const index = read(store);
    store.run(sql);
    expect(failure(refreshIndex(store.paths, index)).kind).toBe('conflict');
    const again = value(await openIndex(store.paths, { dataDir, anew: true }));
    expect(columnsInWords(again.columns)).toEqual(columnsInWords(read(store).columns));
  });

  it('shows in an entry that is read again', () => {
    const store = database(rows);
    const index = read(store);
    const entry = (seq: number) => value(lookAtLedger(store.paths, (s) => s.entry(seq)))!;
    for (let seq = 1; seq <= 12; seq++) expect(entryFits(index, seq - 1, entry(seq))).toBe(true);
    store.run(`UPDATE event_log SET agent = 'someone else' WHERE seq = 3`);
    expect(entryFits(index, 2, entry(3))).toBe(false);
    expect(entryFits(index, 3, entry(3))).toBe(false);
    expect(entryFits(index, 12, entry(12))).toBe(false);
  });

  it.each(changes)('is seen by comparing all entries: %s', (what, sql) => {
    const store = database(rows);
    const index = read(store);
    const fits = () => value(lookAtLedger(store.paths, (s) => allFit(s, index)));
    expect(fits()).toBe(true);
    store.add(someRows(20, 12).slice(12));
    expect(fits()).toBe(true);
    store.run(sql);
    expect(fits()).toBe(UNSEEN.has(what));
  });

  it('is said where it is not there any more', async () => {
    const store = database(rows);
    const index = read(store);
    store.drop();
    expect(failure(refreshIndex(store.paths, index)).kind).toBe('not-found');
    expect(failure(await openIndex(store.paths, { dataDir })).kind).toBe('not-found');
  });
});

describe('the index in the app folder', () => {
  it('is what was read, also with what came since', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows(25), fc.array(anyRow, { maxLength: 5 }), async (rows, more) => {
        const store = database(rows);
        expect(columnsInWords((await job(store)).columns)).toEqual(slowColumns(rows));
        const kept = loadIndex(store.paths, dataDir)!;
        expect(kept.signature).toBe(storeSignature(store.paths.db));
        expect(columnsInWords(kept.index.columns)).toEqual(slowColumns(rows));
        const added = numbered(more, Number(rows.at(-1)?.seq ?? 0));
        store.add(added);
        const grown = await job(store);
        expect(columnsInWords(grown.columns)).toEqual(slowColumns(rows.concat(added)));
        expect(grown.key.split(':')[0]).toBe(kept.index.key.split(':')[0]);
        dropAll();
      }),
      { numRuns: 20 },
    );
  });

  it('does not count where the store is another one', async () => {
    const rows = someRows(9, 5);
    const store = database(rows);
    const first = await job(store);
    store.run(`UPDATE event_log SET agent = 'someone else' WHERE seq = 2`);
    const again = await job(store);
    expect(again.key.split(':')[0]).not.toBe(first.key.split(':')[0]);
    expect(columnsInWords(again.columns)).toEqual(columnsInWords(read(store).columns));
    expect((await job(store, true)).key).not.toBe(again.key);
  });

  it('is made anew where its file is broken, wherever that is', async () => {
    const rows = someRows(30, 5);
    const store = database(rows);
    await job(store);
    const path = cacheFile(store.paths, dataDir, '.ledger');
    const whole = readFileSync(path);
    const wanted = slowColumns(rows);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, by, cut) => {
          const bytes = Buffer.from(whole);
          bytes[at] = bytes[at]! ^ by;
          writeFileSync(path, bytes);
          if (cut) truncateSync(path, at);
          expect(columnsInWords((await job(store)).columns)).toEqual(wanted);
          expect(columnsInWords(loadIndex(store.paths, dataDir)!.index.columns)).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is of the state that was read, also where the index grew while it was written', async () => {
    const rows = someRows(20, 9);
    const store = database(rows);
    const afterwards: (() => void)[] = [];
    const done = await ledgerIndexJob(
      { paths: store.paths, dataDir, anew: true },
      { progress: () => undefined, transfer: () => undefined, after: (work) => void afterwards.push(work) },
    );
    const more = someRows(30, 10).slice(20);
    store.add(more);
    value(refreshIndex(store.paths, fromPlainIndex(value(done).plain)));
    for (const work of afterwards) work();
    expect(columnsInWords(loadIndex(store.paths, dataDir)!.index.columns)).toEqual(slowColumns(rows));
    expect(columnsInWords((await job(store)).columns)).toEqual(slowColumns(rows.concat(more)));
  });

  it('is no reason to fail where the folder can not be written', () => {
    const store = database();
    expect(saveIndex(store.paths, join(store.paths.db, 'no-folder'), read(store), 's')).toBe(false);
    expect(loadIndex(store.paths, join(store.paths.db, 'no-folder'))).toBeNull();
  });
});
