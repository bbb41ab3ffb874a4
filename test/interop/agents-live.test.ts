import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDay } from '../../src/core/agents/days.ts';
import { startTestEngine, type TestEngine } from '../../src/engine/testing.ts';
import { peerPython } from '../support/peers.ts';
import { value } from '../support/writes.ts';

const python = peerPython();

/** Holds the agent's lock as a run does and appends records through the runtime's own log, `n` of them. */
const WRITE = `
import sys, time
from datetime import datetime
from pathlib import Path
from atomic_agents.logs.filesystem import FilesystemLogBackend
from atomic_agents.logs.types import RunRecord
from atomic_agents.locks.filesystem import FilesystemLockBackend
root, n = Path(sys.argv[1]), int(sys.argv[2])
log = FilesystemLogBackend(root)
handle = FilesystemLockBackend(root).acquire()
print("locked", flush=True)
sys.stdin.readline()
for i in range(n):
    ts = datetime.now().astimezone().isoformat()
    log.append(RunRecord(ts=ts, run_id=f"run-live-{i:05d}", primitive="other", trigger="cron", status="ok",
        summary="x" * (i % 700) + " é", model="gpt-5-mini", input_tokens=10, output_tokens=2, cost_usd=0.000001))
    if i % 10 == 0:
        time.sleep(0.01)
print("written", flush=True)
sys.stdin.readline()
`;

/** The same lines by a writer that lets a line stand half written for a while. */
const WRITE_IN_PIECES = `
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');
const [path, n] = process.argv.slice(1);
mkdirSync(dirname(path), { recursive: true });
const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
for (let i = 0; i < Number(n); i++) {
  const line = JSON.stringify({ ts: new Date().toISOString(), run_id: 'run-live-' + String(i).padStart(5, '0'), trigger: 'cron',
    status: 'ok', summary: 'é'.repeat(i % 300), model: 'gpt-5-mini', input_tokens: 10, output_tokens: 2, cost_usd: 0.000001 }) + '\\n';
  const bytes = Buffer.from(line);
  const cut = 1 + (i * 37) % (bytes.length - 1);
  appendFileSync(path, bytes.subarray(0, cut));
  pause(i % 20 === 0 ? 60 : 1);
  appendFileSync(path, bytes.subarray(cut));
}
`;

let root: string;
let engine: TestEngine;
let source: string;
let child: ChildProcess | null = null;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'vekscope-live-agents-'));
  mkdirSync(join(root, 'one', 'persona'), { recursive: true });
  writeFileSync(join(root, 'one', 'model.md'), '## Default model\n\n`gpt-5-mini`\n');
  engine = startTestEngine();
  source = value(await engine.client.workspace.open({ path: root })).sources[0]!.id;
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
  engine.close();
  rmSync(root, { recursive: true, force: true });
});

type Seen = { readonly total: number; readonly costMicros: number; readonly runs: readonly string[] };

/** All records as the window gets them. */
async function all(): Promise<Seen> {
  const runs: string[] = [];
  for (;;) {
    const part = value(
      await engine.client.agents.records({
        source,
        query: '',
        sort: 'oldest',
        start: runs.length,
        count: 400,
      }),
    );
    runs.push(...part.rows.map(({ runId }) => runId ?? ''));
    if (runs.length >= part.total) return { total: part.total, costMicros: part.sum.costMicros, runs };
  }
}

/** Reads again and again while `until` is not settled; the count never falls. */
async function readMeanwhile(until: Promise<unknown>): Promise<number> {
  const state = { done: false };
  void until.then(() => (state.done = true));
  let looks = 0;
  let most = 0;
  while (!state.done) {
    const { total } = await all();
    expect(total).toBeGreaterThanOrEqual(most);
    most = total;
    looks++;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return looks;
}

const whoRuns = async () =>
  value(await engine.client.agents.overview({ source, today: null })).agents[0]?.running;

function expectWhole(seen: Seen, count: number): void {
  const names = Array.from({ length: count }, (_, i) => `run-live-${String(i).padStart(5, '0')}`);
  expect([...seen.runs].sort()).toEqual(names);
  expect(seen.costMicros).toBe(count);
}

describe('an agent that writes while it is looked at', () => {
  it.runIf(python !== null)(
    'by the log of the real runtime: no record is lost or doubled, and it is known to run',
    async () => {
      const writer = spawn(python!, ['-c', WRITE, join(root, 'one'), '600'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      child = writer;
      const lines = createInterface({ input: writer.stdout! })[Symbol.asyncIterator]();
      expect((await lines.next()).value).toBe('locked');
      await expect.poll(whoRuns, { timeout: 5_000 }).toMatchObject({ state: 'running', pid: writer.pid });
      const written = lines.next();
      writer.stdin!.write('go\n');
      expect(await readMeanwhile(written)).toBeGreaterThan(1);
      await expect.poll(async () => (await all()).total, { timeout: 10_000 }).toBe(600);
      expectWhole(await all(), 600);
      writer.stdin!.end();
      await expect.poll(whoRuns, { timeout: 5_000 }).toMatchObject({ state: 'idle' });
    },
    30_000,
  );

  it('in pieces of lines: no record is lost or doubled, and no piece counts as bad in the end', async () => {
    const day = localDay(new Date());
    const path = join(root, 'one', 'log', day.slice(0, 7), `${day}.jsonl`);
    const writer = spawn(process.execPath, ['-e', WRITE_IN_PIECES, path, '300'], { stdio: 'inherit' });
    child = writer;
    const ended = new Promise((resolve) => writer.on('exit', resolve));
    expect(await readMeanwhile(ended)).toBeGreaterThan(1);
    await expect.poll(async () => (await all()).total, { timeout: 10_000 }).toBe(300);
    expectWhole(await all(), 300);
    expect(value(await engine.client.agents.badLines({ source, agent: null }))).toEqual([]);
  }, 30_000);
});
