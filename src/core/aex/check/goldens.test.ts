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

const placed: Readonly<Record<string, readonly [kind: string, seq: number | null, agent?: string]>> = {
  'tampered-agent-column': ['agent-differs', 6],
  'tampered-balance-reserved': ['reserved-differs', null, 'solo'],
  'tampered-balance-spent': ['spent-differs', null, 'solo'],
  'tampered-budget': ['budget-differs', null, 'solo'],
  'tampered-delete-first': ['entry-missing', 1],
  'tampered-delete-middle': ['entry-missing', 7],
  'tampered-delete-tail': ['tail-missing', 10],
  'tampered-execution': ['execution-differs', 6],
  'tampered-payload': ['entry-altered', 6],
  'tampered-payload-one-rehash': ['entry-replaced', 6],
  'tampered-reorder': ['entries-reordered', 7],
  'tampered-reservation': ['reservation-differs', 4],
  'tampered-rewritten': ['amount-differs', 6],
  'tampered-timestamp': ['time-differs', 6],
  'tampered-type': ['entry-altered', 6],
  'tampered-whitespace': ['entry-respelled', 6],
};

describe('findings', () => {
  it('has a place for every tampered golden', () => {
    const tampered = goldenLedgers.filter((name) => name.startsWith('tampered-'));
    expect(Object.keys(placed).toSorted()).toEqual(tampered);
  });

  it.each(Object.entries(placed))('%s is told once, and placed', async (name, [kind, seq, agent]) => {
    const report = await check(name);
    expect(report.ok).toBe(false);
    const errors = report.findings.filter(({ severity }) => severity === 'error');
    expect(errors).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({ kind, seq, ...(agent === undefined ? {} : { agent }) });
  });

  it.each(goldenLedgers.filter((name) => !name.startsWith('tampered-') && name !== 'deleted-agent'))(
    '%s is healthy',
    async (name) => {
      const report = await check(name);
      expect(report.findings.filter(({ severity }) => severity !== 'notice')).toEqual([]);
      expect(report.ok).toBe(true);
    },
  );

  it('explains a deleted agent once', async () => {
    const report = await check('deleted-agent');
    expect(report.ok).toBe(false);
    const loud = report.findings.filter(({ severity }) => severity !== 'notice');
    expect(loud.map(({ kind, severity }) => [kind, severity])).toEqual([['agent-deleted', 'warning']]);
    expect(report.unknown.length).toBeGreaterThan(0);
  });
});
