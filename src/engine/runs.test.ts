import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { copyGolden } from '../../test/support/goldens.ts';
import { addCalls, writeHistory, type HistoryCall } from '../../test/support/history.ts';
import type { Ignore, RunComparison } from '../contract/compare.ts';
import { decodeShape, isDifference } from '../core/graph/aligned-shape.ts';
import { limits } from '../core/storage/limits.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

let engine: TestEngine | null = null;
const folders: string[] = [];

afterEach(() => {
  engine?.close();
  engine = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const NOTHING: Ignore = { times: false, ids: false, fields: [] };

async function open(
  folder: string,
): Promise<{ readonly client: TestEngine['client']; readonly source: string }> {
  folders.push(folder);
  engine = startTestEngine();
  const opened = await engine.client.workspace.open({ path: folder });
  if (!opened.ok) throw new Error(opened.error.message);
  return { client: engine.client, source: opened.value.sources[0]!.id };
}

type Opened = Awaited<ReturnType<typeof open>>;

async function compared(
  { client, source }: Opened,
  a: string,
  b: string,
  ignore = NOTHING,
): Promise<RunComparison> {
  const answer = await client.compare.runs({ source, a, b, ignore });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

describe('two runs of a small repository', () => {
  it('come with their ends, the split, rows and sums', async () => {
    const at = await open(copyGolden('forked'));
    const found = await compared(at, 'main', 'try-retry');
    expect(found).toMatchObject({
      a: { name: 'main', kind: 'branch', head: true, colour: 1 },
      b: { name: 'try-retry', head: false },
      fork: { tool: 'read_file' },
      forks: 1,
      shared: 3,
      rows: 8,
      shape: 'io<><>2b',
      changed: 3,
      onlyA: 2,
      onlyB: 3,
      firstDifference: 0,
      notes: [],
    });
    expect(found.totals).toMatchObject({
      a: { calls: 5, read: 5, failed: 0, last: { tool: '__merge__' } },
      b: { calls: 6, failed: 1 },
      notes: [],
    });
    const rows = await at.client.compare.rows({
      source: at.source,
      comparison: found.comparison,
      start: 1,
      count: 2,
    });
    expect(rows.ok && rows.value).toMatchObject([
      {
        row: 1,
        kind: 'changed',
        input: false,
        output: true,
        a: { tool: 'run_tests' },
        b: { tool: 'run_tests' },
      },
      { row: 2, kind: 'only-a', a: { tool: 'lint' }, b: null },
    ]);
    const common = await at.client.compare.common({
      source: at.source,
      comparison: found.comparison,
      start: 0,
      count: 100,
    });
    expect(common.ok && common.value.map(({ tool }) => tool)).toEqual(['plan', 'grep', 'read_file']);
    const sums = await at.client.compare.sums({ source: at.source, comparison: found.comparison });
    expect(sums).toEqual({ ok: true, value: found.totals });
  });

  it('are the same comparison as long as nothing moved, and another by other rules', async () => {
    const at = await open(copyGolden('forked'));
    const first = await compared(at, 'main', 'try-retry');
    expect((await compared(at, 'main', 'try-retry')).comparison).toBe(first.comparison);
    expect((await compared(at, 'tag/green', first.b.hash)).comparison).toBe(first.comparison);
    const other = await compared(at, 'main', 'try-retry', { ...NOTHING, times: true });
    expect(other.comparison).not.toBe(first.comparison);
  });

  it('say what is not there', async () => {
    const { client, source } = await open(copyGolden('forked'));
    const answer = await client.compare.runs({ source, a: 'main', b: 'gone', ignore: NOTHING });
    expect(!answer.ok && answer.error.kind).toBe('not-found');
    const rows = await client.compare.rows({ source, comparison: 'x', start: 0, count: 1 });
    expect(!rows.ok && rows.error.kind).toBe('not-found');
  });
});

const step = (second: number, after: number, more: Partial<HistoryCall> = {}): HistoryCall => ({
  tool: 'shell',
  second,
  after,
  ...more,
});

it('a call that another process stores is there when it is asked again', async () => {
  const { folder, hashes } = writeHistory([{ tool: 'a', second: 0 }, step(1, 0), step(2, 0)], {
    main: 1,
    other: 2,
  });
  const at = await open(folder);
  const before = await compared(at, 'main', 'other');
  expect(before.rows).toBe(1);
  addCalls(folder, hashes, [step(3, 2, { output: '{"exit_code":1}' })], { other: 3 });
  const after = await vi.waitFor(async () => {
    const now = await compared(at, 'main', 'other');
    expect(now.rows).toBe(2);
    return now;
  }, 5_000);
  expect(after.comparison).not.toBe(before.comparison);
  expect(after).toMatchObject({ rows: 2, onlyB: 1 });
  expect(after.totals).toMatchObject({ a: { calls: 1, failed: 0 }, b: { calls: 2, failed: 1 } });
});

it('long runs are compared beside the engine, and their sums are asked for', async () => {
  const length = limits.compareInlineCalls;
  const run = (from: number, name: string): HistoryCall[] =>
    Array.from({ length }, (_, i) =>
      step(from + i, i === 0 ? 0 : from + i - 1, {
        input: JSON.stringify({ n: i % 10 === 3 ? `${name} ${i}` : i, request_id: `${name}-${i}` }),
        output: i % 100 === 5 ? '{"exit_code":2}' : '{"exit_code":0}',
      }),
    );
  const calls = [{ tool: 'start', second: 0 }, ...run(1, 'a'), ...run(length + 1, 'b')];
  const at = await open(writeHistory(calls, { main: length, other: 2 * length }).folder);
  const found = await compared(at, 'main', 'other', { ...NOTHING, ids: true });
  expect(found).toMatchObject({
    totals: null,
    changed: length / 10,
    same: length * 0.9,
    ignored: length * 0.9,
  });
  const kinds = decodeShape(found.shape, found.rows);
  expect(kinds.findIndex(isDifference)).toBe(found.firstDifference);
  const sums = await at.client.compare.sums({ source: at.source, comparison: found.comparison });
  expect(sums.ok && sums.value).toMatchObject({
    a: { calls: length, read: length, failed: length / 100 },
    b: { calls: length, read: length, failed: length / 100 },
  });
});
