import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDefaults, generateRepository } from '../../../bench/generate.ts';
import { runJob } from '../jobs/run.ts';
import { blobHash, nodeHash } from './hash.ts';
import { repositoryAt, type RepositoryPaths } from './paths.ts';

const root = mkdtempSync(join(tmpdir(), 'vekscope-search-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Call = {
  readonly tool: string;
  readonly input: Uint8Array | string;
  readonly output: Uint8Array | string;
};

/** Adds calls to a repository in one chain; returns their hashes. */
function addCalls(paths: RepositoryPaths, calls: readonly Call[]): string[] {
  const db = new Database(paths.db);
  const hashes: string[] = [];
  for (const { tool, input, output } of calls) {
    const [input_hash, output_hash] = [input, output].map((value) => {
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      db.prepare('INSERT OR IGNORE INTO objects VALUES (?, ?)').run(blobHash(bytes), bytes);
      return blobHash(bytes);
    }) as [string, string];
    const record = {
      tool,
      input_hash,
      output_hash,
      parent_hash: hashes.at(-1) ?? null,
      timestamp: '2025-03-01T09:00:00+00:00',
      merge_parent: null,
    };
    const hash = nodeHash(record);
    db.prepare('INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      hash,
      tool,
      input_hash,
      output_hash,
      record.parent_hash,
      record.timestamp,
      null,
    );
    hashes.push(hash);
  }
  db.close();
  return hashes;
}

const calls: readonly Call[] = [
  { tool: 'Note', input: '{"q":"Connection RESET by peer"}', output: 'null' },
  { tool: 'note', input: '{"q":"100% sure_thing"}', output: 'null' },
  { tool: 'note', input: '{"q":"100 percent"}', output: '"line1\\nline2 \\"quoted\\""' },
  { tool: 'note', input: '{"q":"GRÖSSER als ÉTÉ"}', output: 'null' },
  { tool: 'note', input: '{"q":"caf\\u00e9 \\u00C9TUDE"}', output: 'null' },
  { tool: 'note', input: Buffer.from('{"q":"wide héron"}', 'utf16le'), output: 'null' },
  { tool: 'note', input: '{"q":"日本語 検索"}', output: Buffer.from([0xff, 0x00, 0x41, 0x62, 0x63]) },
  { tool: 'Größe.messen', input: '{"q":"back\\\\slash"}', output: 'null' },
];

let paths: RepositoryPaths;
let hashes: string[];
beforeAll(() => {
  generateRepository(join(root, 'a'), { ...generateDefaults(1, 1), branches: 1, tags: 0 });
  paths = repositoryAt(join(root, 'a')) as RepositoryPaths;
  hashes = addCalls(paths, calls);
});

/** Places in `calls` of what is found; the generated call before them is row 1. */
async function search(text: string, afterRowid = 0): Promise<number[]> {
  const result = await runJob('vek.search', { paths, text, afterRowid });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return [...result.value].map((row) => row - 2).filter((at) => at >= 0);
}

describe('search', () => {
  it.each([
    ['connection reset', [0]],
    ['100%', [1]],
    ['e_t', [1]],
    ['sure_THING', [1]],
    ['line1\nline2', [2]],
    ['line1\\nline2', [2]],
    ['"quoted"', [2]],
    ['größer', []],
    ['gröss', [3]],
    ['été', [3]],
    ['CAFÉ', [4]],
    ['étude', [4]],
    ['u00e9', [4]],
    ['HÉRON', [5]],
    ['wide', [5]],
    ['検索', [6]],
    ['abc', [6]],
    ['GRÖßE', [7]],
    ['back\\slash', [7]],
    ['note', [0, 1, 2, 3, 4, 5, 6]],
    ['nothing like this', []],
  ])('finds %j', async (text, expected) => {
    expect(await search(text)).toEqual(expected);
    // New calls only, each object looked up by itself.
    expect(await search(text, 1)).toEqual(expected);
    expect(await search(text, 5)).toEqual(expected.filter((at) => at + 2 > 5));
  });

  it('finds calls by the beginning of their hash', async () => {
    const hash = hashes[3] as string;
    expect(await search(hash)).toEqual([3]);
    expect(await search(hash.slice(0, 12).toUpperCase())).toEqual([3]);
    expect(await search(hash.slice(20, 40))).toEqual([]);
  });

  it('refuses a text beyond the limit', async () => {
    const result = await runJob('vek.search', { paths, text: 'x'.repeat(5000), afterRowid: 0 });
    expect(result).toMatchObject({ ok: false, error: { kind: 'too-large' } });
  });

  const seed = Math.floor(Math.random() * 2 ** 31);
  it(`agrees with a plain search of everything in generated calls (seed ${seed})`, async () => {
    const folder = join(root, 'b');
    generateRepository(folder, generateDefaults(3000, seed));
    const there = repositoryAt(folder) as RepositoryPaths;
    const db = new Database(there.db);
    const rows = db
      .prepare<[], [number, string, Buffer, Buffer]>(
        `SELECT n.rowid, tool, i.content, o.content FROM nodes n JOIN objects i ON i.hash = input_hash
         JOIN objects o ON o.hash = output_hash ORDER BY n.rowid`,
      )
      .raw()
      .all();
    db.close();
    for (const text of ['Timed OUT', 'straße', '検', 'fetch', 'RÉSUMÉ', 'naïve c', '👍', '\u001b[32mok']) {
      const forms = [text, JSON.stringify(text).slice(1, -1)].map((form) => form.toLowerCase());
      const expected = rows
        .filter(([, ...contents]) => {
          const all = contents.map((content) => String(content).toLowerCase());
          return all.some((content) => forms.some((form) => content.includes(form)));
        })
        .map(([row]) => row);
      const progress: number[] = [];
      const found = await runJob(
        'vek.search',
        { paths: there, text, afterRowid: 0 },
        { onProgress: ({ done, total }) => progress.push(done / total) },
      );
      expect(found.ok && [...found.value]).toEqual(expected);
      expect(expected.length).toBeGreaterThan(0);
      expect(progress.every((share) => share > 0 && share <= 1)).toBe(true);
    }
  });
});
