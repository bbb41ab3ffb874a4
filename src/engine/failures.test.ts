import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { generateDefaults, generateRepository } from '../../bench/generate.ts';
import { addCalls, writeHistory, type HistoryCall } from '../../test/support/history.ts';
import type { Result } from '../contract/failure.ts';
import type { FailureEvent, FailureScan } from '../contract/scale.ts';
import type { EngineOptions } from './options.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

const whole = { filter: '', focus: [] };
const engines: TestEngine[] = [];
const folders: string[] = [];

afterEach(() => {
  for (const engine of engines.splice(0)) engine.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

type Opened = { readonly at: TestEngine; readonly source: string };

async function openOn(folder: string, options: Partial<EngineOptions> = {}): Promise<Opened> {
  const at = startTestEngine(options);
  engines.push(at);
  const workspace = value(await at.client.workspace.open({ path: folder }));
  return { at, source: workspace.sources[0]!.id };
}

function closeAll(): void {
  for (const engine of engines.splice(0)) engine.close();
}

const span = { start: 0, count: 1_000_000, buckets: 8 };

async function scanOf({ at, source }: Opened): Promise<FailureScan> {
  return value(await at.client.vek.strip({ source, view: whole, ...span })).failures;
}

async function search({ at, source }: Opened): Promise<FailureEvent[]> {
  const events: FailureEvent[] = [];
  for await (const event of await at.client.vek.findFailures({ source })) events.push(event);
  return events;
}

const good = (second: number): HistoryCall => ({ tool: 'run', output: '{"exit_code":0}', second });
const bad = (second: number): HistoryCall => ({ tool: 'run', output: '{"exit_code":2}', second });

/** A repository with two failed calls that was searched once, and closed. */
async function searched(): Promise<{ folder: string; hashes: string[]; dataDir: string; file: string }> {
  const { folder, hashes } = writeHistory([good(0), bad(1), good(2), bad(3)], { main: 3 });
  const opened = await openOn(folder);
  folders.push(folder, opened.at.dataDir);
  expect((await search(opened)).at(-1)).toEqual({ type: 'done', failed: 2 });
  closeAll();
  const kept = join(opened.at.dataDir, 'indexes');
  const name = readdirSync(kept).find((each) => each.endsWith('.failed'))!;
  return { folder, hashes, dataDir: opened.at.dataDir, file: join(kept, name) };
}

describe('failed calls of a small repository', () => {
  test('are found unasked', async () => {
    const { folder } = writeHistory([good(0), bad(1)], { main: 1 });
    folders.push(folder);
    const opened = await openOn(folder);
    expect(await scanOf(opened)).not.toHaveProperty('failed');
    await opened.at.heard((event) => event.type === 'marks-changed');
    expect(await scanOf(opened)).toEqual({ state: 'known', failed: 1 });
  });

  test('are known at once after a restart, and among the calls that came since', async () => {
    const { folder, hashes, dataDir } = await searched();
    expect(await scanOf(await openOn(folder, { dataDir }))).toEqual({ state: 'known', failed: 2 });
    closeAll();
    addCalls(folder, hashes, [bad(5), good(6), bad(7)], { main: 6 });
    expect(await scanOf(await openOn(folder, { dataDir }))).toEqual({ state: 'known', failed: 4 });
    closeAll();
    // What was added while it was open is kept as well.
    const again = await openOn(folder, { dataDir });
    expect(await scanOf(again)).toEqual({ state: 'known', failed: 4 });
    addCalls(folder, hashes, [bad(8)], { main: 7 });
    await again.at.heard((event) => event.type === 'marks-changed');
    expect(await scanOf(again)).toEqual({ state: 'known', failed: 5 });
    closeAll();
    expect(await scanOf(await openOn(folder, { dataDir }))).toEqual({ state: 'known', failed: 5 });
  });

  test('are looked for again by another version of the program', async () => {
    const { folder, dataDir } = await searched();
    expect(await scanOf(await openOn(folder, { dataDir, version: '0.0.1' }))).not.toHaveProperty('failed');
  });

  test('are looked for again where the file is damaged or cut off', async () => {
    const { folder, dataDir, file } = await searched();
    const text = readFileSync(file, 'utf8');
    for (const wrong of [text.replace(/\d\]/, '9]'), text.slice(0, -4), '', '0\n{}', 'not this']) {
      writeFileSync(file, wrong);
      expect(await scanOf(await openOn(folder, { dataDir })), wrong).not.toHaveProperty('failed');
      closeAll();
    }
    writeFileSync(file, text);
    expect(await scanOf(await openOn(folder, { dataDir }))).toEqual({ state: 'known', failed: 2 });
  });

  test('of another repository in its place are not taken for its own', async () => {
    const { folder, dataDir } = await searched();
    const other = writeHistory([good(0), good(1), good(2), good(9)], { main: 3 });
    folders.push(other.folder);
    writeFileSync(join(folder, '.vek', 'vek.db'), readFileSync(join(other.folder, '.vek', 'vek.db')));
    const opened = await openOn(folder, { dataDir });
    expect(await scanOf(opened)).not.toHaveProperty('failed');
    expect((await search(opened)).at(-1)).toEqual({ type: 'done', failed: 0 });
    expect(await scanOf(opened)).toEqual({ state: 'known', failed: 0 });
  });
});

describe('failed calls of a large repository', () => {
  const large = mkdtempSync(join(tmpdir(), 'vekscope-failures-'));

  beforeAll(() => {
    generateRepository(large, { ...generateDefaults(20_500, 7), payload: 80 });
  });

  afterAll(() => rmSync(large, { recursive: true, force: true }));

  test('are looked for when a person asks, with progress, and the filter knows them then', async () => {
    const opened = await openOn(large);
    folders.push(opened.at.dataDir);
    expect(await scanOf(opened)).toEqual({ state: 'unknown' });
    const events = await search(opened);
    expect(events[0]).toMatchObject({ type: 'progress' });
    const end = events.at(-1) as { type: 'done'; failed: number };
    expect(end.type).toBe('done');
    expect(end.failed).toBeGreaterThan(100);
    expect(await scanOf(opened)).toEqual({ state: 'known', failed: end.failed });
    const { client } = opened.at;
    const { source } = opened;
    const view = { filter: 'error', focus: [] };
    const rows = value(await client.vek.rows({ source, view, start: 0, count: 50 }));
    expect(rows.total).toBe(end.failed);
    expect(rows.rows.every((row) => row.summary.failed)).toBe(true);
    const strip = value(await client.vek.strip({ source, view: whole, ...span }));
    const marked = strip.marks.filter((mark) => mark.kind === 'failed');
    expect(marked.reduce((sum, { count }) => sum + count, 0)).toBe(end.failed);
    expect(opened.at.events.some((event) => event.type === 'progress' && event.work === 'search')).toBe(
      false,
    );
  });

  test('are not looked for any more when a person stops it', async () => {
    const opened = await openOn(large);
    folders.push(opened.at.dataDir);
    for await (const event of await opened.at.client.vek.findFailures({ source: opened.source })) {
      expect(event.type).toBe('progress');
      break;
    }
    await expect.poll(() => scanOf(opened), { timeout: 10_000 }).toEqual({ state: 'unknown' });
  });

  test('a search goes on for one who waits when another one stops', async () => {
    const opened = await openOn(large);
    folders.push(opened.at.dataDir);
    const waiting = search(opened);
    for await (const _ of await opened.at.client.vek.findFailures({ source: opened.source })) break;
    expect((await waiting).at(-1)).toMatchObject({ type: 'done' });
  });
});
