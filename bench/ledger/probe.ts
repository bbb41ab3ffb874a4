import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { LedgerView } from '../../src/contract/ledger.ts';
import { checkLedger } from '../../src/core/aex/check/check.ts';
import { lookAtLedger } from '../../src/core/aex/store.ts';
import { startTestEngine } from '../../src/engine/testing.ts';
import { value } from '../../test/support/writes.ts';

/** What one process measured on itself; `bench/ledger/ledger.ts` starts it. */
export type LedgerProbe = {
  readonly peakMb: number;
  readonly cpuMs: number;
  /** from the question to open it until its first lines and accounts are there */
  readonly screenMs?: number;
  /** until all entries are read, so that balances and filters are there */
  readonly readyMs?: number;
  readonly asked?: readonly { readonly what: string; readonly ms: number; readonly total: number }[];
  readonly frames?: readonly number[];
  readonly checkMs?: number;
  readonly ok?: boolean;
  readonly detail?: string;
  readonly entries?: number;
  readonly readMs?: number;
  readonly hashMs?: number;
};

const [what = '', db = '', dataDir = ''] = process.argv.slice(2);
const paths = { db, dir: dirname(db) };
const NEWEST: LedgerView = {
  agent: null,
  query: '',
  sort: 'newest',
  group: 'entries',
  open: [],
  days: false,
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** New views: each is made when it is asked for the first time. */
const VIEWS: readonly (readonly [string, Partial<LedgerView>])[] = [
  ['everything, oldest first', { sort: 'oldest' }],
  ['everything by execution', { group: 'executions' }],
  ['everything with days', { days: true }],
  ['what has findings or is unusual first', { sort: 'odd' }],
  ['`agent:reviewer`', { query: 'agent:reviewer' }],
  ['`type:budget.deny`', { query: 'type:budget.deny' }],
  ['`model:big cost:>0.01`', { query: 'model:big cost:>0.01' }],
  ['`is:overrun`', { query: 'is:overrun' }],
  ['`simulated`', { query: 'simulated' }],
  ['`outcome:released` by execution', { query: 'outcome:released', group: 'executions' }],
  ['`day:2026-04-01..2026-04-30`', { query: 'day:2026-04-01..2026-04-30' }],
];

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly got: T }> {
  const started = performance.now();
  const got = await work();
  return { ms: performance.now() - started, got };
}

/** Opens the ledger as the window does; with `all`, asks for views, figures and the timeline as well. */
async function opened(all: boolean): Promise<Partial<LedgerProbe>> {
  const engine = startTestEngine({ dataDir });
  const started = performance.now();
  const workspace = value(await engine.client.workspace.open({ path: dirname(db) }));
  const source = workspace.sources.find(({ kind }) => kind === 'aex')!.id;
  const rows = (view: LedgerView) => engine.client.ledger.rows({ source, view, start: 0, count: 60 });
  await Promise.all([engine.client.ledger.overview({ source }).then(value), rows(NEWEST).then(value)]);
  const screenMs = performance.now() - started;
  while (!value(await engine.client.ledger.overview({ source })).ready) await pause(5);
  const readyMs = performance.now() - started;
  if (!all) {
    engine.close();
    return { screenMs, readyMs };
  }
  const asked: { what: string; ms: number; total: number }[] = [];
  for (const [name, change] of VIEWS) {
    const { ms, got } = await timed(async () => value(await rows({ ...NEWEST, ...change })));
    asked.push({ what: name, ms, total: got.total });
  }
  const again = await timed(async () => value(await rows({ ...NEWEST, sort: 'oldest' })));
  asked.push({ what: 'the next window of a view that was made', ms: again.ms, total: again.got.total });
  const facets = await timed(async () =>
    value(await engine.client.ledger.facets({ source, agent: null, query: '', key: 'model' })),
  );
  asked.push({ what: 'how many entries each model has', ms: facets.ms, total: facets.got.length });
  const accounts = await timed(async () => value(await engine.client.ledger.accounts({ source })));
  asked.push({
    what: 'accounts, models, days, refusals',
    ms: accounts.ms,
    total: accounts.got.accounts.length,
  });
  const ask = (from: number | null, to: number | null) =>
    timed(async () =>
      value(
        await engine.client.ledger.timeline({ source, agent: null, from, to, buckets: 1200, fold: true }),
      ),
    );
  const whole = await ask(null, null);
  asked.push({ what: 'the timeline, all of it', ms: whole.ms, total: whole.got.markCount });
  const { wholeFromMicros, wholeToMicros } = whole.got;
  const frames: number[] = [];
  let [from, to] = [wholeFromMicros!, wholeToMicros!];
  // zooms in by a fifth each frame, then moves on
  for (let i = 0; i < 90; i++) {
    const span = to - from;
    if (i < 45) [from, to] = [Math.round(from + span * 0.06), Math.round(to - span * 0.14)];
    else [from, to] = [Math.round(from + span * 0.05), Math.round(to + span * 0.05)];
    if (to - from < 2_000_000) to = from + 2_000_000;
    frames.push((await ask(from, to)).ms);
  }
  engine.close();
  return { screenMs, readyMs, asked, frames };
}

/** `workers`: threads; as many as there are processors by default. */
async function checked(workers?: number): Promise<Partial<LedgerProbe>> {
  const started = performance.now();
  const report = value(await checkLedger(paths, { dataDir: null, workers }));
  const checkMs = performance.now() - started;
  return { checkMs, ok: report.ok, detail: report.chain.detail, entries: report.checked.events };
}

/** Walks over all rows in order, as fast as they can be had; how long it took. */
function pass(use: (row: readonly string[]) => void): number {
  const started = performance.now();
  value(
    lookAtLedger(paths, (look) => {
      const statement = look.db
        .prepare<[number], readonly string[]>(
          `SELECT seq, execution_id, agent, event_type, payload_json, prev_hash, event_hash, ts
           FROM event_log WHERE seq > ? ORDER BY seq LIMIT 2000`,
        )
        .raw();
      for (let rows = statement.all(0); rows.length > 0; rows = statement.all(Number(rows.at(-1)![0]))) {
        rows.forEach(use);
      }
    }),
  );
  return performance.now() - started;
}

/** Rows read and thrown away, then read and hashed, in one thread; `ok`: each hash is the stored one. */
function reading(): Partial<LedgerProbe> {
  let entries = 0;
  let equal = 0;
  const readMs = pass(() => entries++);
  const hashMs = pass((row) => {
    const own = hash('sha256', `${row[5]}\n${row[3]}\n${row[1] ?? ''}\n${row[4]}\n`);
    if (own === row[6]) equal++;
  });
  return { readMs, hashMs, entries, ok: equal === entries };
}

const work = {
  first: () => opened(false),
  again: () => opened(true),
  check: () => checked(),
  alone: () => checked(1),
  reading: async () => reading(),
};
if (what === 'first') rmSync(dataDir, { recursive: true, force: true });
const result = await work[what as keyof typeof work]();
const usage = process.cpuUsage();
const probe: LedgerProbe = {
  ...result,
  peakMb: process.resourceUsage().maxRSS / 1024,
  cpuMs: (usage.user + usage.system) / 1000,
};
process.stdout.write(`${JSON.stringify(probe)}\n`, () => process.exit(0));
