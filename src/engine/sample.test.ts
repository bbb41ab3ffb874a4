import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { folderState } from '../../test/support/folder-state.ts';
import { projectRoot } from '../../test/support/peers.ts';
import { value } from '../../test/support/writes.ts';
import { sampleFolder } from './sample.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

const shipped = join(projectRoot, 'resources', 'sample');
let engine: TestEngine | null = null;
afterEach(() => {
  engine?.close();
  if (engine !== null) rmSync(engine.dataDir, { recursive: true, force: true });
  engine = null;
});

it('the sample has a repository, which comes first, agents and a ledger', async () => {
  const before = folderState(shipped);
  engine = startTestEngine({ sample: shipped });
  const workspace = value(await engine.client.workspace.openSample());
  expect(workspace.name).toBe('atlas-research');
  expect(workspace.sources.map(({ kind, name, state }) => [kind, name, state])).toEqual([
    ['vek', '.vek', 'ok'],
    ['agents', 'agents', 'ok'],
    ['aex', 'ledger/aex.db', 'ok'],
  ]);
  expect(workspace.messages).toEqual([]);
  const source = workspace.sources[1]!.id;
  const overview = value(await engine.client.agents.overview({ source, today: '2026-06-08' }));
  expect([overview.records, overview.lastDay]).toEqual([2593, '2026-06-08']);
  expect(folderState(shipped)).toEqual(before);
});

it('a sample of an earlier version gets what it lacks, and keeps what it has', async () => {
  engine = startTestEngine({ sample: shipped });
  value(await engine.client.workspace.openSample());
  const folder = sampleFolder(engine);
  rmSync(join(folder, 'ledger'), { recursive: true });
  writeFileSync(join(folder, 'agents', 'own.md'), 'mine');
  const agents = folderState(join(folder, 'agents'));
  const again = value(await engine.client.workspace.openSample());
  expect(again.sources.map(({ kind }) => kind)).toEqual(['vek', 'agents', 'aex']);
  expect(folderState(join(folder, 'agents'))).toEqual(agents);
  expect(readdirSync(folder).toSorted()).toEqual(['.vek', 'agents', 'ledger']);
});

const files = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .filter((name) => name !== 'expected.json')
    .toSorted();

it('its agents are those of the goldens', () => {
  const golden = join(projectRoot, 'test', 'goldens', 'agents', 'fleet');
  const own = join(shipped, 'agents');
  expect(files(own)).toEqual(files(golden));
  for (const name of files(own)) {
    expect([name, readFileSync(join(own, name)).equals(readFileSync(join(golden, name)))]).toEqual([
      name,
      true,
    ]);
  }
});
