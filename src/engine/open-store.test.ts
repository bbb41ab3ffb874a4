import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { copyGolden } from '../../test/support/goldens.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

let engine: TestEngine | null = null;
let folder = '';

afterEach(() => {
  engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('opens the folder that holds a store, whichever part of it is named', async () => {
  folder = copyGolden('linear');
  engine = startTestEngine();
  for (const path of [
    folder,
    join(folder, '.vek'),
    join(folder, '.vek', 'HEAD'),
    join(folder, '.vek', 'objects'),
  ]) {
    const opened = await engine.client.workspace.open({ path });
    expect(opened, path).toMatchObject({ ok: true, value: { path: folder, name: basename(folder) } });
  }
});

it('opens the store alone where only that may be opened', async () => {
  folder = copyGolden('linear');
  const store = join(folder, '.vek');
  engine = startTestEngine({ roots: [store] });
  expect(await engine.client.workspace.open({ path: store })).toMatchObject({
    ok: true,
    value: { path: store },
  });
  expect(await engine.client.workspace.open({ path: folder })).toMatchObject({ ok: false });
});
