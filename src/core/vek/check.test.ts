import Database from 'better-sqlite3';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { generateDefaults, generateRepository } from '../../../bench/generate.ts';
import type { CheckReport } from '../../contract/vek.ts';
import { checkRepository, type CheckOptions } from './check.ts';
import { blobHash } from './hash.ts';
import { repositoryAt, type RepositoryPaths } from './paths.ts';

const root = mkdtempSync(join(tmpdir(), 'vekscope-check-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;
function repository(nodes: number): RepositoryPaths {
  const folder = join(root, String(++made));
  generateRepository(folder, { ...generateDefaults(nodes, made), payload: 80 });
  return repositoryAt(folder) as RepositoryPaths;
}

function change(paths: RepositoryPaths, work: (db: Database.Database) => void): void {
  const db = new Database(paths.db);
  work(db);
  db.close();
}

async function check(paths: RepositoryPaths, options?: CheckOptions): Promise<CheckReport> {
  const result = await checkRepository(paths, options);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('a check', () => {
  it('hashes objects that no call uses, and names none', async () => {
    const paths = repository(20);
    const lonely = Buffer.from('{"nobody":"uses this"}');
    change(paths, (db) => {
      db.prepare('INSERT INTO objects VALUES (?, ?)').run(blobHash(lonely), Buffer.from('{"altered":1}'));
    });
    const report = await check(paths);
    expect(report.problems).toMatchObject([
      { kind: 'object-altered', hash: blobHash(lonely), severity: 'error' },
    ]);
    expect(report.problems[0]?.message).toContain('No call uses it');
    expect(report.problems[0]?.message).toContain(blobHash(Buffer.from('{"altered":1}')));
  });

  it('names the first twenty calls of a damaged object and counts all', async () => {
    const paths = repository(30);
    const missing = 'a'.repeat(64);
    change(paths, (db) => void db.prepare('UPDATE nodes SET input_hash = ?').run(missing));
    const { problems } = await check(paths);
    const object = problems.find((p) => p.kind === 'object-missing');
    expect(object?.hash).toBe(missing);
    expect(object?.message).toContain('used 30 times');
    expect(object?.message).toContain('and 10 more');
    expect(new Set(object?.message.match(/[0-9a-f]{64}/g))).toHaveLength(21);
    expect(problems.filter((p) => p.kind === 'input-missing')).toHaveLength(30);
  });

  it('finds a damaged index, by which the Python tool reads while a check reads the tables', async () => {
    const paths = repository(200);
    const pages = new Database(paths.db, { readonly: true });
    const page = pages
      .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
      .pluck()
      .get('sqlite_autoindex_nodes_1') as number;
    const size = pages.pragma('page_size', { simple: true }) as number;
    pages.close();
    const file = openSync(paths.db, 'r+');
    writeSync(file, Buffer.alloc(size, 0xee), 0, size, (page - 1) * size);
    closeSync(file);
    const report = await check(paths);
    expect(report.ok).toBe(false);
    expect(report.problems).toMatchObject([{ kind: 'damaged-file', severity: 'error' }]);
    expect(report.checked.nodes).toBe(200);
  });

  it('finds an index that lists other rows than its table has', async () => {
    const paths = repository(20);
    const row = `FROM sqlite_schema WHERE name = 'idx_refs_hash'`;
    const unsafe = (work: (db: Database.Database) => void): void =>
      change(paths, (db) => {
        db.unsafeMode(true);
        db.pragma('writable_schema = 1');
        work(db);
      });
    unsafe((db) => {
      db.exec(`CREATE INDEX idx_refs_hash ON refs(hash)`);
      db.exec(`CREATE TABLE kept AS SELECT * ${row}; DELETE ${row}`);
    });
    unsafe((db) => {
      db.exec(`INSERT INTO refs SELECT 'second', hash FROM nodes LIMIT 1`);
      db.exec('INSERT INTO sqlite_schema SELECT * FROM kept');
    });
    const report = await check(paths);
    expect(report.ok).toBe(false);
    expect(report.problems).toContainEqual(
      expect.objectContaining({
        kind: 'index-damaged',
        message: expect.stringContaining('The index idx_refs_hash lists'),
      }),
    );
  });

  it('finds an index that lists a row in a wrong place', async () => {
    const paths = repository(20);
    const db = new Database(paths.db);
    const hash = db.prepare<[], string>('SELECT hash FROM nodes LIMIT 1 OFFSET 9').pluck().get() as string;
    const page = db
      .prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_nodes_1'`)
      .pluck()
      .get() as number;
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const at = readFileSync(paths.db).indexOf(hash, (page - 1) * 4096);
    const file = openSync(paths.db, 'r+');
    writeSync(file, hash.startsWith('f') ? 'e' : 'f', at);
    closeSync(file);
    expect((await check(paths)).problems).toContainEqual(
      expect.objectContaining({ kind: 'index-damaged', severity: 'error' }),
    );
  });

  it('reads objects above the size of a piece, and says that it did not parse them', async () => {
    const paths = repository(5);
    const large = Buffer.alloc(17 * 1024 * 1024 + 5, 'x');
    const other = Buffer.alloc(17 * 1024 * 1024 + 6, 'x');
    change(paths, (db) => {
      const insert = db.prepare('INSERT INTO objects VALUES (?, ?)');
      insert.run(blobHash(large), large);
      insert.run(blobHash(other), large);
    });
    const { problems } = await check(paths);
    expect(problems).toMatchObject([
      { kind: 'object-not-parsed', severity: 'notice', hash: blobHash(large) },
      { kind: 'object-altered', severity: 'error', hash: blobHash(other) },
    ]);
    expect(problems[1]?.message).toContain(blobHash(large));
  });

  it('tells contents that Python reads from those that it does not', async () => {
    const paths = repository(5);
    const contents: [string | Buffer, boolean][] = [
      ['[NaN,-Infinity]', true],
      ['', true],
      ['\ufeff{"a":1}', true],
      [Buffer.from('"hi"', 'utf16le'), true],
      ['[1]\0', false],
      ['{"a":1}\0', false],
      ['[1,]', false],
      [Buffer.from('22fffefa22', 'hex'), false],
      ['"a\tb"', false],
    ];
    change(paths, (db) => {
      for (const [content] of contents) {
        const bytes = Buffer.from(content as string);
        db.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?)').run(blobHash(bytes), bytes);
      }
    });
    const report = await check(paths);
    expect(report.ok).toBe(true);
    expect(report.problems.map((p) => p.kind)).toEqual(Array(5).fill('object-not-json'));
    expect(report.problems.map((p) => p.hash)).toEqual(
      contents.filter(([, json]) => !json).map(([content]) => blobHash(Buffer.from(content as string))),
    );
  });

  it('reports columns that are not text, odd tools and foreign times', async () => {
    const paths = repository(6);
    change(paths, (db) => {
      db.exec(`UPDATE nodes SET parent_hash = CAST(parent_hash AS BLOB) WHERE rowid = 2`);
      db.exec(`UPDATE nodes SET tool = '' WHERE rowid = 3`);
      db.exec(`UPDATE nodes SET timestamp = '2025-03-01T09:00:00.5Z' WHERE rowid = 4`);
    });
    const { problems } = await check(paths);
    const of = (kind: string): (string | null)[] =>
      problems.filter((p) => p.kind === kind).map((p) => p.severity);
    expect(of('node-altered')).toHaveLength(3);
    expect(of('parent-missing')).toEqual(['error']);
    expect(of('tool-odd')).toEqual(['warning']);
    expect(of('time-form')).toEqual(['notice']);
    expect(problems.find((p) => p.message.includes('not stored as text'))?.kind).toBe('node-altered');
  });

  it('notes odd names of refs, and HEAD on a tag', async () => {
    const paths = repository(5);
    const odd = ['', ' padded', 'line\nbreak', 'TAG/odd', 'ref: x', 'tag/'];
    change(paths, (db) => {
      for (const name of odd) db.prepare('INSERT INTO refs SELECT ?, hash FROM refs LIMIT 1').run(name);
      db.prepare('INSERT INTO refs SELECT ?, hash FROM refs LIMIT 1').run('tag/fine');
    });
    writeFileSync(paths.head, 'ref: tag/fine\n');
    const report = await check(paths);
    expect(report.ok).toBe(true);
    expect(report.problems.filter((p) => p.kind === 'ref-name').map((p) => p.ref)).toEqual([...odd].sort());
    expect(report.problems.at(-1)).toMatchObject({ kind: 'head-on-tag', ref: 'tag/fine' });
    expect(report.problems.some((p) => p.message.includes('\n'))).toBe(false);
  });

  it('finds a call that is its own parent, and two cycles apart', async () => {
    const paths = repository(40);
    change(paths, (db) => {
      const name = db.prepare<[number], string>('SELECT hash FROM nodes WHERE rowid = ?').pluck();
      const parent = db.prepare('UPDATE nodes SET parent_hash = ? WHERE rowid = ?');
      parent.run(name.get(1), 1);
      parent.run(name.get(21), 20);
      parent.run(name.get(20), 21);
    });
    const cycles = (await check(paths)).problems.filter((p) => p.kind === 'cycle');
    expect(cycles.map((p) => p.message.match(/[0-9a-f]{64}/g)?.length)).toEqual([1, 2]);
  });

  it('leaves no trace, reports progress to the end, and can be stopped', async () => {
    const paths = repository(12_000);
    const before = statSync(paths.db, { bigint: true });
    const seen: { done: number; total: number }[] = [];
    const report = await check(paths, { workers: 2, onProgress: (p) => seen.push(p) });
    expect(report.ok).toBe(true);
    expect(report.checked.nodes).toBe(12_000);
    const all = report.checked.nodes + report.checked.objects;
    expect(seen.every(({ done, total }) => done <= total && total === all)).toBe(true);
    expect(seen.at(-1)?.done).toBe(all);
    const stop = new AbortController();
    const stopped = await checkRepository(paths, {
      workers: 2,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect(stopped).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    const after = statSync(paths.db, { bigint: true });
    expect([after.mtimeNs, after.size]).toEqual([before.mtimeNs, before.size]);
    expect(readdirSync(paths.dir).sort()).toEqual(['HEAD', 'config', 'objects', 'refs', 'vek.db']);
  });

  it('checks what is left of a file with a broken page', async () => {
    const paths = repository(12_000);
    const size = statSync(paths.db).size;
    const file = openSync(paths.db, 'r+');
    writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, Math.floor(size / 4096 / 2) * 4096);
    closeSync(file);
    const report = await check(paths, { workers: 2 });
    expect(report.ok).toBe(false);
    expect(report.problems.some((p) => p.kind === 'damaged-file' && p.severity === 'error')).toBe(true);
    expect(report.checked.nodes).toBeGreaterThan(11_000);
  });

  it('sees one moment while another process writes', async () => {
    const paths = repository(12_000);
    const db = new Database(paths.db);
    db.pragma('journal_mode = WAL');
    const insert = db.prepare('INSERT INTO objects VALUES (?, ?)');
    const stop = new AbortController();
    let count = 0;
    const write = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const bytes = Buffer.from(`{"live":${count++}}`);
        insert.run(blobHash(bytes), bytes);
        await new Promise((resolve) => {
          setTimeout(resolve, 2);
        });
      }
    };
    const writing = write();
    try {
      for (const workers of [1, 2]) {
        const report = await check(paths, { workers });
        expect(report.problems).toEqual([]);
        expect(report.checked.nodes).toBe(12_000);
      }
      expect(count).toBeGreaterThan(5);
    } finally {
      stop.abort();
      await writing;
      db.close();
    }
  });
});
