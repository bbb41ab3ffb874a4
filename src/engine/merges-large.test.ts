import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { copyGolden } from '../../test/support/goldens.ts';
import { addCalls, type HistoryCall } from '../../test/support/history.ts';
import { failure, value } from '../../test/support/writes.ts';
import { limits } from '../core/storage/limits.ts';
import { repositoryAt } from '../core/vek/paths.ts';
import { lookAtVek } from '../core/vek/store.ts';
import { readIndexIn } from '../core/vek/index-read.ts';
import { analyseMerge } from '../core/vek/merge/analyse.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

let engine: TestEngine | null = null;
let folder = '';

afterEach(() => {
  engine?.close();
  engine = null;
  rmSync(folder, { recursive: true, force: true });
});

const write = (side: string, i: number, after: number): HistoryCall => ({
  tool: 'write_file',
  input: JSON.stringify({ path: `f${i % 300}.md`, turn: i }),
  output: JSON.stringify({ title: 'same', [side]: i, both: `${side} ${i % 7}` }),
  second: i,
  after,
});

/** Two branches of so many calls each, which write the same 300 documents. */
async function openFork(calls: number): Promise<{ at: TestEngine; source: string; tips: string[] }> {
  folder = copyGolden('empty');
  const hashes: string[] = [];
  const list: HistoryCall[] = Array.from({ length: 300 }, (_, i) => write('base', i, i - 1));
  list[0] = { ...list[0]!, after: null };
  for (let i = 0; i < calls; i++) list.push(write('left', i, i === 0 ? 299 : list.length - 1));
  const left = list.length - 1;
  for (let i = 0; i < calls; i++) list.push(write('right', i, i === 0 ? 299 : list.length - 1));
  addCalls(folder, hashes, list, { main: left, side: list.length - 1 });
  engine = startTestEngine();
  const source = value(await engine.client.workspace.open({ path: folder })).sources[0]!.id;
  return { at: engine, source, tips: [hashes[left]!, hashes.at(-1)!] };
}

test('many calls are compared beside the engine, with the same answer', async () => {
  const { at, source, tips } = await openFork(limits.mergeInlineCalls);
  const { merge, vek } = at.client;
  const asked = { source, into: 'main', from: 'side' };
  const [preview, again, row] = await Promise.all([
    merge.preview(asked),
    merge.open(asked),
    vek.rows({ source, view: { filter: '', focus: [] }, start: 0, count: 1 }),
  ]);
  expect(row.ok).toBe(true);
  await at.heard(
    (event) => event.type === 'progress' && event.work === 'merge' && event.done === event.total,
  );
  const open = value(again);
  expect(value(preview)).toEqual(open.preview);
  expect(open.preview.documents.conflicted).toBe(300);
  expect(open.documents).toHaveLength(300);

  const paths = repositoryAt(join(folder))!;
  const inline = value(
    value(
      lookAtVek(paths, (s) =>
        analyseMerge(s, readIndexIn(s), {
          into: { name: 'main', tip: tips[0]! },
          from: { name: 'side', tip: tips[1]! },
          rules: new Map(),
        }),
      ),
    ),
  );
  expect(open.documents.map(({ id, state }) => [id, state])).toEqual(
    inline.documents.map(({ id, state }) => [id, state]),
  );
  expect(open.documents[0]!.units.map(({ path, taken }) => [path, taken])).toEqual(
    inline.documents[0]!.merge!.units.map(({ path, taken }) => [path, taken]),
  );

  const of = open.documents[0]!;
  const decision = { document: of.id, whole: null, reopened: false, choices: [] };
  const texts = value(
    await merge.texts({ source, merge: open.preview.merge, decision, limitBytes: 100_000 }),
  );
  expect(texts.open).toBe(of.units.filter(({ taken }) => taken === null).length);
});

test('comparing many calls can be stopped, and begun again', async () => {
  const { at, source } = await openFork(limits.mergeInlineCalls);
  const asked = { source, into: 'main', from: 'side' };
  const abort = new AbortController();
  const stopped = at.client.merge.preview(asked, { signal: abort.signal });
  abort.abort();
  await expect(stopped).rejects.toThrow(/abort/i);
  expect(value(await at.client.merge.preview(asked)).conflicts).toBeGreaterThan(0);
});

const call = (output: string, second: number, after: number | null): HistoryCall => ({
  tool: 'write_file',
  input: '{"path":"odd.json"}',
  output,
  second,
  after,
});

test('deep and odd outputs come back whole from beside the engine', async () => {
  folder = copyGolden('empty');
  const deep = `${'['.repeat(890)}1.0${']'.repeat(890)}`;
  const large = 'x'.repeat(limits.mergeInlineBytes);
  const output = (n: string) => `{"deep":${deep},"n":${n},"k":1,"text":"${large}"}`;
  addCalls(folder, [], [call(output('1'), 0, null), call(output('1.0'), 1, 0), call(output('1e400'), 2, 0)], {
    main: 1,
    side: 2,
  });
  engine = startTestEngine();
  const source = value(await engine.client.workspace.open({ path: folder })).sources[0]!.id;
  const open = value(await engine.client.merge.open({ source, into: 'main', from: 'side' }));
  const [unit] = open.documents[0]!.units;
  expect(open.documents[0]!.units).toHaveLength(1);
  expect([unit!.base?.text, unit!.ours?.text, unit!.theirs?.text]).toEqual(['1', '1.0', 'Infinity']);
  expect(
    failure(await engine.client.merge.plan({ source, merge: open.preview.merge, decisions: [] })).kind,
  ).toBe('conflict');
});
