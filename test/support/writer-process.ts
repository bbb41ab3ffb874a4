import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { projectRoot } from './peers.ts';

const script = `
const SqliteDatabase = require('better-sqlite3');
const db = new SqliteDatabase(process.argv[1]);
let number = 0;
const commands = {
  wal() { db.pragma('journal_mode = WAL'); db.pragma('synchronous = NORMAL'); },
  // As the real tool makes its tables (formats/vek.md §2).
  tables() {
    db.exec('CREATE TABLE objects (hash TEXT PRIMARY KEY, content BLOB NOT NULL)');
    db.exec('CREATE TABLE nodes (hash TEXT PRIMARY KEY, tool TEXT NOT NULL, input_hash TEXT NOT NULL, output_hash TEXT NOT NULL, parent_hash TEXT, timestamp TEXT NOT NULL, merge_parent TEXT)');
    db.exec('CREATE TABLE refs (name TEXT PRIMARY KEY, hash TEXT NOT NULL)');
  },
  put(count) {
    const insert = db.prepare('INSERT INTO refs VALUES (?, ?)');
    for (let i = 0; i < Number(count ?? 1); i++) insert.run('b' + process.pid + '-' + number++, 'h'.repeat(64));
  },
  big(megabytes) { db.prepare('INSERT INTO objects VALUES (?, zeroblob(?))').run('big', Number(megabytes) * 1024 * 1024); },
  checkpoint() { db.pragma('wal_checkpoint(TRUNCATE)'); },
  begin() { db.exec('BEGIN IMMEDIATE'); },
  commit() { db.exec('COMMIT'); },
  // Changes pages on disk inside an open transaction, which leaves a hot journal behind a crash.
  spill() {
    db.pragma('cache_size = 2');
    db.exec('BEGIN IMMEDIATE');
    db.exec("UPDATE refs SET hash = 'changed'");
    db.exec("WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO objects SELECT 'x' || i, zeroblob(400) FROM n");
  },
  sql(...words) { db.exec(words.join(' ')); },
  close() { db.close(); },
  putLater(ms) { setTimeout(() => commands.put(), Number(ms)); },
  closeLater(ms) { setTimeout(() => db.close(), Number(ms)); },
};
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const [name, ...words] = line.split(' ');
  try {
    commands[name](...words);
    process.stdout.write('ok\\n');
  } catch (error) {
    process.stdout.write('failed ' + error.message + '\\n');
  }
});
process.stdin.on('end', () => process.exit(0));
`;

/** Another process that writes to a store by SQLite, as an agent would. */
export type Writer = {
  /** Runs commands one after another and waits for them. */
  readonly run: (...commands: readonly string[]) => Promise<void>;
  /** Ends the process as a crash does: no close, no checkpoint. */
  readonly crash: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/** Starts a process that has `dbPath` open (and makes it when it is not there). */
export function startWriter(dbPath: string): Writer {
  const child = spawn(process.execPath, ['-e', script, '--', dbPath], {
    cwd: projectRoot,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = once(child, 'exit');
  return {
    run: async (...commands) => {
      for (const command of commands) {
        child.stdin.write(`${command}\n`);
        const answer = await lines.next();
        if (answer.value !== 'ok') throw new Error(`writer: ${command}: ${String(answer.value)}`);
      }
    },
    crash: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    end: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
