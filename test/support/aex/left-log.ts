import { spawnSync } from 'node:child_process';
import { pinnedNode } from '../cli.ts';
import { projectRoot } from '../peers.ts';

const script = `
const Database = require('better-sqlite3');
const db = new Database(process.argv[1]);
db.pragma('journal_mode = WAL');
db.pragma('wal_autocheckpoint = 0');
db.exec("UPDATE agents SET lifecycle_reason = 'left in the log'");
process.kill(process.pid, 'SIGKILL');
`;

/** Changes a ledger in a process that ends as a lost machine does: its `-wal` and `-shm` stay. The change is no sound one. */
export function leaveLog(db: string): void {
  spawnSync(pinnedNode, ['-e', script, '--', db], { cwd: projectRoot, stdio: 'inherit' });
}
