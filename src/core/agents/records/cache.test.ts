import { appendFileSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { recordScene, told, type RecordScene } from '../../../../test/support/record-scene.ts';
import { matchRecords } from './match.ts';

const log = 'log/2026-06/2026-06-01.jsonl';
const lines = (from: number, count: number): string =>
  Array.from(
    { length: count },
    (_, i) =>
      `{"ts": "2026-06-01T10:00:00Z", "run_id": "run-${from + i}", "parent_run_id": "p${i % 7}", "cost_usd": 0.25, "model": "gpt-5", "summary": "Late invoice ${i % 50}"}\n`,
  ).join('');

let scene: RecordScene;
afterEach(() => scene.remove());

async function kept(): Promise<string> {
  scene = recordScene();
  const path = scene.write('alpha', log, lines(0, 3000));
  scene.write('beta', log, lines(0, 10));
  utimesSync(path, new Date(), new Date(Date.now() - 60_000));
  const store = await scene.open();
  store.close();
  return path;
}
const folder = (): string => join(scene.dataDir, 'agents');
const files = (): string[] => readdirSync(folder()).map((name) => join(folder(), name));

describe('the tables in the app folder', () => {
  it('are made for agents with many records, and give the same again', async () => {
    await kept();
    expect(files()).toHaveLength(1);
    const before = statSync(files()[0]!, { bigint: true }).mtimeNs;
    const again = await scene.open();
    const all = again.tables().agents.map(told);
    expect(matchRecords(again.tables(), 'agent:alpha').sum).toMatchObject({ lines: 3000, costMicros: 750e6 });
    again.close();
    expect(statSync(files()[0]!, { bigint: true }).mtimeNs).toBe(before);
    for (const file of files()) writeFileSync(file, '');
    expect((await scene.open()).tables().agents.map(told)).toEqual(all);
  });

  it('are extended by what came since, and written again only when that is much', async () => {
    const path = await kept();
    const size = statSync(files()[0]!).size;
    appendFileSync(path, lines(3000, 5));
    const some = await scene.open();
    expect(some.tables().agents[0]!.count).toBe(3005);
    some.close();
    expect(statSync(files()[0]!).size).toBe(size);
    appendFileSync(path, lines(4000, 3000));
    const many = await scene.open();
    expect(many.tables().agents[0]!.count).toBe(6005);
    many.close();
    expect(statSync(files()[0]!).size).toBeGreaterThan(size);
  });

  it('are made anew when the log became another one', async () => {
    const path = await kept();
    writeFileSync(path, lines(9000, 2500).replaceAll('0.25', '0.5'));
    const store = await scene.open();
    expect(matchRecords(store.tables(), 'agent:alpha').sum).toMatchObject({
      lines: 2500,
      costMicros: 1250e6,
    });
  });

  it('are not believed where any byte of them is another one', async () => {
    await kept();
    const [file] = files();
    const good = readFileSync(file!);
    const wanted = matchRecords((await scene.open()).tables(), '').sum;
    for (let i = 0; i < 60; i++) {
      const bad = Buffer.from(good);
      const at = Math.floor((i / 60) * bad.length);
      bad[at]! ^= 1 + (i % 255);
      writeFileSync(file!, i % 10 === 9 ? good.subarray(0, at) : bad);
      expect(matchRecords((await scene.open()).tables(), '').sum).toEqual(wanted);
    }
  });

  it('may be impossible to write', async () => {
    scene = recordScene();
    scene.write('alpha', log, lines(0, 3000));
    writeFileSync(scene.dataDir, 'no folder');
    const store = await scene.open();
    expect(matchRecords(store.tables(), '').total).toBe(3000);
    store.close();
  });
});

describe('a large root', () => {
  it('is read by threads of its own, which report how far they are and can be stopped', async () => {
    scene = recordScene(['a', 'b', 'c']);
    for (const agent of ['a', 'b', 'c']) scene.write(agent, log, lines(0, 24_000));
    const { openRecords } = await import('./open.ts');
    const seen: { done: number; total: number | null }[] = [];
    const opened = await openRecords(scene.root, {
      dataDir: scene.dataDir,
      onProgress: (progress) => seen.push(progress),
    });
    if (!opened.ok) throw new Error(opened.error.message);
    expect(matchRecords(opened.value.tables(), '"invoice 49"').sum).toMatchObject({ lines: 3 * 480 });
    expect(seen.at(-1)!.done).toBe(seen.at(-1)!.total);
    appendFileSync(scene.at('b', log), lines(50_000, 1));
    expect(await opened.value.refresh([scene.at('b', log)])).toEqual(['b']);
    expect(opened.value.tables().agents.map(({ count }) => count)).toEqual([24_000, 24_001, 24_000]);

    const stopped = await openRecords(scene.root, { dataDir: scene.dataDir, signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  });
});
