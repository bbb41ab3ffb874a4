import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  act,
  chainOf,
  closeBench,
  failure,
  openBench,
  outside,
  placeOf,
  planOf,
  runChild,
  undo,
  value,
  type Bench,
} from '../../../test/support/writes.ts';
import { applyPlan } from '../vek/apply.ts';
import { planAction } from '../vek/plan.ts';
import type { WriteContext } from './context.ts';
import { lastUndoable, listOperations, readRecord } from './record.ts';
import { recover } from './recover.ts';

let bench: Bench;
const journal = (): string => join(bench.paths.dir, 'vekscope', 'operations.jsonl');
const lines = (): string[] => readFileSync(journal(), 'utf8').split('\n').filter(Boolean);
const tag = (name: string) => act(bench, { kind: 'tag', name, at: null });

beforeEach(() => {
  bench = openBench('forked');
});
afterEach(() => closeBench(bench));

describe('the record', () => {
  it('begins before anything moves and ends after', () => {
    let refsAtBegin: unknown;
    const plan = planOf(bench, { kind: 'tag', name: 'v1', at: null });
    const before = placeOf(bench);
    const ctx: WriteContext = {
      ...bench.ctx,
      probe: (point) => {
        if (point === 'begin-recorded') refsAtBegin = [lines().length, placeOf(bench)];
      },
    };
    value(applyPlan(bench.paths, plan, ctx));
    expect(refsAtBegin).toEqual([1, before]);
    const [begin, done] = lines().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(begin).toMatchObject({ type: 'begin', id: plan.id, plan: { refs: plan.refs, head: null } });
    expect(done).toMatchObject({ type: 'done', id: plan.id, outcome: 'done' });
    expect(lines().join()).not.toContain(
      readFileSync(join(bench.ctx.dataDir, 'installation.json'), 'utf8').match(/"secret":"(\w+)"/)![1],
    );
  });

  it('is not made by looking', () => {
    expect(value(listOperations(bench.paths, bench.ctx))).toEqual([]);
    expect(recover(bench.paths, bench.ctx).messages).toEqual([]);
    expect(failure(lastUndoable(bench.paths, bench.ctx)).kind).toBe('not-found');
    expect(existsSync(join(bench.paths.dir, 'vekscope'))).toBe(false);
    expect(existsSync(join(bench.ctx.dataDir, 'installation.json'))).toBe(false);
  });

  it('shows what others recorded and never undoes it', () => {
    const done = tag('v1');
    const other = { ...bench, ctx: { dataDir: mkdtempSync(join(tmpdir(), 'vekscope-other-')) } };
    const [listed] = value(listOperations(other.paths, other.ctx));
    expect(listed).toMatchObject({ id: done.id, own: false, state: 'done' });
    expect(listed!.undoBlocked).toContain('Another installation');
    expect(failure(planAction(other.paths, { kind: 'undo', operation: done.id }, other.ctx)).kind).toBe(
      'refused',
    );
    act(other, { kind: 'tag', name: 'v2', at: null });
    expect(value(listOperations(other.paths, other.ctx)).map((operation) => operation.own)).toEqual([
      true,
      false,
    ]);
    expect(value(listOperations(bench.paths, bench.ctx)).map((operation) => operation.own)).toEqual([
      false,
      true,
    ]);
    rmSync(other.ctx.dataDir, { recursive: true });
  });

  it('sees that a line was altered', () => {
    const done = tag('v1');
    const [tip, older] = chainOf(bench, 'main');
    writeFileSync(journal(), readFileSync(journal(), 'utf8').replaceAll(tip!, older!));
    const [listed] = value(listOperations(bench.paths, bench.ctx));
    expect(listed!.own).toBe(false);
    expect(listed!.undoBlocked).toContain('altered');
    expect(failure(planAction(bench.paths, { kind: 'undo', operation: done.id }, bench.ctx)).kind).toBe(
      'refused',
    );
  });

  it('takes no end, and no undo, from a line that is not ours', () => {
    const done = tag('v1');
    const before = placeOf(bench);
    const forged = lines().map((line) => line.replace(/"mac":"\w{8}/, '"mac":"00000000'));
    const undoLine = forged[0]!
      .replaceAll(done.id, 'a'.repeat(24))
      .replace(/"action":\{[^}]*\}/, `"action":{"kind":"undo","operation":"${done.id}"}`);
    appendFileSync(journal(), `${undoLine}\n${forged[1]!.replaceAll(done.id, 'a'.repeat(24))}\n`);
    const listed = value(listOperations(bench.paths, bench.ctx));
    expect(listed.map((operation) => [operation.own, operation.state])).toEqual([
      [false, 'done'],
      [true, 'done'],
    ]);
    // A begin without an end that is not ours is left alone.
    appendFileSync(journal(), `${forged[0]!.replaceAll(done.id, 'b'.repeat(24))}\n`);
    expect(recover(bench.paths, bench.ctx).messages).toEqual([]);
    expect(placeOf(bench)).toEqual(before);
  });

  it('counts damaged lines and goes on after them', () => {
    tag('v1');
    appendFileSync(journal(), '{"v":1,"type":"begin"\n\u0000\u0001\n[]\n{"half of a li');
    tag('v2');
    const record = value(readRecord(bench.paths, bench.ctx));
    expect(record.damagedLines).toBe(4);
    expect(record.operations.map((operation) => operation.title.slice(-4, -1))).toEqual(['“v2', '“v1']);
  });

  it('knows the newest that can be undone', () => {
    const first = tag('v1');
    const second = tag('v2');
    expect(value(lastUndoable(bench.paths, bench.ctx)).id).toBe(second.id);
    undo(bench, second);
    expect(value(lastUndoable(bench.paths, bench.ctx)).id).toBe(first.id);
    outside(bench, 'UPDATE refs SET hash = ? WHERE name = ?', chainOf(bench, 'main').at(-1), 'tag/v1');
    expect(failure(lastUndoable(bench.paths, bench.ctx)).message).toContain('moved since');
  });
});

/** Has another process die in the middle of a fork that moves HEAD. */
async function crashAt(killAt: 'committed' | 'head-lock-taken'): Promise<void> {
  const log = join(bench.ctx.dataDir, 'kills.log');
  const action = { kind: 'fork', at: chainOf(bench, 'main').at(-1)!, name: 'f', head: true } as const;
  const ended = await runChild({
    root: bench.root,
    dataDir: bench.ctx.dataDir,
    actions: [action],
    killAt,
    log,
  });
  expect(ended.signal).toBe('SIGKILL');
}

describe('recovery', () => {
  it('touches nothing that others have moved meanwhile, and says so', async () => {
    await crashAt('committed');
    outside(bench, 'UPDATE refs SET hash = ? WHERE name = ?', chainOf(bench, 'main')[0], 'f');
    const before = placeOf(bench);
    const { messages } = recover(bench.paths, bench.ctx);
    expect(messages).toEqual([expect.stringContaining('others have moved')]);
    expect(placeOf(bench)).toEqual(before);
    expect(value(listOperations(bench.paths, bench.ctx))[0]!.state).toBe('abandoned');
    expect(recover(bench.paths, bench.ctx).messages).toEqual([]);
  });

  it('leaves a HEAD that others have moved', async () => {
    await crashAt('committed');
    writeFileSync(bench.paths.head, 'ref: elsewhere\n');
    expect(recover(bench.paths, bench.ctx).messages.join()).toContain('HEAD was moved by others');
    expect(placeOf(bench).head).toBe('ref: elsewhere\n');
  });

  it('removes its own HEAD.lock only', async () => {
    await crashAt('head-lock-taken');
    expect(existsSync(bench.paths.headLock)).toBe(true);
    writeFileSync(bench.paths.headLock, '1741078800.5');
    expect(recover(bench.paths, bench.ctx).messages.join()).toContain('rolled back');
    expect(readFileSync(bench.paths.headLock, 'utf8')).toBe('1741078800.5');
  });

  it('waits with moving HEAD while a session holds its lock', async () => {
    await crashAt('committed');
    const before = placeOf(bench);
    writeFileSync(bench.paths.headLock, '1741078800.5');
    expect(recover(bench.paths, bench.ctx).messages.join()).toContain("can't be ended yet");
    expect(placeOf(bench)).toEqual(before);
    rmSync(bench.paths.headLock);
    expect(recover(bench.paths, bench.ctx).messages.join()).toContain('completed');
    expect(placeOf(bench).head).toBe('ref: f\n');
  });

  it('is named as the way out where a cut-off write has left HEAD.lock', async () => {
    await crashAt('committed');
    const locked = failure(planAction(bench.paths, { kind: 'tag', name: 'v1', at: null }, bench.ctx));
    expect(locked.kind).toBe('locked');
    expect(locked.message).toContain('cut off');
    recover(bench.paths, bench.ctx);
    tag('v1');
    expect(placeOf(bench).head).toBe('ref: f\n');
  });

  it('is done by the next write too', async () => {
    const log = join(bench.ctx.dataDir, 'kills.log');
    const job = { root: bench.root, dataDir: bench.ctx.dataDir, log };
    await runChild({ ...job, actions: [{ kind: 'tag', name: 'v0', at: null }], killAt: 'committed' });
    tag('v1');
    expect(value(listOperations(bench.paths, bench.ctx)).map((operation) => operation.state)).toEqual([
      'done',
      'completed',
    ]);
  });

  it('says in words that the record is not to be trusted', () => {
    tag('v1');
    const folder = join(bench.paths.dir, 'vekscope');
    rmSync(folder, { recursive: true });
    const away = mkdtempSync(join(tmpdir(), 'vekscope-away-'));
    symlinkSync(away, folder);
    expect(recover(bench.paths, bench.ctx).messages.join()).toContain('leads out of');
    rmSync(folder);
    mkdirSync(folder);
    writeFileSync(join(away, 'x'), '');
    symlinkSync(join(away, 'x'), journal());
    expect(failure(listOperations(bench.paths, bench.ctx)).message).toContain('symbolic link');
    rmSync(away, { recursive: true });
  });
});
