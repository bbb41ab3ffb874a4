import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateDefaults, generateRepository } from '../../bench/generate.ts';
import { repositoryAt } from '../core/vek/paths.ts';
import { startTestEngine, type TestEngine } from './testing.ts';
import { createVekLive, type LiveState } from './vek-live.ts';

const root = mkdtempSync(join(tmpdir(), 'vekscope-live-'));
const dataDir = join(root, 'data');

beforeAll(() => {
  // More than 16 MB: read in a thread of its own.
  generateRepository(join(root, 'store'), { ...generateDefaults(8_000, 3), payload: 1_500 });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a large store whose reading is stopped says so until it is read again', async () => {
  const states: LiveState[] = [];
  const paths = repositoryAt(join(root, 'store', '.vek'))!;
  const live = createVekLive(paths, dataDir, {
    changed: (state) => states.push(state),
    progress: () => undefined,
  });
  const first = live.graph();
  expect(live.now().loading).toBe(true);
  live.stop();
  const stopped = await first;
  expect(stopped).toMatchObject({ ok: false, error: { kind: 'cancelled', hint: /again/ } });
  expect(live.now()).toMatchObject({ graph: null, loading: false, failure: { kind: 'cancelled' } });
  expect(live.stopped()).toBe(true);
  expect(await live.graph()).toEqual(stopped);
  expect(states.at(-1)?.failure?.kind).toBe('cancelled');

  await live.refresh();
  expect(live.stopped()).toBe(false);
  const graph = await live.graph();
  expect(graph.ok && graph.value.index.count).toBe(8_000);
  live.stop();
  expect(live.now().graph).not.toBeNull();
});

/** An engine that opens the store and is told to stop at once, so that nothing can have been read. */
async function stoppedEngine(): Promise<TestEngine & { readonly source: string }> {
  const before = startTestEngine();
  const source = await open(before);
  close(before);
  const engine = startTestEngine();
  const [, stopping] = await Promise.all([open(engine), engine.client.vek.stopReading({ source })]);
  expect(stopping).toEqual({ ok: true, value: null });
  return { ...engine, source };
}

test('the engine answers that reading was stopped, and reads again when asked', async () => {
  const engine = await stoppedEngine();
  const { client, source } = engine;
  const stopped = await client.vek.overview({ source });
  expect(stopped).toMatchObject({ ok: false, error: { kind: 'cancelled', hint: /again/ } });
  const rows = { source, view: { filter: '', focus: [] }, start: 0, count: 5 };
  expect(await client.vek.rows(rows)).toEqual(stopped);
  await client.vek.readAgain({ source });
  expect(await client.vek.overview({ source })).toMatchObject({
    ok: true,
    value: { counts: { nodes: 8_000 } },
  });
  close(engine);
});

test('what was stopped is read when its folder is opened once more', async () => {
  const engine = await stoppedEngine();
  const { client, source } = engine;
  expect(await client.vek.overview({ source })).toHaveProperty('ok', false);
  await open(engine);
  expect(await client.vek.overview({ source })).toHaveProperty('ok', true);
  close(engine);
});

async function open({ client }: TestEngine): Promise<string> {
  const workspace = await client.workspace.open({ path: join(root, 'store') });
  return workspace.ok ? workspace.value.sources[0]!.id : '';
}

function close(engine: TestEngine): void {
  engine.close();
  rmSync(engine.dataDir, { recursive: true, force: true });
}
