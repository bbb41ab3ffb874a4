import { mkdirSync, mkdtempSync, realpathSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import '../../../test/support/data-folder.ts';
import type { Result } from '../result.ts';
import { contentOf } from './content.ts';
import { exportJsonl } from './export.ts';
import { log } from './log.ts';
import { materialise } from './materialise.ts';
import { repositoryAt, type RepositoryPaths } from './paths.ts';
import { resolveHash } from './resolve.ts';
import { status } from './status.ts';
import { lookAtVek, type VekLook } from './store.ts';

const objects = 'CREATE TABLE objects (hash TEXT PRIMARY KEY, content BLOB NOT NULL)';
const nodes =
  'CREATE TABLE nodes (hash TEXT PRIMARY KEY, tool TEXT NOT NULL, input_hash TEXT NOT NULL, output_hash TEXT NOT NULL, parent_hash TEXT, timestamp TEXT NOT NULL, merge_parent TEXT)';
const refs = 'CREATE TABLE refs (name TEXT PRIMARY KEY, hash TEXT NOT NULL)';
const time = '2025-01-01T00:00:00+00:00';

function make(...statements: string[]): RepositoryPaths {
  const root = realpathSync.native(mkdtempSync(join(tmpdir(), 'vekscope-store-')));
  mkdirSync(join(root, '.vek'));
  writeFileSync(join(root, '.vek', 'HEAD'), 'ref: main\n');
  const db = new SqliteDatabase(join(root, '.vek', 'vek.db'));
  db.pragma('journal_mode = WAL');
  db.unsafeMode(true);
  for (const statement of statements) db.exec(statement);
  db.close();
  return repositoryAt(root)!;
}

function hashOf(i: number): string {
  return i.toString(16).padStart(64, '0');
}

function node(i: number, parent: number | null, merge: number | null = null): string {
  const text = (n: number | null): string => (n === null ? 'NULL' : `'${hashOf(n)}'`);
  return `INSERT INTO nodes VALUES ('${hashOf(i)}', 't', 'in', 'out', ${text(parent)}, '${time}', ${text(merge)})`;
}

function read<T>(paths: RepositoryPaths, work: (s: VekLook) => T): T {
  const looked = lookAtVek(paths, work);
  if (!looked.ok) throw new Error(`${looked.error.message} ${looked.error.detail ?? ''}`);
  return looked.value;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function evil(table: string, column: string): string {
  return `UPDATE sqlite_schema SET sql = replace(sql, '${column} TEXT', '${column} TEXT COLLATE evil') WHERE name = '${table}'`;
}

describe('hostile databases', () => {
  it.each([
    ['a view', objects, refs, 'CREATE VIEW nodes AS SELECT 1 AS hash'],
    [
      'a recursive view',
      nodes,
      refs,
      'CREATE VIEW objects AS WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS hash, i AS content FROM n',
    ],
    ['a virtual table', nodes, objects, 'CREATE VIRTUAL TABLE refs USING fts5(name, hash)'],
    [
      'a column that hides the row numbers',
      objects,
      refs,
      'CREATE TABLE nodes (hash TEXT PRIMARY KEY, tool TEXT, input_hash TEXT, output_hash TEXT, parent_hash TEXT, timestamp TEXT, merge_parent TEXT, RowId TEXT)',
    ],
    ['a table without row numbers', objects, refs, `${nodes} WITHOUT ROWID`],
    [
      'a computed column',
      nodes,
      objects,
      'CREATE TABLE refs (name TEXT PRIMARY KEY, hash TEXT AS (hex(zeroblob(900000000))))',
    ],
  ])('%s in place of a table is refused', (_, ...statements) => {
    const looked = lookAtVek(make(...statements), () => 'read');
    expect(looked).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('triggers and other tables are harmless to read', () => {
    const paths = make(
      objects,
      nodes,
      refs,
      'CREATE TABLE own (a)',
      node(1, null),
      "INSERT INTO refs VALUES ('main', '" + hashOf(1) + "')",
      'CREATE TRIGGER x AFTER INSERT ON refs BEGIN DELETE FROM nodes; END',
    );
    const seen = read(paths, (s) => ({ status: valueOf(status(s)), notes: s.schema.notes }));
    expect(seen.status).toMatchObject({ tip: hashOf(1), nodes: 1 });
    expect(seen.notes.join()).toContain('triggers (x)');
  });

  it('a database outside the folder is not followed', () => {
    const paths = make(objects, nodes, refs);
    const other = make(objects, nodes, refs);
    renameSync(other.db, join(other.root, 'moved.db'));
    symlinkSync(paths.db, other.db);
    expect(lookAtVek(other, () => 0)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('columns of other kinds are shown as text and named', () => {
    const paths = make(
      objects,
      nodes,
      refs,
      `INSERT INTO nodes VALUES ('a', x'00ff', x'61', 'o', x'62', '${time}', NULL)`,
      `INSERT INTO nodes VALUES (x'6161', 't', 'i', 'o', NULL, '${time}', NULL)`,
      `INSERT INTO nodes VALUES (NULL, 't', 'i', 'o', NULL, '${time}', NULL)`,
      "INSERT INTO refs VALUES ('good', 'a'), (x'6161', 'a'), ('bad', x'62')",
    );
    const seen = read(paths, (s) => ({
      read: s.nodeRead('a'),
      second: s.nodeReadAt(2),
      third: s.nodeReadAt(3),
      refs: s.refs(),
      problems: s.problems.map((problem) => [problem.kind, problem.ref]),
    }));
    expect(seen.read?.broken).toEqual([
      'tool is not stored as text',
      'input_hash is not stored as text',
      'parent_hash is not stored as text',
    ]);
    expect(seen.second?.broken).toEqual(['hash is not stored as text']);
    expect(seen.third?.broken).toEqual(['hash is missing']);
    expect(seen.refs.map((ref) => ref.name)).toEqual(['good']);
    expect(seen.problems.filter(([kind]) => kind !== 'schema')).toEqual([
      ['ref-unreadable', 'bad'],
      ['ref-unreadable', null],
    ]);
  });

  it('a column that compares in another way does not change what a hash or a name finds', () => {
    const paths = make(
      objects.replace('hash TEXT', 'hash TEXT COLLATE NOCASE'),
      nodes.replace('hash TEXT', 'hash TEXT COLLATE NOCASE'),
      refs.replace('name TEXT', 'name TEXT COLLATE NOCASE'),
      `INSERT INTO nodes VALUES ('abc', 't', 'i', 'o', NULL, '${time}', NULL)`,
      "INSERT INTO refs VALUES ('Main', 'ABC')",
      "INSERT INTO objects VALUES ('i', x'31')",
    );
    read(paths, (s) => {
      expect([s.node('ABC'), s.ref('main'), s.object('I')]).toEqual([null, null, null]);
      expect(s.node('abc')?.tool).toBe('t');
      expect(valueOf(log(s, { branch: 'Main' }))).toEqual([]);
    });
  });

  it('a comparison that does not exist is a failure in words, where it matters', () => {
    const paths = make(
      objects,
      nodes,
      refs,
      "INSERT INTO refs VALUES ('main', 'abc')",
      'PRAGMA writable_schema = ON',
      evil('refs', 'name'),
      evil('nodes', 'parent_hash'),
    );
    expect(lookAtVek(paths, (s) => s.ref('main'))).toEqual({ ok: true, value: 'abc' });
    expect(lookAtVek(paths, (s) => s.children('x', 1))).toMatchObject({
      ok: false,
      error: { kind: 'damaged' },
    });
  });

  it('objects of every storage class are read or named', () => {
    const paths = make(
      objects,
      nodes,
      refs,
      `INSERT INTO objects VALUES ('int', 7), ('text', '{"a":1}'), ('blob', x'7b7d'), ('empty', x''), ('float', 1.5)`,
    );
    const forms = read(paths, (s) =>
      ['int', 'text', 'blob', 'empty', 'float', 'none'].map((hash) => {
        const content = contentOf(s, hash, 100);
        return [content.form, content.notes.length > 0];
      }),
    );
    expect(forms).toEqual([
      ['unreadable', true],
      ['json', true],
      ['json', false],
      ['empty', true],
      ['unreadable', true],
      ['missing', true],
    ]);
  });

  it('huge values are cut, and say so', () => {
    const paths = make(
      objects,
      nodes,
      refs,
      "INSERT INTO objects VALUES ('huge', CAST('\"' || hex(zeroblob(20000000)) || '\"' AS BLOB))",
    );
    const content = read(paths, (s) => contentOf(s, 'huge', 1000));
    expect(content).toMatchObject({ form: 'json', bytes: 40_000_002, cut: true });
    expect(content.text.length).toBeLessThan(1001);
  });

  it.each([
    ['no table', []],
    ['one table', [refs]],
    ['a table without its columns', [objects, refs, 'CREATE TABLE nodes (a, b)']],
  ])('%s: what is missing is listed, nothing throws', (_, statements) => {
    const paths = make(...statements, 'CREATE TABLE something (a)');
    const seen = read(paths, (s) => {
      s.node('x');
      s.object('x');
      s.children('x', 10);
      s.refs();
      log(s);
      resolveHash(s, 'x');
      expect(Array.from(exportJsonl(s))).toEqual([]);
      return { status: valueOf(status(s)), problems: s.problems };
    });
    expect(seen.status).toMatchObject({ nodes: 0, objects: 0, refs: 0 });
    expect(seen.problems.some((problem) => problem.kind === 'schema' && problem.severity === 'error')).toBe(
      true,
    );
  });
});

describe('refs', () => {
  it('come in the order of their UTF-8 bytes, with kinds by exact prefixes', () => {
    const names = [
      'z',
      'a',
      'B',
      '\u{1F600}',
      '\uE000',
      'TAG/odd',
      'tag/v1',
      'tag',
      'checkpoint/c',
      'Checkpoint/d',
      '',
      'a b',
      'tag/tag/x',
    ];
    const paths = make(
      objects,
      nodes,
      refs,
      ...names.map((name) => `INSERT INTO refs VALUES ('${name}', 'h')`),
    );
    const seen = read(paths, (s) => s.refs().map((ref) => [ref.name, ref.kind, ref.label]));
    expect(seen).toEqual([
      ['', 'branch', ''],
      ['B', 'branch', 'B'],
      ['Checkpoint/d', 'branch', 'Checkpoint/d'],
      ['TAG/odd', 'branch', 'TAG/odd'],
      ['a', 'branch', 'a'],
      ['a b', 'branch', 'a b'],
      ['checkpoint/c', 'checkpoint', 'c'],
      ['tag', 'branch', 'tag'],
      ['tag/tag/x', 'tag', 'tag/x'],
      ['tag/v1', 'tag', 'v1'],
      ['z', 'branch', 'z'],
      ['\uE000', 'branch', '\uE000'],
      ['\u{1F600}', 'branch', '\u{1F600}'],
    ]);
  });
});

function main(i: number): string {
  return `INSERT INTO refs VALUES ('main', '${hashOf(i)}')`;
}

function logOf(paths: RepositoryPaths, n?: number | 'all', branch?: string): number[] {
  const options = { ...(n === undefined ? {} : { n }), ...(branch === undefined ? {} : { branch }) };
  return read(paths, (s) => valueOf(log(s, options)).map((record) => Number.parseInt(record.hash, 16)));
}

describe('the log', () => {
  const chain = Array.from({ length: 50 }, (_, i) => node(i + 1, i === 0 ? null : i));
  it('cuts like a Python slice', () => {
    const paths = make(objects, nodes, refs, ...chain, main(50));
    const all = Array.from({ length: 50 }, (_, i) => 50 - i);
    expect(logOf(paths)).toEqual(all.slice(0, 20));
    expect(logOf(paths, 'all')).toEqual(all);
    expect(logOf(paths, 3)).toEqual([50, 49, 48]);
    expect(logOf(paths, 0)).toEqual([]);
    expect(logOf(paths, -10)).toEqual(all.slice(0, -10));
    expect(logOf(paths, -60)).toEqual([]);
    expect(logOf(paths, 1000)).toEqual(all);
    expect(logOf(paths, 'all', 'unknown')).toEqual([]);
  });

  it('follows first parents in any order of storage', () => {
    const order = Array.from({ length: 300 }, (_, i) => ((i * 97) % 300) + 1);
    const statements = order.map((i) => node(i, i === 1 ? null : i - 1, i % 7 === 0 ? 1 : null));
    const paths = make(objects, nodes, refs, ...statements, main(300));
    expect(logOf(paths, 'all')).toEqual(Array.from({ length: 300 }, (_, i) => 300 - i));
  });

  it('follows two chains that were stored in turns', () => {
    const statements = Array.from({ length: 400 }, (_, i) => node(i + 1, i < 2 ? null : i - 1));
    const paths = make(objects, nodes, refs, ...statements, main(400));
    expect(logOf(paths, 'all')).toEqual(Array.from({ length: 200 }, (_, i) => 400 - 2 * i));
  });

  it('ends at a missing parent and before a cycle', () => {
    const missing = make(objects, nodes, refs, node(3, 2), node(2, 99), main(3));
    expect(logOf(missing, 'all')).toEqual([3, 2]);
    const cycle = make(objects, nodes, refs, node(4, 3), node(3, 2), node(2, 1), node(1, 3), main(4));
    expect(logOf(cycle, 'all')).toEqual([4, 3, 2, 1]);
    const self = make(objects, nodes, refs, node(1, 1), main(1));
    expect(logOf(self, 'all')).toEqual([1]);
  });

  it('names a missing HEAD', () => {
    const paths = make(objects, nodes, refs);
    renameSync(paths.head, `${paths.head}.old`);
    expect(read(paths, (s) => log(s))).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(read(paths, (s) => log(s, { branch: 'main' }))).toEqual({ ok: true, value: [] });
  });
});

describe('links', () => {
  it('children are counted past the limit, newest first', () => {
    const paths = make(
      objects,
      nodes,
      refs,
      node(1, null),
      node(2, 1),
      node(3, 1),
      node(4, 2, 1),
      node(5, 1),
    );
    const { records, count } = read(paths, (s) => s.children(hashOf(1), 2));
    expect(records.map((record) => record.hash)).toEqual([hashOf(5), hashOf(4)]);
    expect(count).toBe(4);
  });

  it('a call with a missing object is shown with null and says so', () => {
    const paths = make(objects, nodes, refs, node(1, null), "INSERT INTO objects VALUES ('in', x'6e756c6c')");
    const shown = read(paths, (s) => valueOf(materialise(s, hashOf(1))));
    expect(shown).toMatchObject({ input: { kind: 'null' }, output: { kind: 'null' }, missing: ['output'] });
    expect(read(paths, (s) => materialise(s, 'x'))).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
  });
});
