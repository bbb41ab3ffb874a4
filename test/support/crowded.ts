import { join } from 'node:path';
import Database from 'better-sqlite3';
import { blobHash, nodeHash } from '../../src/core/vek/hash.ts';

/** Branches of the crowded repository, `main` among them. */
export const CROWDED_BRANCHES = 300;
/** The tool name of one of its calls: 10,000 characters that differ only at the end from another's. */
export const LONG_TOOL = `${'tool_with_a_very_long_name_'.repeat(370)}one`.padEnd(10_000, '!');
/** Refs on the newest call of `main`. */
export const CROWDED_REFS = 14;

/** What the test needs to find its way. */
export type Crowded = {
  readonly calls: number;
  readonly main: string;
  readonly big: string;
  readonly longTool: string;
  readonly altered: string;
  readonly orphan: string;
};

function branchName(i: number): string {
  if (i === 1) return 'שלום/ענף-ניסוי';
  if (i === 2) return 'try-👩🏽‍💻-🚀';
  if (i % 3 === 0) return `experiment/quantised-index-with-a-long-name/${String(i).padStart(3, '0')}`;
  return `try-${String(i).padStart(3, '0')}`;
}

/**
 * Fills an empty repository with what a window has to bear: 300 branches that run at the same time, many with names
 * that differ only at the end, one call with many refs, a 5 MB call, a tool name of 10,000 characters, right-to-left
 * and emoji texts, an altered object and a call whose parent is missing.
 */
export function crowd(folder: string): Crowded {
  const db = new Database(join(folder, '.vek', 'vek.db'));
  const addObject = db.prepare('INSERT OR IGNORE INTO objects VALUES (?, ?)');
  const addNode = db.prepare('INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, NULL)');
  const addRef = db.prepare('INSERT OR REPLACE INTO refs VALUES (?, ?)');
  let clock = Date.UTC(2026, 10, 2, 8);
  let calls = 0;

  const object = (value: unknown): string => {
    const bytes = Buffer.from(JSON.stringify(value));
    const hash = blobHash(bytes);
    addObject.run(hash, bytes);
    return hash;
  };
  const call = (tool: string, input: unknown, output: unknown, parent: string | null): string => {
    clock += 9000;
    calls++;
    const record = {
      tool,
      input_hash: object(input),
      output_hash: object(output),
      parent_hash: parent,
      timestamp: new Date(clock).toISOString().replace(/\.\d+Z$/, '.000001+00:00'),
      merge_parent: null,
    };
    const hash = nodeHash(record);
    addNode.run(hash, tool, record.input_hash, record.output_hash, parent, record.timestamp);
    return hash;
  };

  const made = db
    .transaction((): Omit<Crowded, 'calls'> => {
      let main: string | null = null;
      for (let i = 0; i < 40; i++) main = call('plan', { step: i }, { ok: true }, main);
      const tips = new Map<string, string>();
      for (let i = 1; i < CROWDED_BRANCHES; i++) tips.set(branchName(i), main!);
      for (let round = 0; round < 3; round++) {
        for (const [name, tip] of tips) {
          tips.set(name, call('search', { query: `${name} ${round}` }, { results: round }, tip));
        }
        main = call('model.chat', { model: 'm', prompt: `round ${round}` }, { text: 'done' }, main);
      }
      const longTool = call(LONG_TOOL, { text: 'שלום \u202e exe.txt' }, { text: '👩🏽‍💻 🚀' }, main);
      const big = call(
        'read_file',
        { path: 'log/large.txt' },
        { text: 'a line of the log 0123456789\n'.repeat(180_000) },
        longTool,
      );
      const altered = call(
        'fetch',
        { url: 'https://example.com/page' },
        { status: 200, body: 'as it was' },
        big,
      );
      const orphan = call('shell', { command: 'ls' }, { exit_code: 0 }, 'ab'.repeat(32));
      tips.set('orphan', orphan);
      main = call('update_doc', { path: 'brief.md' }, { ok: true }, altered);
      addRef.run('main', main);
      for (const [name, tip] of tips) addRef.run(name, tip);
      for (let i = 1; i < CROWDED_REFS; i++) {
        addRef.run(`tag/release-candidate-with-a-long-label-2026.11.${i}`, main);
      }
      db.prepare('UPDATE objects SET content = ? WHERE hash = ?').run(
        Buffer.from('{"status":200,"body":"as it is not"}'),
        object({ status: 200, body: 'as it was' }),
      );
      return { main, big, longTool, altered, orphan };
    })
    .immediate();
  db.close();
  return { calls, ...made };
}
