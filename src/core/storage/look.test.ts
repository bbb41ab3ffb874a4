import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import '../../../test/support/data-folder.ts';
import { folderState } from '../../../test/support/folder-state.ts';
import { setFileCopier } from './copy.ts';
import { look } from './look.ts';

function freshPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'vekscope-look-')), 'store.db');
}

function makeStore(...statements: string[]): string {
  const path = freshPath();
  const db = new SqliteDatabase(path);
  for (const statement of statements) db.exec(statement);
  db.close();
  return path;
}

const manyRows = [
  'CREATE TABLE t (hash TEXT PRIMARY KEY, value BLOB NOT NULL)',
  "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t SELECT 'h' || i, zeroblob(200) FROM n",
];

function overwrite(path: string, at: number, bytes: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(bytes, 0xee), 0, bytes, at);
  closeSync(file);
}

describe('what stands in place of a database', () => {
  it('nothing', () => {
    const path = freshPath();
    expect(look(path, () => 0)).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('a folder', () => {
    const path = freshPath();
    mkdirSync(path);
    expect(look(path, () => 0)).toMatchObject({ ok: false, error: { kind: 'not-a-database' } });
  });

  it.skipIf(process.platform === 'win32')('a pipe, which would hang', () => {
    const path = freshPath();
    execFileSync('mkfifo', [path]);
    expect(look(path, () => 0)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('a file with no byte', () => {
    const path = freshPath();
    writeFileSync(path, '');
    expect(look(path, (_, how) => how.empty)).toEqual({ ok: true, value: true });
    expect(readdirSync(join(path, '..'))).toEqual(['store.db']);
  });

  it.each(['x', 'hello, I am a text and no database at all', '\u0000\u0001'.repeat(3000)])(
    'a text: %j',
    (text) => {
      const path = freshPath();
      writeFileSync(path, text);
      const looked = look(path, () => 0);
      expect(looked).toMatchObject({ ok: false, error: { kind: 'not-a-database' } });
      if (!looked.ok)
        expect(looked.error.message).toContain(Buffer.from(text).subarray(0, 16).toString('hex'));
    },
  );
});

describe('a damaged database', () => {
  it('is a failure when nothing is asked to be rescued', () => {
    const path = makeStore(...manyRows);
    truncateSync(path, 4096 * 20);
    expect(look(path, (db) => db.prepare('SELECT count(*) FROM t').get())).toMatchObject({
      ok: false,
      error: { kind: 'damaged' },
    });
  });

  it.each([
    ['the end is missing', (path: string) => truncateSync(path, 4096 * 40)],
    ['a page in the middle is overwritten', (path: string) => overwrite(path, 4096 * 60, 4096)],
    ['several pages are overwritten', (path: string) => overwrite(path, 4096 * 30, 4096 * 12)],
  ])('%s: every row that is left is read', (_, damage) => {
    const path = makeStore(...manyRows);
    damage(path);
    const before = folderState(join(path, '..'));
    const looked = look(
      path,
      (db, how) => ({
        salvaged: how.salvaged,
        losses: how.losses,
        rows: db
          .prepare<[], { rowid: number; hash: string; n: number }>(
            'SELECT rowid, hash, length(value) AS n FROM t',
          )
          .all(),
      }),
      { salvage: ['t'] },
    );
    expect(folderState(join(path, '..'))).toEqual(before);
    if (!looked.ok) throw new Error(looked.error.message);
    const { rows, losses, salvaged } = looked.value;
    expect(salvaged).toBe(true);
    expect(losses.length).toBeGreaterThan(0);
    expect(losses.every((loss) => loss.table === 't' && loss.message.length > 0)).toBe(true);
    expect(rows.length).toBeGreaterThan(damage.toString().includes('truncate') ? 100 : 1500);
    for (const row of rows) expect(row).toEqual({ rowid: row.rowid, hash: `h${row.rowid}`, n: 200 });
  });

  it('without a readable first page it is a failure in words', () => {
    const path = makeStore(...manyRows);
    overwrite(path, 100, 3996);
    expect(look(path, () => 0, { salvage: ['t'] })).toMatchObject({ ok: false, error: { kind: 'damaged' } });
  });
});

describe('reading', () => {
  it('can not write, run untrusted functions of a schema, or wait', () => {
    const path = makeStore('CREATE TABLE t (a)', 'CREATE VIEW v AS SELECT load_extension(a) FROM t');
    expect(look(path, (db) => db.exec('INSERT INTO t VALUES (1)'))).toMatchObject({
      ok: false,
      error: { kind: 'io' },
    });
    expect(look(path, (db) => db.prepare('SELECT * FROM v').all()).ok).toBe(false);
    expect(() => look(path, async () => 0)).toThrow('must not be async');
  });

  it('an exception of the reader is passed on, and nothing stays open', () => {
    const path = makeStore('CREATE TABLE t (a)');
    const thrown = new Error('a bug');
    expect(() =>
      look(path, () => {
        throw thrown;
      }),
    ).toThrow(thrown);
  });

  it('a copier can be put in place of the child process', () => {
    const path = makeStore(...manyRows);
    writeFileSync(`${path}-wal`, Buffer.alloc(40, 1));
    const copied: string[] = [];
    setFileCopier((files) => {
      copied.push(...files.map((file) => file.from));
      throw Object.assign(new Error('no'), { code: 'ECOPY' });
    });
    try {
      expect(look(path, () => 0)).toMatchObject({ ok: false, error: { kind: 'io' } });
    } finally {
      setFileCopier(null);
    }
    expect(copied).toEqual([path, `${path}-wal`]);
    expect(look(path, (_, how) => how.way)).toEqual({ ok: true, value: 'copy' });
  });
});
