import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { blobHash, nodeHash } from '../../src/core/vek/hash.ts';

/** A call to store. `after` is the place in the list of the call before it; default: the one before in the list. */
export type HistoryCall = {
  readonly tool: string;
  readonly input?: string;
  readonly output?: string;
  readonly second: number;
  readonly after?: number | null;
  readonly merge?: number;
};

/** The text of a time in seconds after a fixed moment, as vek writes it. */
function timeText(second: number): string {
  return new Date(1_760_000_000_000 + second * 1000).toISOString().replace('.000Z', '+00:00');
}

/** Puts calls into the store of a folder, after those of `hashes`, which gets the new ones. */
export function addCalls(
  folder: string,
  hashes: string[],
  calls: readonly HistoryCall[],
  refs: Readonly<Record<string, number>>,
): void {
  const db = new Database(join(folder, '.vek', 'vek.db'));
  const put = db.prepare('INSERT OR IGNORE INTO objects VALUES (?, ?)');
  const add = db.prepare('INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?)');
  const ref = db.prepare('INSERT OR REPLACE INTO refs VALUES (?, ?)');
  const object = (text: string): string => {
    const bytes = Buffer.from(text);
    const hash = blobHash(bytes);
    put.run(hash, bytes);
    return hash;
  };
  db.transaction(() => {
    for (const call of calls) {
      const after = call.after === undefined ? hashes.length - 1 : (call.after ?? -1);
      const record = {
        tool: call.tool,
        input_hash: object(call.input ?? `{"n":${hashes.length}}`),
        output_hash: object(call.output ?? '"done"'),
        parent_hash: hashes[after] ?? null,
        timestamp: timeText(call.second),
        merge_parent: call.merge === undefined ? null : (hashes[call.merge] ?? null),
      };
      const hash = nodeHash(record);
      const { tool, input_hash, output_hash, parent_hash, timestamp, merge_parent } = record;
      add.run(hash, tool, input_hash, output_hash, parent_hash, timestamp, merge_parent);
      hashes.push(hash);
    }
    for (const [name, place] of Object.entries(refs)) ref.run(name, hashes[place]);
  }).immediate();
  db.close();
}

/** Writes a repository with these calls and refs; HEAD is on `main`. Gives the folder and the hashes of the calls. */
export function writeHistory(
  calls: readonly HistoryCall[],
  refs: Readonly<Record<string, number>>,
): { readonly folder: string; readonly hashes: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'vekscope-history-'));
  for (const name of ['objects', 'refs']) mkdirSync(join(folder, '.vek', name), { recursive: true });
  writeFileSync(join(folder, '.vek', 'HEAD'), 'ref: main\n');
  writeFileSync(join(folder, '.vek', 'config'), '[core]\n');
  const db = new Database(join(folder, '.vek', 'vek.db'));
  db.exec(`
    CREATE TABLE objects (hash TEXT PRIMARY KEY, content BLOB NOT NULL);
    CREATE TABLE nodes (hash TEXT PRIMARY KEY, tool TEXT NOT NULL, input_hash TEXT NOT NULL,
      output_hash TEXT NOT NULL, parent_hash TEXT, timestamp TEXT NOT NULL, merge_parent TEXT);
    CREATE TABLE refs (name TEXT PRIMARY KEY, hash TEXT NOT NULL);
  `);
  db.close();
  const hashes: string[] = [];
  addCalls(folder, hashes, calls, refs);
  return { folder, hashes };
}
