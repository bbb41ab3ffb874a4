import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseJson } from '../src/core/json/parse.ts';
import { connect, value, whole, type Client } from './client.ts';
import { percentile, startServe, treeCpuSeconds, treeKb, type Line } from './support.ts';

const QUERIES = 200;
const FRESH_OPENS = 3;
/** After the questions, so that their threads have ended and memory was collected. */
const SETTLE_MS = 10_000;
const IDLE_MS = 60_000;

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, value: result };
}

const ms = (n: number): string => `${n < 10 ? n.toFixed(1) : Math.round(n)} ms`;

const megabyteRow =
  '{"id":12,"price":1.25,"tags":["a","b\\"c",null,true],"text":"some words of a document"},';
const megabyte = `[${megabyteRow.repeat(Math.ceil(1_000_000 / megabyteRow.length))}0]`;

type Opened = { readonly ms: number; readonly lines: readonly Line[] };

/** Starts a server on an app folder, opens the repository and gets its first rows; `ask` goes on from there. */
async function open(
  folder: string,
  data: string,
  ask?: (client: Client, source: string, total: number, pid: number) => Promise<Line[]>,
): Promise<Opened> {
  const { child, address } = await startServe(folder, data);
  try {
    const client = connect(address);
    const opened = await timed(async () => {
      const { sources } = value(await client.workspace.open({ path: folder }));
      const source = sources[0]!.id;
      return { source, rows: value(await client.vek.rows({ source, view: whole, start: 0, count: 60 })) };
    });
    const { source, rows } = opened.value;
    const lines = (await ask?.(client, source, rows.total, child.pid!)) ?? [];
    // The index is kept when the engine closes.
    child.kill('SIGTERM');
    await new Promise((done) => child.once('exit', done));
    return { ms: opened.ms, lines };
  } finally {
    child.kill('SIGKILL');
  }
}

/** Opens a repository without a kept index (three times, each with a new app folder), then with it, and asks as a window does. */
export async function measureEngine(folder: string, data: string): Promise<Line[]> {
  const fresh: number[] = [];
  for (let i = 0; i < FRESH_OPENS; i++) {
    const other = mkdtempSync(join(tmpdir(), 'vekscope-bench-fresh-'));
    fresh.push((await open(folder, other)).ms);
    rmSync(other, { recursive: true, force: true });
  }
  await open(folder, data);
  const again = await open(folder, data, questions);
  const parsed = await timed(async () => parseJson(megabyte));
  return [
    { what: 'first rows, no index kept, the file perhaps not in memory', value: ms(fresh[0]!) },
    {
      what: 'first rows, no index kept, median of the next two',
      value: ms(percentile(fresh.slice(1), 0.5)),
      target: '3 s at 1M',
    },
    { what: 'first rows, again', value: ms(again.ms), target: '0.5 s at 1M' },
    ...again.lines,
    { what: 'parse a document of 1 MB, text-exact', value: ms(parsed.ms) },
  ];
}

async function questions(client: Client, source: string, total: number, pid: number): Promise<Line[]> {
  let seed = 12_345;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % Math.max(1, below);
  };
  const windows: number[] = [];
  const nodes: number[] = [];
  for (let i = 0; i < QUERIES; i++) {
    const start = random(total - 60);
    const window = await timed(() => client.vek.rows({ source, view: whole, start, count: 60 }));
    windows.push(window.ms);
    const { rows } = value(window.value);
    const row = rows[random(rows.length)]!;
    nodes.push((await timed(() => client.vek.node({ source, hash: row.hash }))).ms);
  }
  const pair = (samples: readonly number[]): string =>
    `${ms(percentile(samples, 0.5))} / ${ms(percentile(samples, 0.95))}`;
  const lines: Line[] = [
    { what: 'window of 60 rows, p50 / p95', value: pair(windows) },
    { what: 'select a call → its content, p50 / p95', value: pair(nodes), target: '50 ms' },
  ];
  for (const filter of ['tool:shell', 'error', 'timeout']) {
    const asked = await timed(() =>
      client.vek.rows({ source, view: { filter, focus: [] }, start: 0, count: 60 }),
    );
    lines.push({ what: `filter “${filter}”, first rows`, value: ms(asked.ms) });
  }
  const overview = await timed(() => client.vek.overview({ source }));
  lines.push({ what: 'overview of branches', value: ms(overview.ms) });
  await new Promise((done) => setTimeout(done, SETTLE_MS));
  lines.push({ what: 'memory of the server', value: `${Math.round(treeKb(pid) / 1024)} MB` });
  const before = treeCpuSeconds(pid);
  await new Promise((done) => setTimeout(done, IDLE_MS));
  const share = ((treeCpuSeconds(pid) - before) / (IDLE_MS / 1000)) * 100;
  lines.push({ what: 'idle, share of a core', value: `${share.toFixed(2)} %`, target: '0.1 %' });
  return lines;
}
