import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { checkLedger } from '../../src/core/aex/check/check.ts';
import { makeRealAex, type RealAex } from '../support/aex/daemon.ts';
import { aexEnvironment } from '../support/aex/peer.ts';
import { ask, createAgents, runTraffic, type Ask } from '../support/aex/traffic.ts';
import { peerPython, projectRoot } from '../support/peers.ts';
import { randomBelow } from '../support/random.ts';
import { value } from '../support/writes.ts';

const python = peerPython();
const seed = Number(process.env['VEKSCOPE_SEED'] ?? Date.now() % 1_000_000);
const random = randomBelow(seed + 7);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
let aex: RealAex;
afterEach(() => aex.close());

const prices = (): string => join(aex.home, '.aex', 'config', 'models.yaml');
const chat = (agent: string, content: string, more: object = {}): Ask => ({
  agent,
  path: '/v1/chat/completions',
  body: { messages: [{ role: 'user', content }], max_tokens: 5, ...more },
});
const chats = (agent: string, count: number, more: object = {}) =>
  Promise.all(
    Array.from({ length: count }, (_, i) =>
      ask(aex, chat(agent, `${agent} ${i} ${random(1e9)} [[in=${i} out=${random(9)}]]`, more)),
    ),
  );
const operate = (...args: string[]) => aex.peer.cli([args]);

/** What is said of the ledger as it is now: beside the verdicts of the real one, everything above a notice. */
async function told() {
  const db = aex.copy();
  copyFileSync(prices(), join(dirname(db), 'models.yaml'));
  const theirs = await aex.peer.verdicts(db);
  const report = value(await checkLedger({ db, dir: dirname(db) }, { dataDir: null }));
  const grave = report.findings.filter(({ severity }) => severity !== 'notice');
  const apart = [
    ['chain', theirs.chain, report.chain],
    ['balances', theirs.balances, report.balances],
  ].filter(([, a, b]) => {
    const [x, y] = [a, b] as { ok: boolean; detail: string }[];
    return x!.ok !== y!.ok || x!.detail !== y!.detail;
  });
  rmSync(dirname(db), { recursive: true });
  return { seed, ok: report.ok, apart, grave, report };
}

async function expectHealthy(): Promise<void> {
  const { report: _, ...rest } = await told();
  expect(rest).toEqual({ seed, ok: true, apart: [], grave: [] });
}

/** What is said of prices, where nothing else is said but notices. */
async function priced() {
  const { grave, apart, ok, report } = await told();
  expect({ seed, ok, apart, grave }).toEqual({ seed, ok: true, apart: [], grave: [] });
  return report.findings.filter(({ kind }) => kind === 'price-differs');
}

/** Another daemon on the same ledger, on a port of its own. */
async function another(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const file = join(aex.home, 'port-of-another');
  const child = spawn(python!, [join(projectRoot, 'test', 'support', 'aex', 'aex_daemon.py'), file], {
    env: { ...aexEnvironment(aex.home, null), ...environment },
    stdio: 'ignore',
  });
  for (let tries = 0; tries < 400; tries++) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    const url = `http://127.0.0.1:${port}`;
    if (port > 0 && (await fetch(`${url}/health`).catch(() => null))?.ok === true) return { child, url };
    await pause(50);
  }
  throw new Error('The other daemon did not answer in 20 s.');
}

if (python === null) console.warn('Nothing is read of odd lives: the Python peers are not installed.');

describe.skipIf(python === null)(`what the real AEX writes in odd situations (seed ${seed})`, () => {
  it('requests for more than there is money, and budgets as large as can be', async () => {
    aex = await makeRealAex();
    await aex.createAgent('busy', 5, 100_000);
    await aex.createAgent('cent', 0.01, 1000);
    await aex.createAgent('all there is', 9_100_000_000_000, 1000);
    await aex.start();
    for (const most of [1e14, 1.2e15, 1e18, 1e20, 1e300, -5, 0, '12', 7.9, true, null, [], '9'.repeat(400)]) {
      for (const agent of aex.tokens.keys())
        await ask(aex, chat(agent, `${agent} ${most}`, { max_tokens: most }));
    }
    // a provider that counts below zero
    for (const used of ['in=-5 out=100', 'in=1 out=-1', 'in=-3 out=2', 'in=-3 out=0']) {
      for (const stream of [false, true]) await ask(aex, chat('cent', `${used} [[${used}]]`, { stream }));
    }
    await expectHealthy();
    const { report } = await told();
    expect(report.unknown.filter(({ message }) => message.includes('beyond exact'))).toHaveLength(1);
    await operate('agent', 'delete', 'cent');
    const { grave } = await told();
    expect(grave).toMatchObject([{ kind: 'agent-deleted', severity: 'warning', agent: 'cent' }]);
  }, 240_000);

  it('a stream whose provider counts tokens as floats, and fractions of them', async () => {
    aex = await makeRealAex();
    await aex.createAgent('whole', 5, 1000);
    await aex.createAgent('parts', 0.0015, 1000);
    await aex.start();
    for (const used of ['in=12 out=3 float', 'in=0 out=9 float', 'in=7 out=0']) {
      for (const agent of aex.tokens.keys()) {
        await ask(aex, chat(agent, `${agent} [[${used}]]`, { stream: true }));
      }
    }
    await expectHealthy();
    for (const used of ['in=10.25 out=2', 'in=3 out=4']) {
      await ask(aex, chat('parts', `${used} [[${used}]]`, { stream: true }));
    }
    // refused, with a fraction of a micro-dollar left
    await ask(aex, chat('parts', 'too much', { max_tokens: 256 }));
    const { grave, apart } = await told();
    expect({ seed, apart }).toEqual({ seed, apart: [] });
    expect(grave).toMatchObject([{ kind: 'value-unreadable', severity: 'warning', agent: 'parts' }]);
    expect(grave[0]!.message).toContain('No sign of tampering');
    // what speaks against it is told all the same
    await aex.stop();
    const writer = new SqliteDatabase(aex.db);
    writer.exec(
      'UPDATE reservations SET actual_micro = actual_micro + 1 WHERE actual_micro <> round(actual_micro)',
    );
    writer.close();
    expect((await told()).grave.some(({ severity }) => severity === 'error')).toBe(true);
  }, 240_000);

  it('an agent that is deleted with calls in flight, and made again under the same name', async () => {
    aex = await makeRealAex();
    await createAgents(aex, random);
    await aex.createAgent('phoenix', 0.05, 500);
    await aex.createAgent('idle', 1, 5);
    await aex.start();
    await chats('phoenix', 12);
    await operate('agent', 'delete', 'idle');
    await expectHealthy();
    await aex.createAgent('idle', 2, 5);
    await chats('idle', 2);
    await expectHealthy();
    const flight = [
      ask(aex, chat('phoenix', 'slow [[hang=900]]')),
      ask(aex, chat('phoenix', 'slow stream [[slow=100]]', { stream: true })),
    ];
    await pause(300);
    await operate('agent', 'delete', 'phoenix');
    await aex.createAgent('phoenix', 0.01, 500);
    await Promise.all(flight);
    await chats('phoenix', 8);
    await runTraffic(aex, random, { requests: 20, together: 5 });
    for (let round = 0; round < 2; round++) {
      const { grave, apart, report } = await told();
      expect({ seed, apart }).toEqual({ seed, apart: [] });
      expect(grave).toMatchObject([{ kind: 'agent-deleted', severity: 'warning', agent: 'phoenix' }]);
      expect(grave[0]!.message).toContain('and made again under the same name');
      const failed = report.findings.find(({ kind }) => kind === 'invariant-failed');
      expect(failed).toMatchObject({ severity: 'notice', agent: 'phoenix' });
      await operate('agent', 'delete', 'phoenix');
      await aex.createAgent('phoenix', 0.02, 500);
      await chats('phoenix', 3);
    }
  }, 240_000);

  it('agents with tools that are paused, deleted twice and made again, and in the end all deleted', async () => {
    aex = await makeRealAex();
    await aex.createAgent('a', 0.02, 1000);
    await aex.createAgent('z', 0.02, 1000);
    await aex.start();
    const same = async (): Promise<void> => {
      for (let i = 0; i < 3; i++) {
        await ask(aex, chat('a', `same ${i}`));
        const body = { tool_name: 'adder', arguments: { a: i, fail: random(2) }, execution_id: null };
        await ask(aex, { agent: 'a', path: '/v1/tools/execute', body });
        await ask(aex, chat('a', 'too much', { model: 'big', max_tokens: 1024 }));
        await ask(aex, chat('z', `z ${random(1e9)}`));
      }
    };
    const again = async (usd: number): Promise<void> => {
      await operate('agent', 'delete', 'a');
      await aex.createAgent('a', usd, 1000);
      await same();
    };
    await same();
    await again(0.02);
    await operate('agent', 'state', 'a', 'PAUSED');
    await again(0.0005);
    // the first call of a new life is never settled
    await operate('agent', 'delete', 'a');
    await aex.createAgent('a', 0.02, 1000);
    const cut = ask(aex, chat('a', 'cut [[hang=9000]]'));
    await pause(500);
    await aex.kill();
    await cut;
    await aex.start();
    await same();
    for (const agents of [['a'], ['a', 'z']]) {
      if (agents.length > 1) for (const agent of agents) await operate('agent', 'delete', agent);
      const { grave, apart } = await told();
      expect({ seed, apart }).toEqual({ seed, apart: [] });
      const said = grave.map(({ kind, severity, agent }) => ({ kind, severity, agent }));
      const wanted = agents.map((agent) => ({ kind: 'agent-deleted', severity: 'warning', agent }));
      expect(new Set(said)).toEqual(new Set(wanted));
    }
  }, 240_000);

  it('reservations that live for thousands of years, or for no time', async () => {
    aex = await makeRealAex();
    await createAgents(aex, random);
    for (const ttlSeconds of [99_999_999_999, 0, -60]) {
      await aex.start({ ttlSeconds });
      await runTraffic(aex, random, { requests: 12, together: 3 });
      await aex.stop();
    }
    await expectHealthy();
  }, 240_000);

  it('a price list that is changed while the daemon runs, and changed back', async () => {
    aex = await makeRealAex();
    await aex.createAgent('busy', 5, 100_000);
    await aex.start();
    const first = readFileSync(prices(), 'utf8');
    const change = async (text: string): Promise<void> => {
      writeFileSync(prices(), text);
      expect((await fetch(`${aex.url()}/admin/reload_config`, { method: 'POST' })).ok).toBe(true);
    };
    await chats('busy', 12);
    await change(first.replace('input_micro: 2, output_micro: 8', 'input_micro: 3, output_micro: 9'));
    await chats('busy', 12);
    // of another time: the settlements before it, in one story
    const raised = await priced();
    expect(raised.length).toBeLessThanOrEqual(1);
    await change(first);
    await chats('busy', 14);
    const back = await priced();
    expect(back).toHaveLength(1);
    expect(back[0]!.message).toMatch(/the price of mini was \$0\.000003 a token in and \$0\.000009 out/);
    expect(back[0]!.message).not.toContain('may have been changed');
    // models that are not there any more, and no list that can be read
    writeFileSync(
      prices(),
      first.replaceAll(/^ {2}(?:mini|alt):.*$/gm, '').replace('default_model: mini', ''),
    );
    expect(await priced()).toHaveLength(1);
    writeFileSync(prices(), 'version: 1\nmodels: [broken');
    expect(await priced()).toHaveLength(1);
  }, 240_000);

  it('a ledger that an older version began, which wrote no entries', async () => {
    aex = await makeRealAex();
    for (const end of ['', '-wal', '-shm']) rmSync(aex.db + end, { force: true });
    const older = new SqliteDatabase(aex.db);
    older.exec(`
      CREATE TABLE agents (name TEXT PRIMARY KEY, api_token TEXT UNIQUE NOT NULL, budget_micro INTEGER NOT NULL,
        spent_micro INTEGER NOT NULL DEFAULT 0, reserved_micro INTEGER NOT NULL DEFAULT 0, rpm_limit INTEGER NOT NULL,
        created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, last_activity TIMESTAMP);
      CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, agent TEXT NOT NULL, action TEXT NOT NULL,
        cost_micro INTEGER, timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP, metadata TEXT);
      INSERT INTO agents VALUES ('veteran', '${'5a'.repeat(16)}', 5000, 1234, 0, 100, '2025-01-01 00:00:00', '2025-02-01 00:00:00');
      INSERT INTO events (agent, action, cost_micro, timestamp, metadata) VALUES
        ('veteran', 'USAGE_RECORDED', 1000, '2025-01-02 00:00:00', 'gpt-4'),
        ('veteran', 'USAGE_RECORDED', 234, '2025-02-01 00:00:00', 'gpt-4'),
        ('veteran', 'DENIED_BUDGET', 0, '2025-02-01 00:00:01', 'x')`);
    older.close();
    aex.tokens.set('veteran', '5a'.repeat(16));
    await aex.start();
    const expectTold = async (): Promise<void> => {
      const { apart, grave, report } = await told();
      expect({ seed, apart, balances: report.balances.ok }).toEqual({ seed, apart: [], balances: false });
      expect(grave).toMatchObject([{ kind: 'spent-differs', severity: 'warning', agent: 'veteran' }]);
      expect(grave[0]!.message).toMatch(/^\$0\.001234 of what veteran spent .* before 2\.0/);
    };
    await expectTold();
    await chats('veteran', 4);
    // refused: the budget, less what the older version charged too
    expect((await ask(aex, chat('veteran', 'too much', { max_tokens: 256, model: 'big' }))).status).toBe(402);
    await expectTold();
    // a row of the older version that was put in later explains nothing
    await aex.stop();
    const writer = new SqliteDatabase(aex.db);
    writer.exec(`UPDATE agents SET spent_micro = spent_micro + 50;
      INSERT INTO events (agent, action, cost_micro) VALUES ('veteran', 'USAGE_RECORDED', 50)`);
    writer.close();
    expect((await told()).grave.some(({ severity }) => severity === 'error')).toBe(true);
  }, 240_000);

  it('policies that deny, patch, raise and do not load', async () => {
    aex = await makeRealAex();
    await createAgents(aex, random);
    await aex.createAgent('busy', 5, 100_000);
    await aex.start();
    const folder = join(aex.home, '.aex', 'policies');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'a_deny.py'),
      `def evaluate(c):
    t = str(c["request"].get("messages") or c["request"].get("input"))
    if "7" in t: return {"decision": "deny", "reason": "no sevens \\x1b[31m \\u202e"}
    if "3" in t: return {"decision": "allow", "patch": {"max_tokens": 3, "temperature": 0, "stream": False}}
    if "4" in t: return {"patch": {"stream": True}}
    return None
`,
    );
    await runTraffic(aex, random, { requests: 40, together: 4 });
    await expectHealthy();
    for (const text of ['def evaluate(c):\n    raise ValueError("x")\n', 'no python here']) {
      writeFileSync(join(folder, 'b.py'), text);
      await runTraffic(aex, random, { requests: 10, together: 4 });
    }
    await expectHealthy();
    // what AEX means to write of a denial: its foreign key refuses it, as there is no execution yet
    const written = `
from aex.daemon.db.connection import get_db_connection
from aex.daemon.ledger.events import append_hash_event, append_compat_event
with get_db_connection() as conn:
    conn.execute("BEGIN IMMEDIATE")
    row = conn.execute("SELECT execution_id, agent FROM executions LIMIT 1").fetchone()
    said = {"endpoint": "/v1/chat/completions", "reason": "Model 'big' not in allowed models: ['mini']"}
    append_hash_event(conn, execution_id=row["execution_id"], agent=row["agent"], event_type="policy.violation", payload=said)
    append_compat_event(conn, agent=row["agent"], action="POLICY_VIOLATION", metadata=said)
    conn.commit()
`;
    await chats('busy', 1);
    rmSync(folder, { recursive: true });
    await chats('busy', 1);
    const ran = spawnSync(python!, ['-c', written], {
      env: aexEnvironment(aex.home, null),
      encoding: 'utf8',
    });
    expect(ran.stderr).toBe('');
    await expectHealthy();
  }, 240_000);

  it('tools with ids of their callers, run together and cut off', async () => {
    aex = await makeRealAex();
    for (const [name, usd] of [
      ['a', 0.01],
      ['b', 0.004],
      ['c', 1],
    ] as const)
      await aex.createAgent(name, usd, 1000);
    await aex.start();
    const run = (agent: string, args: unknown, id?: string, key?: string) =>
      ask(aex, {
        agent,
        path: '/v1/tools/execute',
        body: { tool_name: random(2) === 0 ? 'gratis' : 'adder', arguments: args, execution_id: id ?? null },
        headers: key === undefined ? {} : { 'idempotency-key': key },
      });
    for (const id of [
      'mine',
      'with\nline',
      ' spaced ',
      '',
      'é😀',
      'x'.repeat(3000),
      '__proto__',
      '\u0000',
      '\u202e',
    ]) {
      for (const agent of ['a', 'c']) await run(agent, { a: random(9) }, id);
    }
    for (const args of [null, [], [1], 'text', 5, 1.5, { fail: 1 }, { a: 'x' }]) await run('b', args);
    // the id of a model call of the same agent, and of another's
    await ask(aex, { ...chat('c', 'call'), headers: { 'idempotency-key': 'kk' } });
    const taken = createHash('sha256').update('c\n/v1/chat/completions\nkk\n').digest('hex');
    for (const agent of ['c', 'a']) await run(agent, { a: 1 }, taken);
    await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        run(
          'c',
          { a: i % 5 },
          i % 3 === 0 ? `p${i % 4}` : undefined,
          i % 2 === 0 ? ` k${i % 3} ` : undefined,
        ),
      ),
    );
    await expectHealthy();
    const load = Promise.all(Array.from({ length: 10 }, (_, i) => run('c', { a: `cut ${i}` })));
    await pause(120);
    await aex.kill();
    await load;
    await expectHealthy();
    await aex.start();
    await Promise.all(Array.from({ length: 10 }, (_, i) => run('c', { a: `cut ${i}` })));
    await expectHealthy();
  }, 240_000);

  it('killed under load again and again, and swept by another daemon while calls are in flight', async () => {
    aex = await makeRealAex();
    const budgets = [0.0004, 0.001, 0.003, 0.01, 0.05, 1];
    for (const [i, usd] of budgets.entries()) {
      const more = i === 3 ? ['--max-tokens-per-minute', '60'] : [];
      await aex.createAgent(`agent ${i}`, usd, [3, 20, 1000, 1000, 1000, 100_000][i]!, ...more);
    }
    await aex.start({ ttlSeconds: 1 });
    for (let round = 0; round < 2; round++) {
      const load = runTraffic(aex, random, { requests: 90, together: 24 });
      await pause(500 + random(500));
      await aex.kill();
      await aex.start({ ttlSeconds: 1 });
      await load;
      await expectHealthy();
    }
    const flight = Array.from({ length: 6 }, (_, i) =>
      ask(aex, chat('agent 5', `flight ${i} [[hang=${3000 + i * 50}]]`, { stream: i % 2 === 0 })),
    );
    await pause(2100);
    const { child, url } = await another();
    try {
      await Promise.all([
        runTraffic(aex, random, { requests: 40, together: 8 }),
        runTraffic({ ...aex, url: () => url }, random, { requests: 40, together: 8 }),
        ...flight,
      ]);
      await expectHealthy();
    } finally {
      child.kill('SIGKILL');
    }
  }, 240_000);

  it('a database that others lock for longer than the daemon waits', async () => {
    aex = await makeRealAex();
    for (const [name, usd] of [
      ['a', 1],
      ['b', 0.01],
    ] as const)
      await aex.createAgent(name, usd, 10_000);
    const { child, url } = await another({
      AEX_SQLITE_BUSY_TIMEOUT_MS: '60',
      AEX_SQLITE_CONNECT_TIMEOUT_SEC: '0',
      AEX_RESERVATION_TTL_SECONDS: '2',
    });
    const locker = new SqliteDatabase(aex.db, { timeout: 2000 });
    try {
      const state = { done: false };
      const load = runTraffic({ ...aex, url: () => url }, random, { requests: 120, together: 8 });
      const ended = load.catch(() => 0).finally(() => (state.done = true));
      while (!state.done) {
        locker.exec('BEGIN IMMEDIATE');
        await pause(40 + random(120));
        locker.exec('ROLLBACK');
        await pause(20 + random(60));
      }
      await ended;
    } finally {
      locker.close();
      child.kill('SIGKILL');
    }
    for (let round = 0; round < 2; round++) {
      const { ok, apart, grave } = await told();
      expect({ seed, ok, apart }).toEqual({ seed, ok: true, apart: [] });
      // AEX goes on where it could not write that it dispatched: that leaves the same trace as removing it
      const others = grave.filter(
        ({ severity, message }) =>
          severity !== 'warning' || !message.includes('no entry says that it was dispatched'),
      );
      expect({ seed, others }).toEqual({ seed, others: [] });
      if (round > 0) break;
      // what was left open is swept
      await pause(2100);
      await aex.start();
    }
  }, 240_000);

  it('an agent without a name, whose balance AEX itself does not add up', async () => {
    aex = await makeRealAex();
    for (const name of ['', '  ', 'x\u001b[31m\u202e\ny']) await aex.createAgent(name, 0.01, 1000);
    await aex.start();
    for (const name of aex.tokens.keys()) await chats(name, 4);
    const { ok, apart, grave, report } = await told();
    expect({ seed, ok, apart, balances: report.balances.ok }).toEqual({
      seed,
      ok: false,
      apart: [],
      balances: false,
    });
    expect(grave).toMatchObject([{ kind: 'invariant-failed', severity: 'warning', agent: '' }]);
    expect(grave[0]!.message).toContain('no sign of tampering');
  }, 240_000);
});
