import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectedOf } from '../../../test/support/goldens.ts';
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
  runChild,
  undo as undoIn,
  value,
  type Bench,
} from '../../../test/support/writes.ts';
import type { Action, Operation, Plan } from '../../contract/operations.ts';
import type { WriteContext } from '../operations/context.ts';
import { listOperations } from '../operations/record.ts';
import { applyPlan } from './apply.ts';
import { readHead } from './head.ts';
import { log } from './log.ts';
import type { RepositoryPaths } from './paths.ts';
import { planAction } from './plan.ts';
import { lookAtVek } from './store.ts';

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
const branches = (): string[] => Object.keys(state().refs).filter((name) => !name.includes('/'));
const current = (): string => currentOf(bench);
const other = (): string => branches().find((name) => name !== current())!;

beforeEach(() => open('forked'));
afterEach(() => {
  for (const one of benches) closeBench(one);
  benches = [];
});

describe('every action, undone and done again', () => {
  const cases: Record<string, () => Action> = {
    'fork with HEAD': () => ({
      kind: 'fork',
      at: chain('main')[1]!.slice(0, 12),
      name: 'try again',
      head: true,
    }),
    'fork without a name': () => ({ kind: 'fork', at: chain('main').at(-1)!, name: null, head: false }),
    'create at the tip': () => ({ kind: 'create-branch', name: 'feature/ü 1', at: null, head: true }),
    'create at a call': () => ({
      kind: 'create-branch',
      name: 'older',
      at: chain('main').at(-1)!,
      head: false,
    }),
    switch: () => ({ kind: 'switch', name: other() }),
    'rename the current': () => ({ kind: 'rename-branch', from: current(), to: 'renamed' }),
    'rename another': () => ({ kind: 'rename-branch', from: other(), to: 'renamed' }),
    'delete a branch': () => ({ kind: 'delete-branch', name: other() }),
    'tag the tip': () => ({ kind: 'tag', name: 'v1.0', at: null }),
    'tag a call': () => ({ kind: 'tag', name: 'old', at: chain('main').at(-1)! }),
  };

  it.each(Object.keys(cases))('%s', (name) => {
    const before = state();
    const action = cases[name]!();
    const planned = plan(action);
    expect(state()).toEqual(before);
    expect(existsSync(join(paths.dir, 'vekscope'))).toBe(false);
    const done = value(applyPlan(paths, planned, ctx));
    const after = state();
    expect(after).not.toEqual(before);
    for (const change of planned.refs) expect(after.refs[change.name] ?? null).toBe(change.after);
    if (planned.head !== null) expect(after.head).toBe(planned.head.after);
    expect(existsSync(paths.headLock)).toBe(false);
    expect(readdirSync(paths.dir).filter((file) => /-wal$|-shm$|tmp$/.test(file))).toEqual([]);
    expect(
      readdirSync(join(paths.dir, 'vekscope')).filter((file) => !/^(operations\.jsonl|trash)$/.test(file)),
    ).toEqual([]);

    const undone = undo(done);
    expect(state()).toEqual(before);
    const redone = undo(undone);
    expect(state()).toEqual(after);
    expect(redone.title).toBe(`Redo: ${done.title}`);
    undo(redone);
    expect(state()).toEqual(before);
    const listed = value(listOperations(paths, ctx));
    expect(listed.map((operation) => operation.state)).toEqual(['done', 'undone', 'done', 'undone']);
  });

  it('untags, and puts the tag back', () => {
    apply({ kind: 'tag', name: 'v1', at: null });
    const before = state();
    const done = apply({ kind: 'untag', name: 'v1' });
    expect(state().refs['tag/v1']).toBeUndefined();
    undo(done);
    expect(state()).toEqual(before);
  });

  it('lets HEAD follow where the undo of a rename takes its branch away', () => {
    const name = other();
    const done = apply({ kind: 'rename-branch', from: name, to: 'renamed' });
    apply({ kind: 'switch', name: 'renamed' });
    const undone = undo(done);
    expect(state().head).toBe(`ref: ${name}\n`);
    undo(undone);
    expect(state().head).toBe('ref: renamed\n');
  });

  it('leaves HEAD where it was moved since, and says so', () => {
    const before = state();
    const done = apply({ kind: 'fork', at: chain('main').at(-1)!, name: 'f', head: true });
    apply({ kind: 'switch', name: 'try-mock' });
    expect(plan({ kind: 'undo', operation: done.id }).warnings.join()).toContain('HEAD was moved since');
    undo(done);
    expect(state()).toEqual({ ...before, head: 'ref: try-mock\n' });
  });

  it('warns when HEAD goes back to a branch that was deleted since', () => {
    const done = apply({ kind: 'switch', name: 'try-mock' });
    apply({ kind: 'delete-branch', name: 'main' });
    expect(plan({ kind: 'undo', operation: done.id }).warnings).toEqual([
      '“main” has no call now: the next call there begins a new history.',
    ]);
  });

  it('takes back the first branch under an unborn HEAD', () => {
    writeFileSync(paths.head, 'ref: unborn\n');
    const before = state();
    const done = apply({ kind: 'fork', at: chain('main').at(-1)!, name: 'unborn', head: true });
    undo(done);
    expect(state()).toEqual(before);
  });

  it('makes a missing HEAD, and does not remove it again', () => {
    rmSync(paths.head);
    const done = apply({ kind: 'switch', name: 'main' });
    expect(state().head).toBe('ref: main\n');
    expect(failure(planAction(paths, { kind: 'undo', operation: done.id }, ctx)).kind).toBe('refused');
  });

  it('leaves an unborn branch as vek does: only HEAD moves', () => {
    open('empty');
    const done = apply({ kind: 'create-branch', name: 'dev', at: null, head: true });
    expect(state()).toMatchObject({ refs: {}, head: 'ref: dev\n' });
    expect(apply({ kind: 'rename-branch', from: 'dev', to: 'dev2' }).refs).toEqual([]);
    expect(state().head).toBe('ref: dev2\n');
    expect(failure(planAction(paths, { kind: 'undo', operation: done.id }, ctx)).kind).toBe('conflict');
  });

  it('changes nothing and records nothing where nothing would change', () => {
    const before = state();
    const done = apply({ kind: 'switch', name: current() });
    expect(done.undoBlocked).toBe('Nothing was changed.');
    expect(state()).toEqual(before);
    expect(existsSync(join(paths.dir, 'vekscope'))).toBe(false);
  });

  it('moves only HEAD when the branch is at that call already', () => {
    const name = other();
    const tip = state().refs[name]!;
    const planned = plan({ kind: 'fork', at: tip, name, head: true });
    expect(planned.refs).toEqual([]);
    value(applyPlan(paths, planned, ctx));
    expect(state().head).toBe(`ref: ${name}\n`);
  });
});

describe('refusals', () => {
  it.each([
    ['', 'empty'],
    [' x', 'white space'],
    ['x\u00a0', 'white space'],
    ['a\nb', 'line breaks'],
    ['a\u0007b', 'control'],
    ['a\u2028b', 'line breaks'],
    ['tag/x', 'tags'],
    ['checkpoint/x', 'checkpoints'],
    ['a\ud800', 'half a character'],
  ])('refuses the branch name %j', (name, words) => {
    const refused = failure(planAction(paths, { kind: 'create-branch', name, at: null, head: false }, ctx));
    expect(refused.kind).toBe('bad-request');
    expect(refused.message).toContain(words);
    expect(refused.hint).not.toBe('');
  });

  it('takes every other name that vek takes', () => {
    for (const name of ['a b', 'ref: x', 'TAG/odd', 'a/b/c', '日本', '-x', '😀', "it's"]) {
      apply({ kind: 'create-branch', name, at: null, head: true });
      const head = readHead(paths);
      expect(head.state === 'branch' && head.branch).toBe(name);
    }
  });

  it('says what exists, what is current, what is missing', () => {
    const refs = Object.keys(state().refs);
    const head = readHead(paths);
    const here = head.state === 'branch' ? head.branch : '';
    const there = refs.find((name) => name !== here && !name.includes('/'))!;
    const root = chain('main').at(-1)!;
    const kind = (action: Action): string => failure(planAction(paths, action, ctx)).kind;
    expect(kind({ kind: 'fork', at: root, name: there, head: true })).toBe('exists');
    expect(kind({ kind: 'create-branch', name: here, at: root, head: false })).toBe('exists');
    expect(kind({ kind: 'rename-branch', from: here, to: there })).toBe('exists');
    expect(kind({ kind: 'delete-branch', name: here })).toBe('refused');
    expect(kind({ kind: 'delete-branch', name: 'nope' })).toBe('not-found');
    expect(kind({ kind: 'delete-branch', name: 'tag/x' })).toBe('refused');
    expect(kind({ kind: 'switch', name: 'nope' })).toBe('not-found');
    expect(kind({ kind: 'untag', name: 'nope' })).toBe('not-found');
    expect(kind({ kind: 'fork', at: 'ffffffffffff', name: 'x', head: false })).toBe('not-found');
    expect(kind({ kind: 'fork', at: 'f'.repeat(64), name: 'x', head: false })).toBe('not-found');
    expect(kind({ kind: 'fork', at: '', name: 'x', head: false })).toBe('ambiguous');
    apply({ kind: 'tag', name: 'v1', at: null });
    expect(kind({ kind: 'tag', name: 'v1', at: root })).toBe('exists');
  });

  it('does not write to a store with triggers or views, or one that is damaged', () => {
    outside('CREATE VIEW v AS SELECT 1');
    expect(failure(planAction(paths, { kind: 'tag', name: 'x', at: null }, ctx)).message).toContain(
      'view named “v”',
    );
    outside('DROP VIEW v');
    const planned = plan({ kind: 'tag', name: 'x', at: null });
    outside('CREATE TRIGGER t AFTER INSERT ON refs BEGIN DELETE FROM nodes; END');
    expect(failure(applyPlan(paths, planned, ctx)).message).toContain('trigger named “t”');
    open('corrupt-truncated');
    expect(planAction(paths, { kind: 'tag', name: 'x', at: null }, ctx).ok).toBe(false);
  });

  it('refuses a record folder that leads out of the repository', () => {
    const away = mkdtempSync(join(tmpdir(), 'vekscope-away-'));
    const planned = plan({ kind: 'tag', name: 'x', at: null });
    symlinkSync(away, join(paths.dir, 'vekscope'));
    const before = state();
    expect(failure(applyPlan(paths, planned, ctx)).kind).toBe('refused');
    expect(state()).toEqual(before);
    expect(readdirSync(away)).toEqual([]);
    rmSync(away, { recursive: true });
  });

  it('does not write where this user may not', async () => {
    const asRoot = process.getuid?.() === 0;
    for (const [path, mode] of [
      [bench.root, 0o755],
      [paths.db, 0o444],
      [paths.dir, 0o555],
      [ctx.dataDir, 0o777],
    ] as const) {
      chmodSync(path, mode);
    }
    const job = {
      root: bench.root,
      dataDir: ctx.dataDir,
      actions: [{ kind: 'tag', name: 'x', at: null } as const],
    };
    const { out, err } = await runChild(job, asRoot ? 65534 : undefined);
    expect(JSON.parse(out), out + err).toMatchObject([{ ok: false, error: { kind: 'refused' } }]);
    chmodSync(paths.dir, 0o755);
  });

  it('leaves legacy stores at their version and columns', () => {
    for (const golden of ['legacy-v0', 'legacy-v1', 'legacy-v2']) {
      open(golden);
      const schema = () =>
        value(lookAtVek(paths, (s) => [s.schema.version, s.schema.columns, s.counts().nodes]));
      const before = schema();
      apply({ kind: 'create-branch', name: 'x', at: null, head: true });
      expect(schema()).toEqual(before);
      expect(state().refs['x']).toBe(expectedOf(golden)['tip'] ?? state().refs['x']);
    }
  });
});

describe('warnings', () => {
  it('tells that a running agent would follow HEAD', () => {
    const tip = value(value(lookAtVek(paths, (s) => log(s, { n: 1 }))))[0]!;
    const recent = { ...ctx, nowMicros: () => Date.parse(tip.timestamp) * 1000 + 60_000_000 };
    const later = { ...ctx, nowMicros: () => Date.parse(tip.timestamp) * 1000 + 10 ** 12 };
    const action: Action = { kind: 'create-branch', name: 'y', at: null, head: true };
    expect(value(planAction(paths, action, recent)).warnings.join()).toContain(
      "running agent's next call would land on “y”",
    );
    expect(value(planAction(paths, action, later)).warnings).toEqual([]);
    expect(value(planAction(paths, { ...action, head: false }, recent)).warnings).toEqual([]);
  });
});
