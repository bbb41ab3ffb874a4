import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { LedgerPaths } from '../../../src/core/aex/paths.ts';

/** A row of an event log with anything in its columns. `seq` null: the next number. */
export type AnyRow = {
  readonly seq: number | bigint | null;
  readonly executionId: unknown;
  readonly agent: unknown;
  readonly type: unknown;
  readonly payload: unknown;
  readonly hash: unknown;
  readonly ts: unknown;
};

/** A database with the columns of a ledger and none of its rules, so that it takes what a real one refuses. */
export type LogDatabase = {
  readonly paths: LedgerPaths;
  add(rows: readonly AnyRow[]): void;
  run(sql: string, ...values: unknown[]): void;
  /** removes it with its folder */
  drop(): void;
};

/** Makes such a database in a folder of its own. */
export function logDatabase(rows: readonly AnyRow[] = []): LogDatabase {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'vekscope-log-')));
  const db = join(dir, 'aex.db');
  const open = <T>(work: (connection: SqliteDatabase.Database) => T): T => {
    const connection = new SqliteDatabase(db);
    try {
      return work(connection);
    } finally {
      connection.close();
    }
  };
  open((connection) => {
    connection.exec(`
      CREATE TABLE agents (name, api_token, token_hash, budget_micro, spent_micro, reserved_micro);
      CREATE TABLE event_log (seq INTEGER PRIMARY KEY AUTOINCREMENT, execution_id, agent, event_type, payload_json,
        prev_hash, event_hash, ts);
      PRAGMA user_version = 3;`);
  });
  const made: LogDatabase = {
    paths: { db, dir },
    add: (more) =>
      open((connection) => {
        const insert = connection.prepare('INSERT INTO event_log VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
        connection.transaction(() => {
          for (const { seq, executionId, agent, type, payload, hash, ts } of more)
            insert.run(seq, executionId, agent, type, payload, '', hash, ts);
        })();
      }),
    run: (sql, ...values) => open((connection) => void connection.prepare(sql).run(...values)),
    drop: () => rmSync(dir, { recursive: true, force: true }),
  };
  made.add(rows);
  return made;
}
