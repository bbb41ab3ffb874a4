import { appendFileSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderState } from '../../../test/support/folder-state.ts';
import { projectRoot } from '../../../test/support/peers.ts';
import { value } from '../../../test/support/writes.ts';
import { localDay } from '../../core/agents/days.ts';
import type { Failure } from '../../contract/failure.ts';
import { stateOf } from './create.ts';
import { startTestEngine, type TestEngine } from '../testing.ts';

const golden = join(projectRoot, 'test', 'goldens', 'agents', 'fleet');
const today = '2026-06-08';

let root: string;
let engine: TestEngine;
let source: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'vekscope-fleet-'));
  cpSync(golden, root, { recursive: true });
  engine = startTestEngine();
  const workspace = value(await engine.client.workspace.open({ path: root }));
  source = workspace.sources[0]!.id;
});
afterEach(() => {
  engine.close();
  rmSync(root, { recursive: true, force: true });
});

const day = localDay(new Date());
const line = (run: string, cost: number): string =>
  `${JSON.stringify({ ts: new Date().toISOString(), run_id: run, trigger: 'cron', status: 'ok', summary: 's', model: 'gpt-5-mini', input_tokens: 10, output_tokens: 5, cost_usd: cost })}\n`;

function append(agent: string, text: string): void {
  const folder = join(root, agent, 'log', day.slice(0, 7));
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${day}.jsonl`), text);
}

describe('a folder of agents in the engine', () => {
  it('is a source with a line about it, and no byte of it is changed', async () => {
    const before = folderState(root);
    const again = value(await engine.client.workspace.open({ path: root }));
    expect(again.sources).toMatchObject([
      { kind: 'agents', state: 'ok', summary: '4 agents, 2,593 records, $0.00 today', problems: [] },
    ]);
    const overview = value(await engine.client.agents.overview({ source, today }));
    expect(overview).toMatchObject({ records: 2593, today, single: null, cascades: ['studio'] });
    expect(overview.agents.map(({ name }) => name)).toEqual(['harbor', 'ledgerly', 'quill', 'sentry']);
    expect(folderState(root)).toEqual(before);
  });

  it('shows a run that is appended, its cost today, and that it is another revision', async () => {
    const before = value(await engine.client.agents.overview({ source, today: null }));
    append('quill', line('run-new', 0.25));
    await expect
      .poll(async () => value(await engine.client.agents.overview({ source, today: null })).records, {
        timeout: 5_000,
      })
      .toBe(before.records + 1);
    const after = value(await engine.client.agents.overview({ source, today: null }));
    expect(after.spentTodayMicros).toBe(250_000);
    expect(after.revision).toBeGreaterThan(before.revision);
    const rows = value(
      await engine.client.agents.records({
        source,
        query: 'run:run-new',
        sort: 'newest',
        start: 0,
        count: 10,
      }),
    );
    expect(rows).toMatchObject({ total: 1, sum: { costMicros: 250_000 } });
    expect(rows.rows[0]).toMatchObject({ agent: 'quill', runId: 'run-new' });
  });

  it('shows an agent that comes, and one that goes', async () => {
    cpSync(join(golden, 'quill'), join(root, 'newcomer'), { recursive: true });
    await expect
      .poll(async () => value(await engine.client.agents.overview({ source, today })).agents.length, {
        timeout: 5_000,
      })
      .toBe(5);
    append('newcomer', line('run-there', 0.5));
    const there = { source, query: 'run:run-there', sort: 'newest', start: 0, count: 1 } as const;
    await expect
      .poll(async () => value(await engine.client.agents.records(there)).total, { timeout: 5_000 })
      .toBe(1);
    rmSync(join(root, 'newcomer'), { recursive: true });
    await expect
      .poll(async () => value(await engine.client.agents.overview({ source, today })).agents.length, {
        timeout: 5_000,
      })
      .toBe(4);
  });

  it('is gone when it is moved away, and back when it is put back', async () => {
    renameSync(root, `${root}-away`);
    await engine.heard((event) => event.type === 'source-state' && event.source.state === 'gone');
    expect(await engine.client.agents.overview({ source, today })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
    renameSync(`${root}-away`, root);
    await engine.heard((event) => event.type === 'source-state' && event.source.state === 'ok');
    expect(value(await engine.client.agents.overview({ source, today })).records).toBe(2593);
  });

  it('stands beside a repository of the same folder, which is the first', async () => {
    cpSync(join(projectRoot, 'resources', 'sample', 'dot-vek'), join(root, '.vek'), { recursive: true });
    const { sources } = value(await engine.client.workspace.open({ path: root }));
    expect(sources.map(({ kind }) => kind)).toEqual(['vek', 'agents']);
    for (const { kind, id } of sources) {
      const asVek = await engine.client.vek.overview({ source: id });
      const asAgents = await engine.client.agents.overview({ source: id, today });
      expect([asVek.ok, asAgents.ok]).toEqual([kind === 'vek', kind === 'agents']);
    }
  });

  it('opens the fleet for a file of one of its agents', async () => {
    const opened = value(
      await engine.client.workspace.open({ path: join(root, 'quill', 'memory', 'INDEX.md') }),
    );
    expect(opened.path).toBe(root);
  });

  it('names the agents there are when one is asked for that is not there', async () => {
    const asked = await engine.client.agents.agent({ source, today, agent: 'nobody' });
    expect(asked).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(asked.ok ? '' : asked.error.hint).toContain('harbor, ledgerly, quill, sentry');
  });

  it('a folder without anything names both kinds', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'vekscope-empty-'));
    writeFileSync(join(empty, 'x'), '');
    const opened = await engine.client.workspace.open({ path: empty });
    expect(opened.ok ? '' : opened.error.hint).toMatch(/\.vek.*model\.md/);
    rmSync(empty, { recursive: true });
  });
});

const failed = (kind: Failure['kind']) => stateOf({ scene: null, failure: { kind, message: '', hint: '' } });

it('the state of a folder of agents is a word', () => {
  expect(failed('not-found')).toBe('gone');
  expect(failed('cancelled')).toBe('stopped');
  expect(failed('io')).toBe('unreadable');
  expect(stateOf({ scene: null, failure: null })).toBe('loading');
});
