import { statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  copyGoldenLedger,
  goldenLedgers,
  goldenVerdicts,
} from '../../../../test/support/aex/golden-copies.ts';
import type { LedgerReport } from '../../../contract/ledger-report.ts';
import { checkLedger } from './check.ts';

const dropped: (() => void)[] = [];
afterEach(() => {
  for (const drop of dropped.splice(0)) drop();
});

/** A moment after everything that the goldens hold. */
const nowMicros = Date.UTC(2026, 5, 1) * 1_000;

async function check(name: string): Promise<LedgerReport> {
  const { paths, drop } = copyGoldenLedger(name);
  dropped.push(drop);
  const before = statSync(paths.db, { bigint: true });
  const checked = await checkLedger(paths, { dataDir: null, nowMicros });
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  expect(statSync(paths.db, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
  return checked.value;
}

describe('verdicts and texts of the original', () => {
  it.each(goldenLedgers)('%s', async (name) => {
    const report = await check(name);
    const expected = goldenVerdicts(name);
    const { ok, detail } = expected.verify_hash_chain;
    const seq = / seq=(\d+)$/.exec(detail)?.[1];
    expect(report.chain).toEqual({ ok, detail, seq: seq === undefined ? null : Number(seq) });
    const replay = expected.replay_ledger_balances;
    expect(report.balances).toEqual({ ok: replay.ok, detail: replay.detail });
    expect(report.startCheck).toBe(expected.check_db_integrity);
    expect(report.invariants).toEqual(expected.invariants);
  });
});
