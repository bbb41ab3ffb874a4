import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LedgerReport } from '../../contract/ledger-report.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { storeSignature } from '../../core/storage/signature.ts';
import { createLedgerChecks, type LedgerChecks } from './checks.ts';
import type { LedgerState } from './live.ts';

/** The checks that were begun, each with what ends it. */
const begun: {
  readonly end: (result: Result<LedgerReport>) => void;
  readonly signal: AbortSignal;
  readonly workers: number | undefined;
}[] = [];
vi.mock('../../core/aex/check/check.ts', () => ({
  checkLedger: (_paths: unknown, { signal, workers }: { signal: AbortSignal; workers?: number }) =>
    new Promise((resolve) => {
      const cancelled = fail('cancelled', 'It was stopped.', 'Start it again.');
      signal.addEventListener('abort', () => resolve(cancelled));
      begun.push({ end: resolve, signal, workers });
    }),
}));

const reportOf = (events: number) =>
  ({
    ok: true,
    chain: { ok: true, detail: '', seq: null },
    balances: { ok: true, detail: '' },
    findings: [],
    stretches: [],
    head: { seq: events, hash: 'h' },
    checked: { events },
    endedMicros: 1,
  }) as unknown as LedgerReport;

let folder: string;
let db: string;
let checks: LedgerChecks;
let entries: number;
let clock = 1_600_000_000;

/** The files change, and are looked at. */
function change(more = 0): void {
  entries += more;
  utimesSync(db, (clock += 5), clock);
  checks.soon();
}

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'vekscope-checks-'));
  db = join(folder, 'aex.db');
  writeFileSync(db, 'x');
  entries = 1_000;
  checks = createLedgerChecks({
    paths: { db, dir: folder },
    dataDir: folder,
    changed: () => checks.soon(),
    now: () =>
      ({
        index: { columns: { count: entries, seq: Float64Array.from({ length: entries }, (_, i) => i + 1) } },
        brief: { counts: { event_log: { count: entries } }, last: { seq: entries } },
        signature: storeSignature(db),
      }) as unknown as LedgerState,
  });
});
afterEach(() => {
  checks.close();
  vi.useRealTimers();
  begun.length = 0;
  rmSync(folder, { recursive: true, force: true });
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
async function end(events = entries): Promise<void> {
  begun.at(-1)!.end(ok(reportOf(events)));
  await pass(0);
}

describe('checks that nobody asked for', () => {
  it('are of ledgers up to two million entries, and let the first screen go before', async () => {
    entries = 2_000_000;
    checks.soon();
    await pass(900);
    expect(begun).toHaveLength(0);
    await pass(200);
    expect(begun).toHaveLength(1);
    expect(checks.runningSince()).not.toBeNull();
    await end();
    expect(checks.runningSince()).toBeNull();
    expect(checks.summary()).toMatchObject({ ok: true, newEntries: 0, stale: false, touched: false });
  });

  it('are not of larger ones', async () => {
    entries = 2_000_001;
    checks.soon();
    await pass(60_000);
    expect(begun).toHaveLength(0);
  });

  it('say that another table may have changed until it was checked, and nothing while nothing does', async () => {
    checks.soon();
    await pass(0);
    await end();
    expect(checks.summary()).toMatchObject({ stale: false, touched: false });
    await pass(60_000);
    expect(begun).toHaveLength(1);
    change();
    expect(checks.summary()).toMatchObject({ stale: false, touched: true, newEntries: 0 });
    await pass(2_000);
    expect(begun).toHaveLength(2);
    await end();
    expect(checks.summary()).toMatchObject({ stale: false, touched: false });
    change(1);
    expect(checks.summary()).toMatchObject({ stale: false, touched: false, newEntries: 1 });
  });

  it('follow a change of what is there without the pause', async () => {
    checks.soon();
    await pass(0);
    await pass(60_000);
    await end();
    change();
    await pass(2_000);
    expect(begun).toHaveLength(2);
  });

  it('take a twentieth of the time while a daemon writes', async () => {
    checks.soon();
    await pass(0);
    const start = performance.now();
    await pass(4_000);
    await end();
    const took = performance.now() - start;
    for (let at = 0; at < 20 * took; at += 400) {
      change(1);
      await pass(400);
      if (at < 19 * took) expect(begun).toHaveLength(1);
    }
    await pass(2_000);
    expect(begun).toHaveLength(2);
  });

  it('leave half of the processors free; one that a person asks for takes what it can', async () => {
    checks.soon();
    await pass(0);
    expect(begun[0]!.workers).toBe(Math.max(1, Math.floor(availableParallelism() / 2)));
    await end();
    const asked = checks.run().next();
    await pass(0);
    expect(begun[1]!.workers).toBeUndefined();
    await end();
    await asked;
  });

  it('end with the ledger', async () => {
    checks.soon();
    await pass(0);
    expect(begun[0]!.signal.aborted).toBe(false);
    checks.close();
    expect(begun[0]!.signal.aborted).toBe(true);
    await pass(0);
    change();
    await pass(60_000);
    expect(begun).toHaveLength(1);
  });

  it('do not begin again where one could not finish, until something changes', async () => {
    checks.soon();
    await pass(0);
    begun[0]!.end(fail('io', 'It could not be read.', 'Try again.'));
    await pass(60_000);
    expect(begun).toHaveLength(1);
    change();
    await pass(60_000);
    expect(begun).toHaveLength(2);
  });
});
