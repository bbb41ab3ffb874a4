import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger } from '../../src/core/aex/check/check.ts';
import { generateLedger } from '../support/aex/generate.ts';
import { startAexPeer, type AexPeer } from '../support/aex/peer.ts';
import { peerPython, projectRoot } from '../support/peers.ts';
import { value } from '../support/writes.ts';

const python = peerPython();
const seed = Number(process.env['VEKSCOPE_SEED'] ?? Date.now() % 1_000_000);
const base = mkdtempSync(join(tmpdir(), 'vekscope-aex-made-'));
let peer: AexPeer;

/** Both sides' checks of a ledger that nobody tampered with. */
async function expectHealthy(db: string, open: boolean): Promise<void> {
  const theirs = await peer.verdicts(db);
  const failed = Array.isArray(theirs.invariants) ? theirs.invariants.filter(({ passed }) => !passed) : null;
  expect({ seed, ...theirs.chain }).toMatchObject({ seed, ok: true });
  expect({ seed, ...theirs.balances }).toMatchObject({ seed, ok: true });
  expect(theirs.integrity).toBe(true);
  expect(failed?.map(({ name }) => name)).toEqual(open ? ['no_orphaned_reservations'] : []);
  const report = value(await checkLedger({ db, dir: dirname(db) }, { dataDir: null }));
  const grave = report.findings.filter(({ severity }) => severity !== 'notice');
  expect({ seed, ok: report.ok, chain: report.chain.detail, grave }).toEqual({
    seed,
    ok: true,
    chain: theirs.chain.detail,
    grave: [],
  });
}

if (python === null)
  console.warn('Made ledgers are not given to the real AEX: the Python peers are not installed.');

describe.skipIf(python === null)(`ledgers that are made here (seed ${seed})`, () => {
  beforeAll(() => {
    peer = startAexPeer(base);
  });
  afterAll(() => {
    peer.close();
    rmSync(base, { recursive: true, force: true });
  });

  it.each([
    { entries: 40, open: 0, days: 3 },
    { entries: 900, open: 2, days: 20 },
    { entries: 12_000, open: 5, days: 150 },
  ])('generated: $entries entries, $open open', async ({ entries, open, days }) => {
    const db = join(mkdtempSync(join(base, 'made-')), 'aex.db');
    const made = generateLedger(db, { entries, seed, open, days });
    expect(made.entries).toBeGreaterThanOrEqual(entries);
    const look = new Database(db, { readonly: true });
    expect(look.pragma('foreign_key_check')).toEqual([]);
    expect(look.pragma('integrity_check', { simple: true })).toBe('ok');
    look.close();
    await expectHealthy(db, open > 0);
  });

  it('the ledger of the sample', async () => {
    const folder = mkdtempSync(join(base, 'sample-'));
    for (const name of ['aex.db', 'models.yaml']) {
      copyFileSync(join(projectRoot, 'resources', 'sample', 'ledger', name), join(folder, name));
    }
    await expectHealthy(join(folder, 'aex.db'), true);
  });
});
