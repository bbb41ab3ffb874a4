import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { generateLedger } from '../../test/support/aex/generate.ts';

/** The number of the entry that was changed in `writeLedgerScene`: a settlement in the last third. */
const WANTED = 1_000;

/**
 * Makes a ledger of some 1,400 entries over five days with three agents, of which one settlement was changed afterwards:
 * its cost is a tenth of what was charged. Returns the folder; the same for every run.
 */
export function writeLedgerScene(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'vekscope-ledger-')));
  const file = join(folder, 'aex.db');
  generateLedger(file, { entries: 1_400, seed: 20_261_121, days: 5, agents: 3, open: 2 });
  const db = new Database(file);
  const entry = db
    .prepare<[number], { seq: number; payload_json: string }>(
      `SELECT seq, payload_json FROM event_log WHERE event_type = 'usage.commit' AND seq >= ?
       AND json_extract(payload_json, '$.cost_micro') > 5000 ORDER BY seq LIMIT 1`,
    )
    .get(WANTED)!;
  const changed = entry.payload_json.replace(
    /"cost_micro":(\d+)/,
    (_, cost: string) => `"cost_micro":${Math.floor(Number(cost) / 10)}`,
  );
  db.prepare('UPDATE event_log SET payload_json = ? WHERE seq = ?').run(changed, entry.seq);
  db.close();
  return folder;
}
