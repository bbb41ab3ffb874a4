import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { parseJson } from '../../src/core/json/parse.ts';
import { canonicalBytes } from '../../src/core/json/canonical.ts';
import { blobHash, nodeHash } from '../../src/core/vek/hash.ts';

/** A call to be recorded. */
export type MadeCall = { readonly tool: string; readonly input: unknown; readonly output?: unknown };

/** The canonical bytes of a value, as both Python programs write them. */
export function canonical(value: unknown): Uint8Array {
  const parsed = parseJson(JSON.stringify(value));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const bytes = canonicalBytes(parsed.node);
  if (!bytes.ok) throw new Error(bytes.reason);
  return bytes.bytes;
}

/** `arguments_hash` of a judgment: hex sha256 of the arguments as compact sorted JSON (formats/atomic-agents.md §11). */
export const argumentsHashOf = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('hex');

/** Makes a `.vek` in a folder with calls one after another; returns their hashes. */
export function makeRepository(folder: string, calls: readonly MadeCall[]): string[] {
  const dir = join(folder, '.vek');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'HEAD'), 'ref: main\n');
  const db = new SqliteDatabase(join(dir, 'vek.db'));
  db.exec('CREATE TABLE objects (hash TEXT PRIMARY KEY, content BLOB NOT NULL)');
  db.exec(
    'CREATE TABLE nodes (hash TEXT PRIMARY KEY, tool TEXT NOT NULL, input_hash TEXT NOT NULL, output_hash TEXT NOT NULL, parent_hash TEXT, timestamp TEXT NOT NULL, merge_parent TEXT)',
  );
  db.exec('CREATE TABLE refs (name TEXT PRIMARY KEY, hash TEXT NOT NULL)');
  db.pragma('user_version = 3');
  const hashes: string[] = [];
  for (const [at, { tool, input, output = null }] of calls.entries()) {
    const [input_hash = '', output_hash = ''] = [input, output].map((value) => {
      const bytes = canonical(value);
      const hash = blobHash(bytes);
      db.prepare('INSERT OR IGNORE INTO objects VALUES (?, ?)').run(hash, Buffer.from(bytes));
      return hash;
    });
    const record = {
      tool,
      input_hash,
      output_hash,
      parent_hash: hashes.at(-1) ?? null,
      timestamp: `2026-06-08T10:00:${String(at).padStart(2, '0')}.000001+00:00`,
      merge_parent: null,
    };
    const hash = nodeHash(record);
    db.prepare('INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, NULL)').run(
      hash,
      tool,
      input_hash,
      output_hash,
      record.parent_hash,
      record.timestamp,
    );
    hashes.push(hash);
  }
  db.prepare('INSERT INTO refs VALUES (?, ?)').run('main', hashes.at(-1) ?? '');
  db.close();
  return hashes;
}

/** Makes an agent with a log of these records; returns the id of each line. */
export function makeAgent(
  folder: string,
  name: string,
  records: readonly Readonly<Record<string, unknown>>[],
): string[] {
  const path = 'log/2026-06/2026-06-08.jsonl';
  mkdirSync(join(folder, name, 'log', '2026-06'), { recursive: true });
  mkdirSync(join(folder, name, 'persona'), { recursive: true });
  writeFileSync(join(folder, name, 'model.md'), '## Default model\n\n`gpt-5-mini`\n');
  let text = '';
  const ids = records.map((record) => {
    const id = `${name}/${path}#${Buffer.byteLength(text)}`;
    text += `${JSON.stringify({ ts: '2026-06-08T10:00:00+00:00', status: 'ok', model: 'n/a', summary: 'é', ...record })}\n`;
    return id;
  });
  writeFileSync(join(folder, name, path), text);
  return ids;
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'vekscope-linked-'));
