import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  act,
  chainOf,
  closeBench,
  currentOf,
  failure,
  openBench,
  outside as outsideOf,
  placeOf,
  planOf,
  undo as undoIn,
  value,
  type Bench,
} from '../../../test/support/writes.ts';
import type { Action, Operation, Plan } from '../../contract/operations.ts';
import type { KillPoint, WriteContext } from '../operations/context.ts';
import { listOperations } from '../operations/record.ts';
import { applyPlan } from './apply.ts';
import type { RepositoryPaths } from './paths.ts';
import { planAction } from './plan.ts';

let bench: Bench;
let paths: RepositoryPaths;
let ctx: WriteContext;
let benches: Bench[] = [];

function open(golden: string): void {
  bench = openBench(golden);
  benches.push(bench);
  ({ paths, ctx } = bench);
}

const plan = (action: Action): Plan => planOf(bench, action);
const apply = (action: Action): Operation => act(bench, action);
const undo = (operation: Operation): Operation => undoIn(bench, operation);
const state = () => placeOf(bench);
const chain = (branch: string): string[] => chainOf(bench, branch);
const outside = (sql: string, ...values: string[]): void => outsideOf(bench, sql, ...values);
const current = (): string => currentOf(bench);

function lock(ageSeconds: number): void {
  writeFileSync(paths.headLock, '1741078800.123');
  const then = Date.now() / 1000 - ageSeconds;
  utimesSync(paths.headLock, then, then);
}

beforeEach(() => open('forked'));
afterEach(() => {
  for (const one of benches) closeBench(one);
  benches = [];
});

describe('conflicts', () => {
  it('names the ref, what it was and what it is', () => {
    const [tip, older] = chain('main');
    apply({ kind: 'create-branch', name: 'x', at: tip!, head: false });
    const planned = plan({ kind: 'delete-branch', name: 'x' });
    outside('UPDATE refs SET hash = ? WHERE name = ?', older!, 'x');
    const before = state();
    const conflict = failure(applyPlan(paths, planned, ctx));
    expect(conflict.kind).toBe('conflict');
    expect(conflict.message).toContain(
      `“x” was at ${tip!.slice(0, 8)} in the preview and is at ${older!.slice(0, 8)} now`,
    );
    expect(state()).toEqual(before);
  });

  it('notices HEAD and branches that moved since the preview', () => {
    const refs = Object.keys(state().refs);
    const [a, b] = [refs[0]!, refs[1]!];
    writeFileSync(paths.head, `ref: ${a}\n`);
    const toB = plan({ kind: 'switch', name: b });
    writeFileSync(paths.head, 'ref: elsewhere\n');
    expect(failure(applyPlan(paths, toB, ctx)).message).toContain('HEAD was on');
    writeFileSync(paths.head, `ref: ${a}\n`);
    const deletion = plan({ kind: 'delete-branch', name: b });
    writeFileSync(paths.head, `ref: ${b}\n`);
    expect(failure(applyPlan(paths, deletion, ctx)).kind).toBe('conflict');
    writeFileSync(paths.head, `ref: ${a}\n`);
    outside('DELETE FROM refs WHERE name = ?', b);
    expect(failure(applyPlan(paths, toB, ctx)).message).toContain('is gone now');
  });

  it('refuses to undo what another process moved on', () => {
    const [tip, older] = chain('main');
    const done = apply({ kind: 'create-branch', name: 'x', at: older!, head: false });
    outside('UPDATE refs SET hash = ? WHERE name = ?', tip!, 'x');
    const conflict = failure(planAction(paths, { kind: 'undo', operation: done.id }, ctx));
    expect(conflict.kind).toBe('conflict');
    expect(value(listOperations(paths, ctx))[0]!.undoBlocked).toContain('moved since');
  });

  it('does not apply a plan twice', () => {
    const planned = plan({ kind: 'create-branch', name: 'x', at: null, head: false });
    const done = value(applyPlan(paths, planned, ctx));
    expect(failure(applyPlan(paths, planned, ctx)).kind).toBe('conflict');
    undo(done);
    expect(failure(applyPlan(paths, planned, ctx)).message).toContain('applied already');
  });

  it('does not undo a fork when HEAD would be left on nothing', () => {
    const done = apply({ kind: 'fork', at: chain('main')[1]!, name: 'f', head: false });
    const switched = apply({ kind: 'switch', name: 'f' });
    expect(failure(planAction(paths, { kind: 'undo', operation: done.id }, ctx)).message).toContain(
      'HEAD is on “f”',
    );
    undo(switched);
    undo(done);
    expect(state().refs['f']).toBeUndefined();
  });
});

const fork = (): Plan => plan({ kind: 'fork', at: chain('main').at(-1)!, name: 'f', head: true });

/** A context in which something happens when a write reaches a step. */
function when(point: KillPoint, happens: () => void): WriteContext {
  return {
    ...ctx,
    probe: (reached) => {
      if (reached === point) happens();
    },
  };
}

function diskError(): never {
  throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
}

describe('trouble in the middle', () => {
  it('leaves HEAD to a process that moved it at the same moment', () => {
    const planned = fork();
    const moveAway = (): void => writeFileSync(paths.head, 'ref: elsewhere\n');
    const conflict = failure(applyPlan(paths, planned, when('committed', moveAway)));
    expect(conflict.kind).toBe('conflict');
    expect(conflict.message).toContain('The refs were changed as planned');
    expect(state()).toMatchObject({ head: 'ref: elsewhere\n', refs: { f: planned.refs[0]!.after } });
    expect(value(listOperations(paths, ctx))[0]!.state).toBe('completed');
    expect(existsSync(paths.headLock)).toBe(false);
  });

  it('takes everything back where the disk fails before the commit', () => {
    const before = state();
    const failed = failure(applyPlan(paths, fork(), when('refs-written', diskError)));
    expect(failed).toMatchObject({ kind: 'io', message: expect.stringContaining('rolled back') as string });
    expect(state()).toEqual(before);
    expect(existsSync(paths.headLock)).toBe(false);
    expect(value(listOperations(paths, ctx))[0]!.state).toBe('rolled-back');
  });

  it('puts HEAD back where the commit of a rename fails', () => {
    const before = state();
    const planned = plan({ kind: 'rename-branch', from: current(), to: 'renamed' });
    failure(applyPlan(paths, planned, when('head-replaced', diskError)));
    expect(state()).toEqual(before);
  });

  it('goes on to the end where the disk fails once after the commit', () => {
    const failed = failure(applyPlan(paths, fork(), when('head-prepared', diskError)));
    expect(failed.message).toContain('completed now');
    expect(state().head).toBe('ref: f\n');
    expect(value(listOperations(paths, ctx))[0]!.state).toBe('completed');
  });
});

describe('HEAD.lock', () => {
  it('is honoured by every write while it is fresh', () => {
    const planned = plan({ kind: 'tag', name: 'x', at: null });
    const before = state();
    lock(100);
    expect(failure(applyPlan(paths, planned, ctx)).kind).toBe('locked');
    expect(failure(planAction(paths, { kind: 'tag', name: 'x', at: null }, ctx)).message).toMatch(
      /since \d{4}-/,
    );
    expect(state()).toEqual(before);
    expect(readFileSync(paths.headLock, 'utf8')).toBe('1741078800.123');
  });

  it('is removed when it is stale, and only if HEAD moves', () => {
    lock(301);
    apply({ kind: 'tag', name: 'x', at: null });
    expect(existsSync(paths.headLock)).toBe(true);
    const planned = plan({ kind: 'create-branch', name: 'y', at: null, head: true });
    expect(planned.warnings.join()).toContain('HEAD.lock');
    value(applyPlan(paths, planned, ctx));
    expect(existsSync(paths.headLock)).toBe(false);
  });

  it('is taken while HEAD moves, and given back', () => {
    const seen: string[] = [];
    const planned = plan({ kind: 'create-branch', name: 'y', at: null, head: true });
    value(
      applyPlan(paths, planned, {
        ...ctx,
        probe: (point) =>
          seen.push(`${point} ${existsSync(paths.headLock) ? readFileSync(paths.headLock, 'utf8') : '-'}`),
      }),
    );
    expect(seen.find((line) => line.startsWith('head-replaced'))).toMatch(/ \d{9,10}\.\d{6}$/);
    expect(seen.at(-1)).toBe('done-recorded -');
  });
});
