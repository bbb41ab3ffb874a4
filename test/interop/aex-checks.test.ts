import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerFinding, LedgerReport } from '../../src/contract/ledger-report.ts';
import { checkLedger } from '../../src/core/aex/check/check.ts';
import { copyLedger, healthyLedgers, type Healthy } from '../support/aex/healthy.ts';
import { startAexPeer, type AexPeer, type PeerVerdicts } from '../support/aex/peer.ts';
import { GOLDEN_WAYS } from '../support/aex/tamper-goldens.ts';
import { OTHER_WAYS } from '../support/aex/tamper-others.ts';
import type { Tampered } from '../support/aex/tamper-tools.ts';
import { tamper } from '../support/aex/tamper.ts';
import { peerPython } from '../support/peers.ts';
import { randomBelow } from '../support/random.ts';

const python = peerPython();
const seed = Number(process.env['VEKSCOPE_SEED'] ?? Date.now() % 1_000_000);
const home = mkdtempSync(join(tmpdir(), 'vekscope-aex-checks-'));
let peer: AexPeer;
let ledgers: readonly Healthy[] = [];
let folder = '';

async function check(db: string): Promise<LedgerReport> {
  const checked = await checkLedger({ db, dir: dirname(db) }, { dataDir: null });
  if (!checked.ok) throw new Error(`${db}: ${checked.error.message}`);
  return checked.value;
}

const brief = ({ kind, severity, seq, executionId, agent, message }: LedgerFinding) => ({
  kind,
  severity,
  seq,
  executionId,
  agent,
  message,
});

const isAt = (finding: LedgerFinding, { seq, execution, agent }: Tampered): boolean =>
  (seq === undefined || finding.seq === seq) &&
  (execution === undefined || finding.executionId === execution) &&
  (agent === undefined || finding.agent === agent);

/** Where our verdicts are not the original's; empty: nowhere. The original fails at what no reader takes: then nothing is compared. */
function differences(report: LedgerReport, theirs: PeerVerdicts): readonly unknown[] {
  const pairs = [
    ['chain', theirs.chain, report.chain],
    ['balances', theirs.balances, report.balances],
  ] as const;
  return pairs.flatMap(([what, of, ours]) =>
    of.ok === null || (of.ok === ours.ok && of.detail === ours.detail)
      ? []
      : [{ what, theirs: of.detail, ours: ours.detail }],
  );
}

if (python === null)
  console.warn('Checks are not compared with the real AEX: the Python peers are not installed.');

/** Tampers with copies of all ledgers in some ways; what was not noticed, or not as it should be. */
async function misses(ways: typeof GOLDEN_WAYS, rounds: number): Promise<readonly unknown[]> {
  const random = randomBelow(seed + 77);
  const found: unknown[] = [];
  for (const { name, db, deleted } of ledgers) {
    if (deleted.length > 0) continue;
    for (const [way, change] of Object.entries(ways)) {
      for (let round = 0; round < rounds; round++) {
        const copy = copyLedger(db, folder);
        const done = tamper(copy, change, random);
        if (done === null) continue;
        const [theirs, report] = [await peer.verdicts(copy), await check(copy)];
        const errors = report.findings.filter(({ severity }) => severity === 'error');
        const hit = errors.find(
          (one) => isAt(one, done) && (done.kinds.length === 0 || done.kinds.includes(one.kind)),
        );
        const apart = differences(report, theirs);
        if (hit === undefined || report.ok || apart.length > 0) {
          found.push({ name, way, ...done, apart, errors: errors.slice(0, 4).map(brief) });
        }
        rmSync(dirname(copy), { recursive: true });
      }
    }
  }
  return found;
}

describe.skipIf(python === null)(`checks beside the real AEX (seed ${seed})`, () => {
  beforeAll(async () => {
    peer = startAexPeer(home);
    ({ folder, ledgers } = await healthyLedgers(seed));
  });
  afterAll(() => {
    peer.close();
    rmSync(home, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  it('what it wrote has its own verdicts, no error and no warning', async () => {
    expect(ledgers.length).toBe(8);
    for (const { name, db, deleted } of ledgers) {
      const [theirs, report] = [await peer.verdicts(db), await check(db)];
      const place = { seed, name };
      expect({ ...place, differences: differences(report, theirs) }).toEqual({ ...place, differences: [] });
      expect({ ...place, invariants: report.invariants, start: report.startCheck }).toEqual({
        ...place,
        invariants: theirs.invariants,
        start: theirs.integrity,
      });
      const grave = report.findings.filter(({ severity }) => severity !== 'notice').map(brief);
      const expected =
        deleted.length === 0 ? [] : [expect.objectContaining({ kind: 'agent-deleted', severity: 'warning' })];
      expect({ ...place, grave }).toEqual({ ...place, grave: expected });
      expect({ ...place, ok: report.ok }).toEqual({ ...place, ok: deleted.length === 0 });
    }
  });

  it('the ways of the goldens at other places are noticed, named and placed', async () => {
    expect({ seed, misses: await misses(GOLDEN_WAYS, 2) }).toEqual({ seed, misses: [] });
  }, 300_000);

  it('so are other ways', async () => {
    expect({ seed, misses: await misses(OTHER_WAYS, 1) }).toEqual({ seed, misses: [] });
  }, 300_000);
});
