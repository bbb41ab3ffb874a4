import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryRow, LedgerCheckEvent, LedgerView } from '../../src/contract/ledger.ts';
import { startTestEngine, type TestEngine } from '../../src/engine/testing.ts';
import { makeRealAex, type RealAex } from '../support/aex/daemon.ts';
import { ask, createAgents, runTraffic } from '../support/aex/traffic.ts';
import { folderState } from '../support/folder-state.ts';
import { peerPython } from '../support/peers.ts';
import { randomBelow } from '../support/random.ts';
import { value } from '../support/writes.ts';

const python = peerPython();
const seed = Number(process.env['VEKSCOPE_SEED'] ?? Date.now() % 1_000_000);
const random = randomBelow(seed);
let aex: RealAex;
let engine: TestEngine;
let source = '';

const OLDEST: LedgerView = {
  agent: null,
  query: '',
  sort: 'oldest',
  group: 'entries',
  open: [],
  days: false,
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const rowsFrom = async (start: number, count = 400) =>
  value(await engine.client.ledger.rows({ source, view: OLDEST, start, count }));
const chat = (content: string) => ({
  agent: 'researcher',
  path: '/v1/chat/completions',
  body: { messages: [{ role: 'user', content }], max_tokens: 5 },
});

/** What never changes about an entry. */
const fixed = ({
  seq,
  ts,
  agent,
  executionId,
  type,
  detail,
  costMicro,
  spentMicro,
  reservedMicro,
}: EntryRow) =>
  JSON.stringify([seq, ts, agent, executionId, type, detail, costMicro, spentMicro, reservedMicro]);

/** All rows as the window gets them, oldest first. */
async function allRows(): Promise<readonly EntryRow[]> {
  const rows: EntryRow[] = [];
  for (;;) {
    const part = await rowsFrom(rows.length);
    rows.push(...part.lines.flatMap((line) => (line.line === 'entry' ? [line.entry] : [])));
    if (rows.length >= part.total || part.lines.length === 0) return rows;
  }
}

/** What a check comes to: the verdict's texts and every finding that is more than a notice. */
async function verified() {
  let last: LedgerCheckEvent = { type: 'progress', done: 0, total: 0 };
  for await (const event of await engine.client.ledger.verify({ source })) last = event;
  const report = value(await engine.client.ledger.report({ source }));
  return {
    ended: last.type,
    ok: report?.ok,
    chain: report?.chain.detail,
    grave: report?.findings.filter(({ severity }) => severity !== 'notice'),
  };
}

if (python === null) console.warn('Nothing is read beside the real AEX: the Python peers are not installed.');

describe.skipIf(python === null)(`a ledger that is looked at while AEX writes (seed ${seed})`, () => {
  beforeAll(async () => {
    aex = await makeRealAex();
    await createAgents(aex, random);
    await aex.createAgent('busy', 5, 100_000);
    await aex.start();
    await runTraffic(aex, random, { requests: 12, together: 4 });
    engine = startTestEngine();
    const workspace = value(await engine.client.workspace.open({ path: dirname(aex.db) }));
    source = workspace.sources.find(({ kind }) => kind === 'aex')!.id;
  });
  afterAll(async () => {
    engine.close();
    await aex.close();
    rmSync(engine.dataDir, { recursive: true, force: true });
  });

  it('what is shown is always a beginning of what was written, and each check of it passes', async () => {
    const state = { done: false };
    const load = runTraffic(aex, random, { requests: 160, together: 6 }).finally(() => (state.done = true));
    let before: readonly EntryRow[] = [];
    let looks = 0;
    const checks: Awaited<ReturnType<typeof verified>>[] = [];
    while (!state.done) {
      const rows = await allRows();
      expect({ seed, seqs: rows.map(({ seq }) => seq) }).toEqual({ seed, seqs: rows.map((_, i) => i + 1) });
      expect(rows.slice(0, before.length).map(fixed)).toEqual(before.map(fixed));
      expect(rows.length).toBeGreaterThanOrEqual(before.length);
      before = rows;
      if (looks++ % 5 === 0) checks.push(await verified());
      await pause(15);
    }
    await load;
    expect(looks).toBeGreaterThan(3);
    checks.push(await verified());
    for (const one of checks) {
      expect({ seed, ...one }).toMatchObject({ seed, ended: 'done', ok: true, grave: [] });
    }
    const last = (await allRows()).at(-1)!;
    const { accounts } = value(await engine.client.ledger.overview({ source }));
    expect(last.spentMicro).toBe(accounts.reduce((sum, one) => sum + one.spentMicro, 0));
  }, 120_000);

  it('new entries are there within half a second', async () => {
    const took: number[] = [];
    for (let i = 0; i < 9; i++) {
      const { total } = await rowsFrom(0, 1);
      const heard = engine.heard((event) => event.type === 'source-changed' && event.source === source);
      expect((await ask(aex, { ...chat(`late ${i}`), agent: 'busy' })).status).toBe(200);
      const written = performance.now();
      await heard;
      while ((await rowsFrom(0, 1)).total < total + 3) {
        expect(performance.now() - written).toBeLessThan(10_000);
        await pause(5);
      }
      took.push(performance.now() - written);
      await pause(120);
    }
    const median = took.toSorted((a, b) => a - b)[4]!;
    console.log(`new entries: ${took.map((ms) => Math.round(ms)).join(', ')} ms after the answer`);
    expect(median).toBeLessThan(500);
  }, 60_000);

  it('AEX is neither kept waiting nor failing, and its folder holds what it put there', async () => {
    const output = readFileSync(join(aex.home, 'daemon.out'), 'utf8');
    expect(output).not.toMatch(/locked|busy|disk I\/O|malformed/i);
    const state = { done: false };
    const reading = (async () => {
      while (!state.done) await allRows();
    })();
    const waits: number[] = [];
    for (let i = 0; i < 25; i++) {
      const started = performance.now();
      expect((await ask(aex, { ...chat(`again ${i}`), agent: 'busy' })).status).toBe(200);
      waits.push(performance.now() - started);
    }
    state.done = true;
    await reading;
    // a writer that has to wait for a reader would wait for its busy timeout of 5 s
    expect(Math.max(...waits)).toBeLessThan(2500);
    await aex.stop();
    const own = readdirSync(dirname(aex.db));
    expect(
      own.filter((name) => !['.env', 'aex.db', 'aex.db-wal', 'aex.db-shm', 'config', 'logs'].includes(name)),
    ).toEqual([]);
    const [theirs, report] = [await aex.peer.verdicts(aex.db), await verified()];
    expect(theirs.chain.ok).toBe(true);
    expect(report).toMatchObject({ ended: 'done', ok: true, grave: [], chain: theirs.chain.detail });
  }, 60_000);

  it('looking changes nothing, also beside what a killed daemon left', async () => {
    await aex.start();
    void ask(aex, { ...chat('in flight [[hang=9000]]'), agent: 'busy' });
    const last = async () => (await allRows()).at(-1)?.type;
    await expect.poll(last, { timeout: 10_000 }).toBe('execution.dispatched');
    await aex.kill();
    const folder = dirname(aex.db);
    const before = folderState(folder);
    const rows = await allRows();
    expect(rows.at(-1)?.type).toBe('execution.dispatched');
    await verified();
    value(await engine.client.ledger.overview({ source }));
    value(await engine.client.ledger.execution({ source, id: rows.at(-1)!.executionId! }));
    expect(folderState(folder)).toEqual(before);
    await aex.start();
    expect((await ask(aex, { ...chat('after it'), agent: 'busy' })).status).toBe(200);
    await aex.stop();
    expect(existsSync(`${aex.db}-wal`)).toBe(false);
  }, 60_000);
});
