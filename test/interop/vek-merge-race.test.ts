import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action, Operation } from '../../src/contract/operations.ts';
import { mergeBases } from '../../src/core/graph/ancestors.ts';
import { listOperations } from '../../src/core/operations/record.ts';
import type { Result } from '../../src/core/result.ts';
import { applyPlan } from '../../src/core/vek/apply.ts';
import { readIndex } from '../../src/core/vek/index-read.ts';
import { leftovers } from '../support/crash.ts';
import { peerPython } from '../support/peers.ts';
import { planned } from '../support/planned.ts';
import { agrees, realTool, realToolSays } from '../support/real-tool.ts';
import {
  chainOf,
  closeBench,
  failure,
  openBench,
  placeOf,
  runChild,
  value,
  type Bench,
} from '../support/writes.ts';

const python = peerPython();

let bench: Bench;
let scratch: string;
beforeEach(() => {
  bench = openBench('forked');
  scratch = mkdtempSync(join(tmpdir(), 'vekscope-race-'));
});
afterEach(() => {
  closeBench(bench);
  rmSync(scratch, { recursive: true });
});

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const merge = (into: string, from: string, resolved = 0): Action => ({ kind: 'merge', into, from, resolved });
const job = () => ({ root: bench.root, dataDir: bench.ctx.dataDir });
const resultsOf = ({ out, err }: { out: string; err: string }): Result<Operation>[] => {
  expect(err).toBe('');
  return JSON.parse(out) as Result<Operation>[];
};

/** Whether a branch reaches a call along both parents. */
function reaches(branch: string, hash: string): boolean {
  const index = value(readIndex(bench.paths));
  const [tip, node] = [index.find(placeOf(bench).refs[branch]!), index.find(hash)];
  return node >= 0 && mergeBases(index, tip, node).includes(node);
}

describe('two merges at once', () => {
  it('into one branch: one is written, the other is a conflict that names the branch', async () => {
    const [paused, go] = [join(scratch, 'paused'), join(scratch, 'go')];
    const first = runChild({
      ...job(),
      actions: [merge('main', 'reexec-plan', 2)],
      pauseAt: 'apply-locked',
      paused,
      go,
    });
    await until(() => existsSync(paused));
    const before = placeOf(bench);
    const second = runChild({ ...job(), actions: [merge('main', 'try-retry', 1)] });
    await new Promise((resolve) => setTimeout(resolve, 1200)); // it has planned, and waits for the lock
    writeFileSync(go, '');
    const [[one], [two]] = [resultsOf(await first), resultsOf(await second)];
    const done = value(one!);
    const conflict = failure(two!);
    expect(conflict.kind).toBe('conflict');
    expect(conflict.message).toContain('“main” was at');
    const after = placeOf(bench);
    expect(after.refs).toEqual({ ...before.refs, main: done.refs[0]!.after });
    expect([after.nodes - before.nodes, after.objects - before.objects]).toEqual([1, 2]);
    expect(value(listOperations(bench.paths, bench.ctx)).map(({ id }) => id)).toEqual([done.id]);
    expect(leftovers(bench)).toEqual([]);
  });

  it('into several branches: nothing is lost', async () => {
    const go = join(scratch, 'go');
    const branches = ['main', 'try-mock', 'try-retry', 'docs/changelog', 'reexec-plan'];
    const turns = (shift: number): Action[] =>
      branches.map((into, i) => merge(into, branches[(i + shift) % branches.length]!, i % 3));
    const children = [1, 2, 3].map((shift) => runChild({ ...job(), go, actions: turns(shift) }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    writeFileSync(go, '');
    const results = (await Promise.all(children)).flatMap(resultsOf);
    for (const result of results) {
      if (!result.ok)
        expect(['conflict', 'bad-request'], JSON.stringify(result)).toContain(result.error.kind);
    }
    const done = results.flatMap((result) => (result.ok ? [result.value] : []));
    expect(done.length).toBeGreaterThan(2);
    for (const { refs } of done) expect(reaches(refs[0]!.name, refs[0]!.after!)).toBe(true);
    const listed = value(listOperations(bench.paths, bench.ctx));
    expect(listed.map(({ id }) => id).toSorted()).toEqual(done.map(({ id }) => id).toSorted());
    if (python !== null) agrees(realToolSays(bench.root), bench, 'after merges at once');
  });
});

describe.skipIf(python === null)('while an agent records', () => {
  it('a merge whose branches moved on is a conflict that names the branch; nothing is written', () => {
    for (const branch of ['main', 'try-retry']) {
      const { plan, contents } = value(planned(bench.paths, merge('main', 'try-retry', 2), bench.ctx));
      realTool([{ root: bench.root, steps: [{ do: 'store', branch, tool: 't', input: 1, output: branch }] }]);
      const before = placeOf(bench);
      const conflict = failure(applyPlan(bench.paths, plan, bench.ctx, contents));
      expect(conflict.kind).toBe('conflict');
      expect(conflict.message).toContain(`“${branch}” was at`);
      expect(placeOf(bench)).toEqual(before);
      expect(leftovers(bench)).toEqual([]);
    }
  });

  it('no call and no merge is lost', { timeout: 120_000 }, async () => {
    const go = join(scratch, 'go');
    const agent = spawn(
      python!,
      [
        '-c',
        `import vek, os, sys, time
while not os.path.exists(sys.argv[1]): time.sleep(0.001)
for i in range(150): 
    print(vek.store("agent", {"i": i}, {"n": i}), flush=True)
    time.sleep(0.003)`,
        go,
      ],
      { cwd: bench.root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let printed = '';
    agent.stdout.on('data', (data: Buffer) => (printed += data.toString()));
    const ended = new Promise((resolve) => agent.on('close', resolve));
    const froms = ['reexec-plan', 'try-mock', 'docs/changelog', 'try-retry', 'tag/root', 'reexec-plan'];
    const merging = runChild({ ...job(), go, actions: froms.map((from, i) => merge('main', from, i % 3)) });
    await new Promise((resolve) => setTimeout(resolve, 500));
    writeFileSync(go, '');
    const results = resultsOf(await merging);
    expect(await ended).toBe(0);
    const stored = printed.split('\n').filter(Boolean);
    expect(stored).toHaveLength(150);
    for (const result of results) {
      if (!result.ok)
        expect(['conflict', 'bad-request', 'busy'], JSON.stringify(result)).toContain(result.error.kind);
    }
    const chain = new Set(chainOf(bench, 'main'));
    expect(stored.filter((hash) => !chain.has(hash))).toEqual([]);
    for (const result of results)
      if (result.ok) expect(chain.has(result.value.refs[0]!.after!), result.value.title).toBe(true);
    agrees(realToolSays(bench.root), bench, 'after recording and merging at once');
    const words = results.map((result) => (result.ok ? 'merged' : result.error.kind));
    process.stdout.write(`merges while an agent recorded: ${words.join(', ')}\n`);
  });
});
