import { appendFileSync, readFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { RecordSort } from '../src/contract/records.ts';
import { facets } from '../src/core/agents/records/facets.ts';
import { matchRecords } from '../src/core/agents/records/match.ts';
import { openRecords, type RecordStore } from '../src/core/agents/records/open.ts';
import { runTree } from '../src/core/agents/records/tree.ts';
import { recordWindow, topRows } from '../src/core/agents/records/window.ts';
import { textFromDays } from '../src/core/records/time.ts';

/** What one process measured on itself; `bench/agents.ts` starts it. */
export type AgentsProbe = {
  readonly openMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly lines: number;
  readonly cost: number;
  readonly lastDay: string;
  readonly monthCost: number;
  readonly appends: readonly number[];
  readonly refreshMs: number;
  readonly queries: readonly {
    readonly query: string;
    readonly sort: RecordSort;
    readonly ms: number;
    readonly total: number;
  }[];
  readonly facetMs: number;
  readonly treeMs: number;
};

const asked: readonly (readonly [string, RecordSort])[] = [
  ['', 'newest'],
  ['', 'cost'],
  ['model:gpt-5-mini', 'cost'],
  ['is:mirror', 'newest'],
  ['receipts', 'newest'],
  ['run-2026', 'newest'],
  ['e', 'tokens'],
  ['"receipts 42"', 'oldest'],
  ['cost:>0.02', 'cost'],
  ['provider:openai -status:ok', 'latency'],
  ['-is:tool day:2026-02-01..2026-02-20 hour:3,4 receipts', 'newest'],
];

const [folder = '', dataDir = '', what] = process.argv.slice(2);

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Appends lines to one log and times how long each takes to be read; the log is put back. */
async function appended(store: RecordStore): Promise<number[]> {
  const { dir } = store.root.agents[Math.floor(store.root.agents.length / 2)]!;
  const month = readdirSync(join(dir, 'log')).sort().at(-1)!;
  const path = join(
    dir,
    'log',
    month,
    readdirSync(join(dir, 'log', month))
      .sort()
      .at(-1)!,
  );
  const { size } = statSync(path);
  const line = `${readFileSync(path, 'utf8').split('\n')[0]}\n`;
  const samples: number[] = [];
  for (let i = 0; i < 50; i++) {
    appendFileSync(path, line);
    const started = performance.now();
    await store.refresh([path]);
    store.tables();
    samples.push(performance.now() - started);
  }
  truncateSync(path, size);
  await store.refresh([path]);
  return samples;
}

const agents = readdirSync(folder)
  .sort()
  .map((name) => ({ name, dir: join(folder, name), logOnly: false }));
const root = { path: folder, single: null, shared: folder, agents, cascades: [], leftOut: [], notes: [] };
const before = process.cpuUsage();
const started = performance.now();
const opened = await openRecords(root, { dataDir });
if (!opened.ok) throw new Error(opened.error.message);
const store = opened.value;
const { sum } = matchRecords(store.tables(), '');
const openMs = performance.now() - started;
const cpu = process.cpuUsage(before);
const peakMb = (): number =>
  process.platform === 'linux'
    ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024
    : process.memoryUsage().rss / 2 ** 20;
const readPeak = peakMb();
const lastDay = textFromDays(
  Math.max(
    ...store
      .tables()
      .agents.map((records) => records.files.reduce((last, { day }) => Math.max(last, day), 0)),
  ),
);
const found = {
  openMs,
  cpuMs: (cpu.user + cpu.system) / 1000,
  lines: sum.lines,
  cost: sum.costMicros / 1e6,
  lastDay,
  monthCost: matchRecords(store.tables(), `month:${lastDay.slice(0, 7)}`).sum.costMicros / 1e6,
};
const more =
  what === 'all'
    ? {
        queries: asked.map(([query, sort]) => {
          const took = timed(() => recordWindow(store, query, sort, 0, 200));
          return { query, sort, ms: took, total: matchRecords(store.tables(), query).total };
        }),
        facetMs: timed(() => facets(store.tables(), '', 'model')),
        treeMs: timed(() => runTree(store, topRows(store, 'is:mirror', 'cost', 1)[0]!.id)),
        appends: await appended(store),
        refreshMs: await (async () => {
          const from = performance.now();
          await store.refresh();
          return performance.now() - from;
        })(),
      }
    : { queries: [], facetMs: 0, treeMs: 0, appends: [], refreshMs: 0 };
const probe: AgentsProbe = { ...found, ...more, peakMb: what === 'all' ? peakMb() : readPeak };
store.close();
process.stdout.write(JSON.stringify(probe));
