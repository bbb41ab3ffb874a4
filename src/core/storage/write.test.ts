import { mkdtempSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import '../../../test/support/data-folder.ts';
import { fail, ok } from '../result.ts';
import { look } from './look.ts';
import { writeStore } from './write.ts';

function makeStore(...statements: string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'vekscope-write-')), 'store.db');
  const db = new SqliteDatabase(path);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE t (a)');
  for (const statement of statements) db.exec(statement);
  db.close();
  return path;
}

function rows(path: string): unknown[] {
  const looked = look(path, (db) => db.prepare('SELECT a FROM t ORDER BY rowid').pluck().all());
  if (!looked.ok) throw new Error(looked.error.message);
  return looked.value;
}

function insert(path: string, value: number): ReturnType<typeof writeStore<null>> {
  return writeStore(path, (db) => {
    db.prepare('INSERT INTO t VALUES (?)').run(value);
    return ok(null);
  });
}

describe('writing', () => {
  it('commits a success, keeps the journal mode, and leaves no file beside', () => {
    const path = makeStore();
    expect(insert(path, 1)).toEqual({ ok: true, value: null });
    expect(rows(path)).toEqual([1]);
    expect(readdirSync(join(path, '..'))).toEqual(['store.db']);
    const db = new SqliteDatabase(path);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });

  it('rolls back on a failure and on an exception', () => {
    const path = makeStore('INSERT INTO t VALUES (7)');
    const failed = writeStore(path, (db) => {
      db.exec('DELETE FROM t');
      return fail('conflict', 'moved', 'look again');
    });
    expect(failed).toMatchObject({ ok: false, error: { kind: 'conflict' } });
    expect(() =>
      writeStore(path, (db) => {
        db.exec('DELETE FROM t');
        throw new Error('a bug');
      }),
    ).toThrow('a bug');
    expect(rows(path)).toEqual([7]);
    expect(readdirSync(join(path, '..'))).toEqual(['store.db']);
  });

  it.each([
    ['a trigger', 'CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM t; END'],
    ['a view', 'CREATE VIEW v AS SELECT 1'],
    ['a virtual table', 'CREATE VIRTUAL TABLE v USING fts5(a)'],
  ])('refuses a schema with %s', (_, statement) => {
    const path = makeStore('INSERT INTO t VALUES (7)', statement);
    expect(insert(path, 1)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(rows(path)).toEqual([7]);
  });

  it('does not make a database where there is none', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'vekscope-write-')), 'store.db');
    expect(insert(path, 1)).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    writeFileSync(path, '');
    expect(insert(path, 1)).toMatchObject({ ok: false, error: { kind: 'damaged' } });
    expect(readdirSync(join(path, '..'))).toEqual(['store.db']);
    writeFileSync(path, 'this is no database, whatever its name says');
    expect(insert(path, 1)).toMatchObject({ ok: false, error: { kind: 'not-a-database' } });
  });

  it('refuses a damaged database', () => {
    const path = makeStore(
      'WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO t SELECT zeroblob(300) FROM n',
    );
    truncateSync(path, 4096 * 10);
    expect(insert(path, 1)).toMatchObject({ ok: false, error: { kind: 'damaged' } });
  });

  it('is busy when another writer does not stop', { timeout: 20_000 }, () => {
    const path = makeStore();
    const other = new SqliteDatabase(path);
    other.exec('BEGIN IMMEDIATE');
    expect(insert(path, 1)).toMatchObject({ ok: false, error: { kind: 'busy' } });
    other.exec('ROLLBACK');
    expect(insert(path, 2).ok).toBe(true);
    other.close();
    expect(rows(path)).toEqual([2]);
  });
});
