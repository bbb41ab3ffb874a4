import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerPaths } from '../../../src/core/aex/paths.ts';
import { hashOf } from './ledger-maker.ts';

/** A row of `event_log`; anything may stand in it. */
export type LogRow = {
  readonly seq: number;
  readonly execution_id: unknown;
  readonly agent: unknown;
  readonly event_type: unknown;
  readonly payload_json: unknown;
  readonly prev_hash: unknown;
  readonly event_hash: unknown;
  readonly chain_partition?: string;
};
export type LogContent = Pick<LogRow, 'seq' | 'agent' | 'chain_partition'> & {
  readonly execution_id: string | null;
  readonly event_type: string;
  readonly payload_json: string;
};
export type AgentRow = { readonly name: unknown; readonly spent: unknown; readonly reserved: unknown };

/** Rows of the chain that these contents have, each partition its own. */
export function chained(contents: readonly LogContent[]): LogRow[] {
  const ends = new Map<string, string>();
  return contents.map((content) => {
    const partition = content.chain_partition ?? '';
    const prev = ends.get(partition) ?? 'GENESIS';
    const own = hashOf(prev, content.event_type, content.execution_id ?? '', content.payload_json);
    ends.set(partition, own);
    return { ...content, prev_hash: prev, event_hash: own };
  });
}

/** A database of only a log and agents, without the constraints of AEX. `drop` removes it. */
export function chainDatabase(
  rows: readonly LogRow[],
  agents: readonly AgentRow[] = [],
): { readonly paths: LedgerPaths; readonly drop: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'vekscope-chain-'));
  const file = join(dir, 'aex.db');
  const partitioned = rows.some((row) => row.chain_partition !== undefined);
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  db.exec(`PRAGMA user_version = 3;
    CREATE TABLE agents (name TEXT PRIMARY KEY, budget_micro INTEGER, spent_micro INTEGER, reserved_micro INTEGER);
    CREATE TABLE event_log (seq INTEGER PRIMARY KEY AUTOINCREMENT, execution_id TEXT, agent TEXT, event_type TEXT,
      payload_json TEXT, prev_hash TEXT, event_hash TEXT, ts TEXT DEFAULT CURRENT_TIMESTAMP
      ${partitioned ? ', chain_partition TEXT' : ''});`);
  const insert = db.prepare(
    `INSERT INTO event_log (seq, execution_id, agent, event_type, payload_json, prev_hash, event_hash${partitioned ? ', chain_partition' : ''})
     VALUES (@seq, @execution_id, @agent, @event_type, @payload_json, @prev_hash, @event_hash${partitioned ? ', @chain_partition' : ''})`,
  );
  const agent = db.prepare('INSERT INTO agents VALUES (@name, 0, @spent, @reserved)');
  db.transaction(() => {
    for (const row of rows) insert.run(row);
    for (const row of agents) agent.run(row);
  })();
  db.close();
  return { paths: { db: file, dir }, drop: () => rmSync(dir, { recursive: true, force: true }) };
}
