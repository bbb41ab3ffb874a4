import { closeSync, openSync, truncateSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../../../test/support/aex/golden-copies.ts';
import type { LedgerReport } from '../../../contract/ledger-report.ts';
import { checkLedger } from './check.ts';

const dropped: (() => void)[] = [];
afterEach(() => {
  for (const drop of dropped.splice(0)) drop();
});

const nowMicros = Date.UTC(2026, 5, 1) * 1_000;

/** Checks a copy of a golden after it was changed. */
async function checkAfter(change: (file: string, db: Database.Database) => void): Promise<LedgerReport> {
  const { paths, drop } = copyGoldenLedger('week');
  dropped.push(drop);
  const db = new Database(paths.db);
  db.pragma('journal_mode = DELETE');
  change(paths.db, db);
  db.close();
  const checked = await checkLedger(paths, { dataDir: null, nowMicros });
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return checked.value;
}

describe('a table that is not there', () => {
  it('is an error in a file that says it is of AEX 2.0', async () => {
    const report = await checkAfter((_, db) => db.exec('DROP TABLE rate_windows'));
    expect(report.ok).toBe(false);
    expect(report.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { kind: 'file-damaged', message: expect.stringContaining('The table rate_windows is missing.') },
    ]);
  });

  it('is told once, although a check of AEX fails for it', async () => {
    const report = await checkAfter((_, db) => db.exec('DROP TABLE reservations'));
    expect(report.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { kind: 'file-damaged', expected: 'table reservations', found: 'none' },
    ]);
  });

  it('is unknown in a file of another version', async () => {
    const report = await checkAfter((_, db) => {
      db.exec('DROP TABLE rate_windows');
      db.pragma('user_version = 2');
    });
    expect(report.ok).toBe(true);
    expect(report.unknown.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('The table rate_windows is missing.'),
    );
  });
});

/** A golden with a page of rows of a table that is nothing but ones. */
const checkWithout = (table: string): Promise<LedgerReport> =>
  checkAfter((file, db) => {
    const page = db
      .prepare<[string], number>(
        `SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 1`,
      )
      .pluck()
      .get(table)!;
    const size = Number(db.pragma('page_size', { simple: true }));
    db.close();
    const at = openSync(file, 'r+');
    writeSync(at, Buffer.alloc(size, 0xff), 0, size, (page - 1) * size);
    closeSync(at);
  });

it('rows that went with a damaged page accuse nobody of removing them', async () => {
  const report = await checkWithout('events');
  expect(report.findings[0]?.kind).toBe('file-damaged');
  expect(report.findings.filter(({ kind }) => kind === 'row-missing')).toEqual([]);
  expect(report.unknown.map(({ what }) => what)).toContain('lost rows');
});

it('tables that went with the end of the file accuse nobody of changing what agents have', async () => {
  const report = await checkAfter((file, db) => {
    db.close();
    truncateSync(file, 100_000);
  });
  expect(new Set(report.findings.map(({ kind }) => kind))).toEqual(new Set(['file-damaged']));
  expect(report.unknown.map(({ message }) => message).join(' ')).toMatch(
    /figures of agents do not follow from the entries that are left/,
  );
});

it('damage is one finding, and what is found beside it accuses nobody', async () => {
  const report = await checkAfter((file, db) => {
    db.close();
    const at = openSync(file, 'r+');
    // noise over rows of several tables
    for (const from of [60_000, 120_000, 180_000]) writeSync(at, Buffer.alloc(6_000, 0x5a), 0, 6_000, from);
    closeSync(at);
  });
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ kind }) => kind)).toEqual(['file-damaged']);
  expect(errors[0]?.message).toContain('what could still be read is shown');
  expect(report.stretches.map(({ is }) => is)).not.toContain('altered');
  for (const { severity, sure } of report.findings.slice(1)) {
    if (severity === 'warning') expect(sure).toBe('possible');
  }
});
