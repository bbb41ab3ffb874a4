import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  baseOf,
  closeEditBench,
  contextOf,
  openEditBench,
  planOf,
  save,
  textOf,
  type EditBench,
} from '../../../../test/support/agent-edits.ts';
import { runEditChild } from '../../../../test/support/agents-crash.ts';
import { failure, value } from '../../../../test/support/writes.ts';
import type { Failure } from '../../result.ts';
import { applyEdit } from './apply.ts';
import { blockedByRun } from './running.ts';
import { listEdits } from './record.ts';

const NOTE = 'ada/memory/decision_print_house.md';
const SOUL = 'ada/persona/SOUL.md';

let bench: EditBench;
let holders: ChildProcess[] = [];
beforeEach(() => {
  bench = openEditBench();
});
afterEach(() => {
  for (const holder of holders) holder.kill('SIGKILL');
  holders = [];
  closeEditBench(bench);
});

/** Holds a lock as the runtime does, until the test ends. */
async function hold(path: string): Promise<void> {
  const script = `import fcntl, os, sys, time
f = open(sys.argv[1], "w")
fcntl.flock(f, fcntl.LOCK_EX)
f.write(f"pid={os.getpid()} acquired=1\\n")
f.flush()
print("has it", flush=True)
time.sleep(600)`;
  const holder = spawn('python3', ['-c', script, join(bench.root, path)]);
  holders.push(holder);
  await new Promise((resolve) => holder.stdout.once('data', resolve));
}

/** Locks that stand at the end, as the kernel's files. */
const lockFiles = (...paths: string[]): boolean[] => paths.map((path) => existsSync(join(bench.root, path)));

describe.skipIf(process.platform !== 'linux')('locks of the runtime', () => {
  it('are taken for each kind of file, and the one of runs never', () => {
    value(
      save(bench.ctx, {
        [NOTE]: 'New.\n',
        'ada/goal.md': 'goal\n',
        'ada/mcp.md': '# Servers\n',
        'ada/journal/2026-06/2026-06-08.md': '# Day\n',
        [SOUL]: 'New.\n',
        'ada/memory/INDEX.md': '# Memory Index\n',
      }),
    );
    expect(
      lockFiles(`${NOTE}.lock`, 'ada/.goal.lock', 'ada/.mcp_registry.lock', 'ada/.journal.lock'),
    ).toEqual([true, true, true, true]);
    expect(lockFiles('ada/.lock', `${SOUL}.lock`, 'ada/memory/INDEX.md.lock')).toEqual([false, false, false]);
  });

  it('of a note that is held stop only that note', async () => {
    await hold(`${NOTE}.lock`);
    const error = failure(save(bench.ctx, { [NOTE]: 'New.\n' }));
    expect(error.kind).toBe('locked');
    expect(error.message).toContain(`${NOTE}.lock`);
    value(save(bench.ctx, { [SOUL]: 'New.\n' }));
    expect(value(listEdits(bench.ctx))).toHaveLength(1);
  });

  it('that are links leading out are not followed', () => {
    symlinkSync('/etc/hostname', join(bench.root, `${NOTE}.lock`));
    expect(failure(save(bench.ctx, { [NOTE]: 'New.\n' })).kind).toBe('io');
  });
});

describe.skipIf(process.platform !== 'linux')('beside a run', () => {
  it('what the agent writes too is refused, what only a person writes is not', async () => {
    await hold('ada/.lock');
    const words = 'ada is running, and writes ada/memory/decision_print_house.md itself.';
    const kept = `${NOTE.replace(/[^/]+$/, '')}.versions/x/1.md`;
    expect(blockedByRun(bench.ctx, 'save', [kept, SOUL, NOTE])).toContain(words);
    const error = failure(save(bench.ctx, { [SOUL]: 'New.\n', [NOTE]: 'New.\n' }));
    expect(error.kind).toBe('locked');
    expect(error.message).toContain(words);
    expect(textOf(bench, SOUL)).toBe('Plain and kind.\n');
    value(
      save(bench.ctx, { [SOUL]: 'New.\n', 'bob/memory/INDEX.md': '# Index\n', 'ada/model.md': '# Model\n' }),
    );
    expect(blockedByRun(bench.ctx, 'resolve', ['ada/vault/escalations/a/p.md'])).toBe(null);
    expect(blockedByRun(bench.ctx, 'save', ['ada/vault/escalations/a/p.md'])).not.toBe(null);
    expect(blockedByRun(bench.ctx, 'journal', ['ada/journal/2026-06/2026-06-08.md'])).toBe(null);
    const alone = contextOf(join(bench.root, 'ada'), bench.dataDir);
    expect(blockedByRun(alone, 'save', ['memory/decision_print_house.md'])).toContain('ada is running');
  });

  it('a note that really lies with another agent is written as one of that agent', async () => {
    const link = 'bob/memory/decision_linked.md';
    symlinkSync('../../ada/memory/decision_print_house.md', join(bench.root, link));
    value(save(bench.ctx, { [link]: 'Through the link.\n' }));
    expect(textOf(bench, NOTE)).toBe('Through the link.\n');
    expect(lockFiles(`${NOTE}.lock`)).toEqual([true]);
    await hold('ada/.lock');
    const error = failure(save(bench.ctx, { [link]: 'While it runs.\n' }));
    expect(error.message).toContain(`ada is running, and writes ${NOTE} itself.`);
    expect(textOf(bench, NOTE)).toBe('Through the link.\n');
  });

  it('a run that begins while we wait for locks is seen', () => {
    const lock = join(bench.root, 'ada/.lock');
    const ctx = contextOf(bench.root, bench.dataDir, (point) => {
      if (point !== 'files-locked') return;
      const held = `flock -x "$0" sh -c 'touch "$0.held"; sleep 2' "$0" >/dev/null 2>&1 &
while [ ! -e "$0.held" ]; do sleep 0.01; done`;
      spawnSync('sh', ['-c', held, lock], { stdio: 'ignore' });
    });
    const plan = planOf(ctx, [{ path: NOTE, base: baseOf(ctx, NOTE), text: 'x\n' }]);
    expect(failure(applyEdit(ctx, plan)).message).toContain('ada is running');
    expect(textOf(bench, NOTE)).toContain('by the river');
    expect(value(listEdits(bench.ctx))).toEqual([]);
  });
});

describe.skipIf(process.getuid?.() !== 0)('what the system refuses', () => {
  it('names the file, and leaves all as it was', async () => {
    const plan = planOf(bench.ctx, [
      { path: 'ada/model.md', base: baseOf(bench.ctx, 'ada/model.md'), text: '# New\n' },
      { path: SOUL, base: baseOf(bench.ctx, SOUL), text: 'New.\n' },
    ]);
    for (const path of ['..', '.', 'ada']) chmodSync(join(bench.root, path), 0o777);
    chmodSync(join(bench.root, 'ada/persona'), 0o755);
    chmodSync(bench.dataDir, 0o777);
    rmSync(join(bench.dataDir, 'agent-edits'), { recursive: true, force: true });
    mkdirSync(join(bench.dataDir, 'agent-edits'));
    chmodSync(join(bench.dataDir, 'agent-edits'), 0o777);
    const { out, err } = await runEditChild({ root: bench.root, dataDir: bench.dataDir, plan }, 65_534);
    const answer = JSON.parse(out || '{}') as { ok: boolean; error: Failure };
    expect(answer, err).toMatchObject({ ok: false, error: { kind: 'io' } });
    expect(answer.error.message).toContain(`${SOUL} may not be changed by this user.`);
    expect(textOf(bench, SOUL)).toBe('Plain and kind.\n');
    expect(textOf(bench, 'ada/model.md')).toContain('Default model');
    expect(value(listEdits(bench.ctx)).map(({ state }) => state)).toEqual(['rolled-back']);
  });
});
