import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { folderState } from '../../../test/support/folder-state.ts';
import { localDay } from '../agents/days.ts';
import type { AgentsRoot } from '../agents/places.ts';
import { limits } from '../storage/limits.ts';
import { watchAgents, type AgentsChange, type AgentsWatch } from './watch-agents.ts';

let path: string;
let seen: AgentsChange[];
let watching: AgentsWatch;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const agent = (name: string) => ({ name, dir: join(path, name), logOnly: false });
const rootOf = (...names: string[]): AgentsRoot => ({
  path,
  single: null,
  shared: path,
  agents: names.map(agent),
  cascades: [],
  leftOut: [],
  notes: [],
});

/** Waits until a path was reported; how soon is measured in the bench. */
async function report(...below: string[]): Promise<void> {
  const wanted = join(path, ...below);
  const from = performance.now();
  while (!seen.some(({ paths }) => paths?.includes(wanted) === true)) {
    if (performance.now() - from > 5_000) throw new Error(`no ${wanted} in ${JSON.stringify(seen)}`);
    await pause(5);
  }
  seen.length = 0;
}

const day = localDay(new Date());
const log = (name: string): string[] => [name, 'log', day.slice(0, 7), `${day}.jsonl`];

beforeEach(async () => {
  path = mkdtempSync(join(tmpdir(), 'vekscope-watch-agents-'));
  for (const name of ['a', 'b']) {
    mkdirSync(join(path, name, 'memory'), { recursive: true });
    writeFileSync(join(path, name, 'model.md'), '# Model\n');
  }
  await pause(50);
  seen = [];
  watching = watchAgents(rootOf('a', 'b'), (change) => seen.push(change));
});
afterEach(() => {
  watching.stop();
  vi.useRealTimers();
  rmSync(path, { recursive: true, force: true });
});

describe('watching agents', () => {
  it('tells of a month folder that comes into being, the log in it, and each line after', async () => {
    mkdirSync(join(path, 'a', 'log', day.slice(0, 7)), { recursive: true });
    writeFileSync(join(path, ...log('a')), '{}\n');
    await report(...log('a'));
    for (let i = 0; i < 3; i++) {
      appendFileSync(join(path, ...log('a')), '{}\n');
      await report(...log('a'));
    }
  });

  it('tells of an edit that replaces a file, and not of what is on its way', async () => {
    const note = join(path, 'a', 'memory', 'user_x.md');
    writeFileSync(join(path, 'a', 'memory', '.user_x.md.81.tmp'), 'new');
    await pause(3 * limits.agentSettleMs);
    expect(seen.flatMap(({ paths }) => paths ?? []).filter((at) => at.endsWith('.tmp'))).toEqual([]);
    renameSync(join(path, 'a', 'memory', '.user_x.md.81.tmp'), note);
    await report('a', 'memory', 'user_x.md');
    writeFileSync(note, 'in place');
    await report('a', 'memory', 'user_x.md');
    rmSync(note);
    await report('a', 'memory', 'user_x.md');
  });

  it('tells of escalations in folders that were not there before', async () => {
    mkdirSync(join(path, 'b', 'vault', 'escalations', 'high_risk'), { recursive: true });
    writeFileSync(join(path, 'b', 'vault', 'escalations', 'high_risk', 'p1.md'), 'x');
    await report('b', 'vault', 'escalations', 'high_risk', 'p1.md');
  });

  it('tells of files of the root, and of what may be a new agent, which is followed once it is one', async () => {
    writeFileSync(join(path, 'policy.md'), 'x');
    await report('policy.md');
    mkdirSync(join(path, 'c'));
    await report('c');
    watching.sync(rootOf('a', 'b', 'c'));
    mkdirSync(join(path, 'c', 'memory'));
    writeFileSync(join(path, 'c', 'memory', 'INDEX.md'), 'x');
    await report('c', 'memory', 'INDEX.md');
  });

  it('tells that the root is gone, and that it is back', async () => {
    renameSync(path, `${path}-away`);
    await expect.poll(() => seen.at(-1), { timeout: 5_000 }).toMatchObject({ gone: true, paths: null });
    renameSync(`${path}-away`, path);
    await expect.poll(() => seen.at(-1), { timeout: 5_000 }).toMatchObject({ gone: false, paths: null });
    seen.length = 0;
    writeFileSync(join(path, 'a', 'goal.md'), 'x');
    await report('a', 'goal.md');
  });

  it('tells that a new day began', () => {
    watching.stop();
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    vi.setSystemTime(new Date(2026, 5, 30, 23, 59, 59, 500));
    watching = watchAgents(rootOf('a', 'b'), (change) => seen.push(change));
    seen.length = 0;
    vi.advanceTimersByTime(limits.agentPollMs);
    expect(seen.filter((change) => change.day)).toHaveLength(1);
    vi.advanceTimersByTime(5 * limits.agentPollMs);
    expect(seen.filter((change) => change.day)).toHaveLength(1);
  });

  it('is silent while nothing happens, changes nothing, and ends', async () => {
    const before = folderState(path);
    await pause(2 * limits.agentPollMs + 100);
    expect(seen).toEqual([]);
    expect(folderState(path)).toEqual(before);
    watching.stop();
    writeFileSync(join(path, 'a', 'goal.md'), 'x');
    await pause(3 * limits.agentSettleMs);
    expect(seen).toEqual([]);
  });
});
