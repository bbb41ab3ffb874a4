import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import type { CallsBefore } from '../contract/vek.ts';
import { limits } from '../core/storage/limits.ts';
import { blobHash, nodeHash } from '../core/vek/hash.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

let engine: TestEngine | null = null;
const folders: string[] = [];

afterEach(() => {
  engine?.close();
  engine = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type Given = { readonly tool: string; readonly input: unknown; readonly parent?: number | string | null };

/** A repository of these calls, each after the one before it unless told; gives their hashes. */
function repository(calls: readonly Given[]): {
  readonly folder: string;
  readonly hashes: readonly string[];
} {
  const folder = mkdtempSync(join(tmpdir(), 'vekscope-before-'));
  folders.push(folder);
  mkdirSync(join(folder, '.vek'));
  const db = new Database(join(folder, '.vek', 'vek.db'));
  db.exec(`
    CREATE TABLE objects (hash TEXT PRIMARY KEY, content BLOB NOT NULL);
    CREATE TABLE nodes (hash TEXT PRIMARY KEY, tool TEXT NOT NULL, input_hash TEXT NOT NULL, output_hash TEXT NOT NULL,
      parent_hash TEXT, timestamp TEXT NOT NULL, merge_parent TEXT);
    CREATE TABLE refs (name TEXT PRIMARY KEY, hash TEXT NOT NULL);
    PRAGMA user_version = 2;
  `);
  const object = db.prepare('INSERT OR IGNORE INTO objects VALUES (?, ?)');
  const node = db.prepare('INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, NULL)');
  const hashes: string[] = [];
  db.transaction(() => {
    for (const [i, { tool, input, parent }] of calls.entries()) {
      const [inputHash, outputHash] = [input, i].map((value) => {
        const bytes = Buffer.from(JSON.stringify(value));
        object.run(blobHash(bytes), bytes);
        return blobHash(bytes);
      }) as [string, string];
      const record = {
        tool,
        input_hash: inputHash,
        output_hash: outputHash,
        parent_hash:
          typeof parent === 'number'
            ? hashes[parent]!
            : parent === undefined
              ? (hashes.at(-1) ?? null)
              : parent,
        timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, i)).toISOString().replace(/\.\d+Z$/, '.000001+00:00'),
        merge_parent: null,
      };
      const hash = nodeHash(record);
      node.run(hash, tool, inputHash, outputHash, record.parent_hash, record.timestamp);
      hashes.push(hash);
    }
    db.prepare('INSERT INTO refs VALUES (?, ?)').run('main', hashes.at(-1));
  })();
  db.close();
  return { folder, hashes };
}

async function before(folder: string, hash: string): Promise<CallsBefore> {
  engine ??= startTestEngine();
  const opened = await engine.client.workspace.open({ path: folder });
  if (!opened.ok) throw new Error(opened.error.message);
  const answer = await engine.client.vek.before({ source: opened.value.sources[0]!.id, hash });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

test('the parent, the last call of the tool and the last on the document are three different calls', async () => {
  const { folder, hashes } = repository([
    { tool: 'edit', input: { path: 'a.md', text: 1 } },
    { tool: 'edit', input: { path: 'b.md', text: 2 } },
    { tool: 'shell', input: { cmd: 'ls' } },
    { tool: 'edit', input: { text: 3, path: 'a.md' } },
  ]);
  expect(await before(folder, hashes[3]!)).toMatchObject({
    parent: { hash: hashes[2], tool: 'shell' },
    sameTool: { hash: hashes[1], tool: 'edit' },
    sameDocument: { hash: hashes[0] },
    document: { field: 'path', text: 'a.md' },
    searched: 2,
    unsearched: false,
  });
});

test('only calls of the same history count, not those of another branch', async () => {
  const { folder, hashes } = repository([
    { tool: 'edit', input: { path: 'a.md' } },
    { tool: 'edit', input: { path: 'a.md', other: true }, parent: 0 },
    { tool: 'edit', input: { path: 'a.md', mine: true }, parent: 0 },
  ]);
  expect(await before(folder, hashes[2]!)).toMatchObject({
    sameTool: { hash: hashes[0] },
    sameDocument: { hash: hashes[0] },
  });
});

test('the first call, and one whose parent is gone, have nothing before them', async () => {
  const gone = 'ab'.repeat(32);
  const { folder, hashes } = repository([
    { tool: 'edit', input: { path: 'a.md' } },
    { tool: 'edit', input: { path: 'a.md', x: 1 }, parent: gone },
  ]);
  expect(await before(folder, hashes[0]!)).toMatchObject({
    parent: null,
    sameTool: null,
    sameDocument: null,
  });
  expect(await before(folder, hashes[1]!)).toMatchObject({
    parent: { hash: gone, present: false },
    sameTool: null,
  });
});

test('an input that names nothing leaves the document out', async () => {
  const { folder, hashes } = repository([
    { tool: 'shell', input: { cmd: 'ls' } },
    { tool: 'shell', input: { cmd: 'pwd' } },
  ]);
  expect(await before(folder, hashes[1]!)).toMatchObject({
    sameTool: { hash: hashes[0] },
    sameDocument: null,
    document: null,
    searched: 0,
    unsearched: false,
  });
});

test('says how many calls it searched, and that there are more', async () => {
  const calls = Array.from({ length: limits.beforeInputs + 20 }, (_, n) => ({
    tool: 'edit',
    input: { path: n === 0 ? 'wanted' : `other ${n}` },
  }));
  const { folder, hashes } = repository([...calls, { tool: 'edit', input: { path: 'wanted', again: true } }]);
  expect(await before(folder, hashes.at(-1)!)).toMatchObject({
    sameDocument: null,
    searched: limits.beforeInputs,
    unsearched: true,
  });
});

test('calls that lead back to themselves are walked once', async () => {
  const { folder, hashes } = repository([
    { tool: 'a', input: {} },
    { tool: 'b', input: {} },
    { tool: 'c', input: {} },
  ]);
  const db = new Database(join(folder, '.vek', 'vek.db'));
  db.prepare('UPDATE nodes SET parent_hash = ? WHERE hash = ?').run(hashes[1], hashes[0]);
  db.close();
  expect(await before(folder, hashes[2]!)).toMatchObject({ parent: { hash: hashes[1] }, sameTool: null });
});
