import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  chainOf,
  closeBench,
  failure,
  openBench,
  placeOf,
  runChild,
  value,
  type Bench,
} from '../../../test/support/writes.ts';
import type { Action } from '../../contract/operations.ts';
import type { Result } from '../result.ts';
import { takeApplyLock } from './apply-lock.ts';
import { ensureRecordFolder } from './folder.ts';
import { listOperations } from './record.ts';
import { recover } from './recover.ts';

let bench: Bench;
let scratch: string;
beforeEach(() => {
  bench = openBench('forked');
  scratch = mkdtempSync(join(tmpdir(), 'vekscope-lock-'));
});
afterEach(() => {
  closeBench(bench);
  rmSync(scratch, { recursive: true });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('two Vekscopes', () => {
  it('recovery and writes leave a live write alone', async () => {
    const [paused, go] = [join(scratch, 'paused'), join(scratch, 'go')];
    const action: Action = { kind: 'fork', at: chainOf(bench, 'main').at(-1)!, name: 'f', head: true };
    const job = { root: bench.root, dataDir: bench.ctx.dataDir };
    const child = runChild({ ...job, actions: [action], pauseAt: 'committed', paused, go });
    await until(() => existsSync(paused));
    const between = placeOf(bench);
    expect(recover(bench.paths, bench.ctx).messages).toEqual([]);
    expect(placeOf(bench)).toEqual(between);
    const folder = value(ensureRecordFolder(bench.paths.dir));
    const held = failure(takeApplyLock(folder, 50));
    expect(held.kind).toBe('locked');
    expect(held.message).toMatch(/process \d+, since \d{4}-/);
    expect(value(listOperations(bench.paths, bench.ctx))[0]!.state).toBe('pending');
    writeFileSync(go, '');
    expect(JSON.parse((await child).out)).toMatchObject([{ ok: true }]);
    expect(placeOf(bench).head).toBe('ref: f\n');
    value(takeApplyLock(folder, 0))();
  });

  it('apply at once without losing a write', async () => {
    const go = join(scratch, 'go');
    const at = chainOf(bench, 'main').at(-1)!;
    const job = { root: bench.root, dataDir: bench.ctx.dataDir, go };
    const tags = (who: string): Action[] =>
      Array.from({ length: 8 }, (_, i) => ({ kind: 'tag', name: `${who}${i}`, at }));
    const children = ['a', 'b'].map((who) => runChild({ ...job, actions: tags(who) }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    writeFileSync(go, '');
    for (const { out, err } of await Promise.all(children)) {
      expect(err).toBe('');
      for (const result of JSON.parse(out) as Result<unknown>[]) expect(result).toMatchObject({ ok: true });
    }
    expect(Object.keys(placeOf(bench).refs).filter((name) => /^tag\/[ab]\d$/.test(name))).toHaveLength(16);
    const states = value(listOperations(bench.paths, bench.ctx)).map((operation) => operation.state);
    expect(states).toEqual(Array.from({ length: 16 }, () => 'done'));
  });

  it('give the same name to one of them only', async () => {
    const go = join(scratch, 'go');
    const [tip, older] = chainOf(bench, 'main');
    const job = { root: bench.root, dataDir: bench.ctx.dataDir, go };
    const names = Array.from({ length: 10 }, (_, i) => `same${i}`);
    const children = [tip!, older!].map((at) =>
      runChild({
        ...job,
        actions: names.map((name): Action => ({ kind: 'create-branch', name, at, head: false })),
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    writeFileSync(go, '');
    const [a, b] = (await Promise.all(children)).map(({ out }) => JSON.parse(out) as Result<unknown>[]);
    const { refs } = placeOf(bench);
    for (const [i, name] of names.entries()) {
      expect([a![i]!.ok, b![i]!.ok].filter(Boolean), name).toHaveLength(1);
      expect(refs[name]).toBe(a![i]!.ok ? tip : older);
      const lost = a![i]!.ok ? b![i]! : a![i]!;
      if (!lost.ok) expect(['exists', 'conflict'], JSON.stringify(lost)).toContain(lost.error.kind);
    }
  });
});

describe('a lock that was left', () => {
  const left = { pid: process.pid, start: 'another boot:1', token: 'x', sinceMs: 0 };

  it('by a dead process is taken over, also where its number is in use again', () => {
    const folder = value(ensureRecordFolder(bench.paths.dir));
    writeFileSync(folder.applyLock, JSON.stringify({ ...left, pid: 2 ** 22 + 1 }));
    value(takeApplyLock(folder, 0))();
    writeFileSync(folder.applyLock, JSON.stringify(left));
    value(takeApplyLock(folder, 0))();
    expect(existsSync(folder.applyLock)).toBe(false);
  });

  it('without readable content counts as dead after a while', () => {
    const folder = value(ensureRecordFolder(bench.paths.dir));
    writeFileSync(folder.applyLock, '');
    expect(failure(takeApplyLock(folder, 0)).kind).toBe('locked');
    utimesSync(folder.applyLock, 0, 0);
    value(takeApplyLock(folder, 0))();
  });

  it('is not removed while another process takes it over', () => {
    const folder = value(ensureRecordFolder(bench.paths.dir));
    writeFileSync(folder.applyLock, JSON.stringify(left));
    writeFileSync(`${folder.applyLock}.takeover`, '');
    expect(failure(takeApplyLock(folder, 30)).kind).toBe('locked');
    utimesSync(`${folder.applyLock}.takeover`, 0, 0);
    value(takeApplyLock(folder, 1000))();
  });
});
