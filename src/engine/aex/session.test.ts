import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger, goldenLedgers, goldenVerdicts } from '../../../test/support/aex/golden-copies.ts';
import { value } from '../../../test/support/writes.ts';
import type { StretchKind } from '../../contract/ledger-chain.ts';
import type { ChainState, LedgerView } from '../../contract/ledger.ts';
import { stretchAt } from '../../core/aex/check/stretches.ts';
import { exportPath } from '../../core/storage/exports.ts';
import { startTestEngine, type TestEngine } from '../testing.ts';

const VIEW: LedgerView = { agent: null, query: '', sort: 'newest', group: 'entries', open: [], days: false };

let folder: string;
let engine: TestEngine;
let source: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vekscope-ledger-session-'));
  engine = startTestEngine();
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const db = (): string => join(folder, 'aex.db');
const ask = () => engine.client.ledger;

async function open(name: string): Promise<void> {
  const { paths, drop } = copyGoldenLedger(name);
  cpSync(paths.dir, folder, { recursive: true });
  drop();
  await show();
}

async function show(): Promise<void> {
  const { sources } = value(await engine.client.workspace.open({ path: folder }));
  source = sources.find(({ kind }) => kind === 'aex')!.id;
}

async function check() {
  let last;
  for await (const event of await ask().verify({ source })) last = event;
  if (last?.type !== 'done') throw new Error(JSON.stringify(last));
  return last.summary;
}

/** The proof as it waits for the host. */
async function proof(): Promise<string> {
  let last;
  for await (const event of await ask().proof({ source })) last = event;
  if (last?.type !== 'done') throw new Error(JSON.stringify(last));
  const text = readFileSync(exportPath(engine.dataDir, last.id)!, 'utf8');
  expect(Buffer.byteLength(text)).toBe(last.bytes);
  return text;
}

function write(sql: string, ...values: unknown[]): void {
  const writer = new SqliteDatabase(db());
  writer.pragma('foreign_keys = OFF');
  writer.pragma('ignore_check_constraints = ON');
  writer.prepare(sql).run(...values);
  writer.close();
}

/** What an entry is shown as that the check found to be so. */
const SHOWN: Readonly<Record<StretchKind, ChainState | null>> = {
  verified: 'verified',
  follows: 'closed',
  unproved: 'follows',
  altered: 'broken',
  forged: 'forged',
  anew: 'anew',
  moved: 'broken',
  lost: 'unknown',
  broken: 'broken',
  missing: null,
};

describe('an open ledger', () => {
  it.each(goldenLedgers)(
    '%s: every line of every view is answered, and agrees with its check',
    async (name) => {
      await open(name);
      const summary = await check();
      const verdicts = goldenVerdicts(name);
      expect(summary.chain.detail).toBe(verdicts.verify_hash_chain.detail);
      expect(summary.balances.detail).toBe(verdicts.replay_ledger_balances.detail);
      const overview = value(await ask().overview({ source }));
      expect(overview.ready).toBe(true);
      for (const sort of ['newest', 'oldest', 'odd'] as const) {
        for (const group of ['entries', 'executions'] as const) {
          const view = { ...VIEW, sort, group, days: true };
          const rows = value(await ask().rows({ source, view, start: 0, count: 400 }));
          expect(rows.sums?.entries).toBe(overview.counts.events);
          expect(rows.lines).toHaveLength(Math.min(400, rows.total));
        }
      }
      const rows = value(
        await ask().rows({ source, view: { ...VIEW, sort: 'oldest' }, start: 0, count: 400 }),
      );
      const entries = rows.lines.flatMap((line) => (line.line === 'entry' ? [line.entry] : []));
      const { stretches } = value(await ask().report({ source }))!;
      expect(summary.picture).toMatchObject({ stretches, coarse: false });
      for (const { seq, chain } of entries) {
        expect(chain, `entry ${seq}`).toBe(SHOWN[stretchAt(stretches, seq)!.is]);
      }
      const some = entries.find(({ executionId }) => executionId !== null)!;
      const detail = value(await ask().entry({ source, seq: some.seq }));
      expect(detail.row.seq).toBe(some.seq);
      const execution = value(await ask().execution({ source, id: some.executionId! }));
      expect(execution.entries.map((entry) => entry.seq)).toContain(some.seq);
      expect(value(await ask().accounts({ source })).accounts).toHaveLength(overview.counts.agents);
      const time = { source, agent: null, from: null, to: null, buckets: 100, fold: true };
      expect(value(await ask().timeline(time)).buckets.starts.length).toBeGreaterThan(0);
      expect(value(await ask().chain({ source, seq: some.seq, reach: 2 })).length).toBeGreaterThan(0);
      expect(value(await ask().report({ source }))!.ok).toBe(summary.ok);
    },
  );

  it('says in words and by state what is wrong', async () => {
    await open('tampered-payload');
    await check();
    const told = await engine.heard(
      (event) => event.type === 'source-state' && event.source.state === 'damaged',
    );
    if (told.type !== 'source-state') throw new Error('no state');
    expect(told.source.problems[0]).toMatchObject({ kind: 'ledger-finding', facts: { row: 6 } });
    expect(told.source.summary).toBe('13 entries, 1 agent, $0.001752 spent');
  });

  it('is checked unasked, and the proof of the chain lasts while it grows', async () => {
    await open('small');
    await engine.heard((event) => event.type === 'source-changed' && event.revision >= 3);
    expect(value(await ask().overview({ source })).report).toMatchObject({ ok: true, stale: false });
    const rows = value(await ask().rows({ source, view: VIEW, start: 0, count: 1 }));
    expect(rows.lines[0]).toMatchObject({ entry: { seq: 13, chain: 'verified' } });
    write(
      `INSERT INTO event_log (execution_id, agent, event_type, payload_json, prev_hash, event_hash) VALUES (NULL, 'solo', 'agent.state.transition', '{}', 'x', 'y')`,
    );
    await engine.heard((event) => event.type === 'source-changed');
    const after = value(await ask().rows({ source, view: VIEW, start: 0, count: 2 }));
    expect(after.lines).toMatchObject([
      { entry: { seq: 14, chain: 'broken', marks: ['odd-payload'] } },
      { entry: { seq: 13, chain: 'verified' } },
    ]);
    const { report } = value(await ask().overview({ source }));
    expect(report).toMatchObject({ newEntries: 1, stale: false });
  });

  it('shows a change within half a second, also of an entry that is there', async () => {
    await open('week');
    await check();
    const heard = engine.heard((event) => event.type === 'source-changed');
    const begun = performance.now();
    write(`UPDATE event_log SET payload_json = '{"state":"OTHER"}' WHERE seq = 2`);
    await heard;
    expect(performance.now() - begun).toBeLessThan(5_000);
    const view = { ...VIEW, sort: 'oldest' as const };
    const rows = value(await ask().rows({ source, view, start: 0, count: 3 }));
    expect(rows.lines.map((line) => (line.line === 'entry' ? line.entry.chain : line.line))).toContain(
      'broken',
    );
  });

  it('is told as gone and comes back; cut off, replaced and foreign files are told as what they are', async () => {
    await open('small');
    const state = (wanted: string) =>
      engine.heard((event) => event.type === 'source-state' && event.source.state === wanted);
    renameSync(db(), `${db()}.away`);
    await state('gone');
    expect(await ask().overview({ source })).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    renameSync(`${db()}.away`, db());
    await state('ok');
    expect(value(await ask().overview({ source })).counts.events).toBe(13);
    const other = copyGoldenLedger('week');
    renameSync(other.paths.db, db());
    other.drop();
    await engine.heard(
      (event) => event.type === 'source-state' && event.source.summary.startsWith('237 entries'),
    );
    const rows = value(await ask().rows({ source, view: VIEW, start: 0, count: 1 }));
    expect(rows.lines[0]).toMatchObject({ entry: { seq: 237 } });
    truncateSync(db(), 20_000);
    await engine.heard(
      (event) => event.type === 'source-state' && ['damaged', 'unreadable'].includes(event.source.state),
    );
    truncateSync(db(), 0);
    appendFileSync(db(), 'this is no database, and never was one '.repeat(40));
    await state('unreadable');
    expect(await ask().overview({ source })).toMatchObject({ ok: false, error: { kind: 'not-a-database' } });
  });

  it('shows an entry with the balance of its own account', async () => {
    await open('week');
    const all = value(await ask().rows({ source, view: VIEW, start: 0, count: 1 })).lines[0];
    if (all?.line !== 'entry') throw new Error('no entry');
    const { seq, agent } = all.entry;
    const own = value(await ask().rows({ source, view: { ...VIEW, agent }, start: 0, count: 1 })).lines[0];
    const { row } = value(await ask().entry({ source, seq }));
    expect(own).toMatchObject({
      entry: { seq, availableMicro: row.availableMicro, spentMicro: row.spentMicro },
    });
    expect(row.spentMicro).toBeLessThan(all.entry.spentMicro!);
  });

  it('stops writing a proof when nobody listens, and nothing of it stays', async () => {
    await open('week-large');
    const events = await ask().proof({ source });
    const first = await events.next();
    expect(first.value).toMatchObject({ type: 'progress' });
    await events.return();
    await expect.poll(() => readdirSync(join(engine.dataDir, 'exports')), { timeout: 8_000 }).toEqual([]);
    let last;
    for await (const event of await ask().proof({ source })) last = event;
    expect(last).toMatchObject({ type: 'done' });
  });

  it('compares itself with a copy, exports its rows and its proof', async () => {
    await open('small');
    cpSync(db(), join(folder, 'copy.db'));
    await show();
    const same = value(await ask().compare({ source, other: join(folder, 'copy.db') }));
    expect(same).toMatchObject({ verdict: 'same', common: 13 });
    const csv = await value(await ask().exportRows({ source, view: VIEW, form: 'csv' })).text();
    expect(csv.split('\r\n')).toHaveLength(15);
    expect(csv).toContain('"{""state"":""DISPATCHED""}"');
    const json = await value(await ask().exportRows({ source, view: VIEW, form: 'json' })).text();
    expect((JSON.parse(json) as { seq: number }[]).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 13 }, (_, i) => 13 - i),
    );
    expect(JSON.parse(await proof())).toMatchObject({
      event_count: 13,
      checked: { ok: true, head: { seq: 13 } },
    });
    expect(await value(await ask().proofScript({ source })).text()).toContain('hashlib');
  });
});

describe('a budget beyond exact arithmetic', () => {
  it('is shown rounded, and that is said', async () => {
    await open('small');
    write('UPDATE agents SET budget_micro = 9223372036854775807');
    await show();
    await expect
      .poll(async () => value(await ask().overview({ source })))
      .toMatchObject({
        differs: [expect.stringContaining('The budget of solo is 9,223,372,036,854,775,807 micro-dollars')],
        accounts: [{ budgetMicro: 2 ** 63 }],
      });
  });
});

describe('an entry whose number is beyond exact arithmetic', () => {
  it.each([
    ['9007199254740993', 'beyond 9,007,199,254,740,991', 'seq > 9007199254740991'],
    ['-9007199254740993', 'below -9,007,199,254,740,991', 'seq < -9007199254740991'],
  ])(
    '%s: stands in its line, and what can not be told of it is said with the way out',
    async (seq, where, sql) => {
      const { paths, drop } = copyGoldenLedger('small');
      cpSync(paths.dir, folder, { recursive: true });
      drop();
      write(`UPDATE event_log SET seq = ${seq} WHERE seq = 6`);
      await show();
      const sort = seq.startsWith('-') ? 'oldest' : 'newest';
      const { lines } = value(await ask().rows({ source, view: { ...VIEW, sort }, start: 0, count: 1 }));
      const shown = lines[0]!;
      if (shown.line !== 'entry') throw new Error('no entry');
      expect(shown.entry.seq).toBe(Number(seq));
      const which = { source, seq: shown.entry.seq };
      for (const answer of [
        await ask().entry(which),
        await ask().chain({ ...which, reach: 2 }),
        await ask().locate({ ...which, view: VIEW }),
      ]) {
        expect(answer).toMatchObject({ ok: false, error: { kind: 'too-large' } });
        if (answer.ok) continue;
        expect(answer.error.message).toContain(where);
        expect(answer.error.hint).toContain(sql);
      }
    },
  );
});

describe('a ledger that changes', () => {
  it('is checked again by itself, also where no entry changed', async () => {
    await open('small');
    await check();
    write('UPDATE agents SET spent_micro = spent_micro + 1');
    await engine.heard((event) => event.type === 'source-state' && event.source.state === 'damaged');
    const report = value(await ask().report({ source }))!;
    expect(report.findings.some(({ kind }) => kind === 'spent-differs')).toBe(true);
    write('UPDATE agents SET spent_micro = spent_micro - 1');
    await engine.heard((event) => event.type === 'source-state' && event.source.state === 'ok');
  });

  it('tells nothing while nothing happens', async () => {
    await open('week');
    await check();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const before = engine.events.length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(engine.events.slice(before)).toEqual([]);
  });
});

describe('tokens of the agents', () => {
  it('are in no answer and no event, wherever they were put', async () => {
    const { paths, drop } = copyGoldenLedger('protocol');
    cpSync(paths.dir, folder, { recursive: true });
    drop();
    const reader = new SqliteDatabase(db());
    const tokens = reader
      .prepare<[], [string, string]>('SELECT api_token, token_hash FROM agents ORDER BY name')
      .raw()
      .all()
      .flat();
    reader.close();
    const token = tokens[0]!;
    const id = 'c9490f1b1c1fc33906f79e3906b443a2ec6fe172413f58093621296dbe36d9b3';
    write(
      `UPDATE executions SET response_body = ?, error_body = ?, endpoint = ? WHERE execution_id = ?`,
      `{"echo": "Bearer ${token}"}`,
      `{"detail": "${token}"}`,
      `/v1/tools/${token}`,
      id,
    );
    write(
      `UPDATE event_log SET payload_json = json_set(payload_json, '$.reason', ?) WHERE event_type = 'reservation.release'`,
      `no: ${token}`,
    );
    write(
      `UPDATE event_log SET payload_json = json_set(payload_json, '$.model', ?) WHERE event_type = 'usage.commit'`,
      token,
    );
    write(
      `UPDATE tool_plugins SET manifest_json = ?, package_path = ?, entrypoint = ?`,
      `{"key": "${token}"}`,
      `/opt/${token}`,
      token,
    );
    write(`UPDATE agents SET lifecycle_reason = ?, allowed_models = ?`, token, JSON.stringify([token]));
    write(`UPDATE events SET metadata = ?`, token);
    await show();
    await check();
    const texts: string[] = [];
    const keep = (answer: unknown): void => void texts.push(JSON.stringify(answer));
    keep(value(await ask().overview({ source })));
    keep(value(await ask().accounts({ source })));
    keep(value(await ask().report({ source })));
    for (const group of ['entries', 'executions'] as const) {
      for (const query of ['', token, `reason:${token}`]) {
        keep(value(await ask().rows({ source, view: { ...VIEW, group, query }, start: 0, count: 400 })));
      }
    }
    const rows = value(await ask().rows({ source, view: VIEW, start: 0, count: 400 }));
    for (const line of rows.lines) {
      if (line.line === 'entry') keep(value(await ask().entry({ source, seq: line.entry.seq })));
    }
    const withRow = new Set(
      rows.lines.flatMap((line) => (line.line === 'entry' ? (line.entry.executionId ?? []) : [])),
    );
    for (const execution of withRow) keep(value(await ask().execution({ source, id: execution })));
    for (const key of ['agent', 'type', 'model', 'reason', 'tool', 'day', 'outcome'] as const) {
      keep(value(await ask().facets({ source, agent: null, query: '', key })));
    }
    keep(value(await ask().timeline({ source, agent: null, from: null, to: null, buckets: 50, fold: true })));
    keep(value(await ask().chain({ source, seq: 20, reach: 200 })));
    keep(await ask().execution({ source, id: `x${token}` }));
    keep(await ask().compare({ source, other: join(folder, token) }));
    for (const form of ['csv', 'json', 'jsonl'] as const) {
      texts.push(await value(await ask().exportRows({ source, view: VIEW, form })).text());
    }
    texts.push(await proof());
    keep(engine.events);
    expect(texts.join('')).toContain('[withheld]');
    for (const secret of tokens) {
      expect(texts.findIndex((text) => text.includes(secret))).toBe(-1);
    }
  });
});
