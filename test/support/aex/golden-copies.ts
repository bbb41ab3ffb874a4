import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { LedgerInvariant } from '../../../src/contract/ledger-report.ts';
import type { LedgerPaths } from '../../../src/core/aex/paths.ts';
import { projectRoot } from '../peers.ts';

const goldens = join(projectRoot, 'test/goldens/aex');

/** Names of all golden ledgers. */
export const goldenLedgers: readonly string[] = readdirSync(goldens, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

type Verdict = { readonly ok: boolean; readonly detail: string };

/** What the original's own checks say of a golden ledger. */
export type GoldenVerdicts = {
  readonly verify_hash_chain: Verdict;
  readonly replay_ledger_balances: Verdict;
  readonly check_db_integrity: boolean;
  readonly invariants: readonly LedgerInvariant[];
};

export function goldenVerdicts(name: string): GoldenVerdicts {
  return JSON.parse(readFileSync(join(goldens, name, 'expected.json'), 'utf8')) as GoldenVerdicts;
}

/** A copy of a golden ledger in a folder of its own, with its price list. `drop` removes it. */
export function copyGoldenLedger(name: string): { readonly paths: LedgerPaths; readonly drop: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'vekscope-ledger-'));
  const from = join(goldens, name);
  const db = join(dir, 'aex.db');
  const packed = join(from, 'aex.db.gz');
  if (existsSync(packed)) writeFileSync(db, gunzipSync(readFileSync(packed)));
  else copyFileSync(join(from, 'aex.db'), db);
  copyFileSync(join(from, 'models.yaml'), join(dir, 'models.yaml'));
  return { paths: { db, dir }, drop: () => rmSync(dir, { recursive: true, force: true }) };
}
