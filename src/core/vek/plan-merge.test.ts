import { utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planned } from '../../../test/support/planned.ts';
import {
  act,
  chainOf,
  closeBench,
  collectGarbage,
  failure,
  openBench,
  outside,
  placeOf,
  undo,
  value,
  type Bench,
} from '../../../test/support/writes.ts';
import type { Action } from '../../contract/operations.ts';
import { listOperations } from '../operations/record.ts';
import type { Result } from '../result.ts';
import { applyPlan } from './apply.ts';
import { mergeTips, planMerge, type MergePlan, type SettledMerge } from './plan-merge.ts';
import { lookAtVek } from './store.ts';
import { materialise } from './materialise.ts';
import { canonicalText } from '../json/canonical.ts';

let bench: Bench;
beforeEach(() => {
  bench = openBench('forked');
});
afterEach(() => closeBench(bench));

const merge = (into: string, from: string, resolved = 0): Action => ({ kind: 'merge', into, from, resolved });
const tipsNow = (into: string, from: string): SettledMerge['tips'] => {
  const { refs } = placeOf(bench);
  return { ours: refs[into]!, theirs: refs[from]! };
};
const plan = (action: Action): MergePlan => value(planned(bench.paths, action, bench.ctx));
const apply = ({ plan: one, contents }: MergePlan) => applyPlan(bench.paths, one, bench.ctx, contents);
const refused = (over: Partial<SettledMerge>) => {
  const into = over.into ?? 'main';
  const from = over.from ?? 'reexec-plan';
  const tips = tipsNow(into, from);
  return failure(planMerge(bench.paths, { into, from, tips, resolved: [], ...over }, bench.ctx));
};

describe('the plan of a merge', () => {
  it('says the node, the objects and the ref, and writes nothing', () => {
    const before = placeOf(bench);
    const { plan: made, contents } = plan(merge('main', 'reexec-plan', 3));
    expect(made).toMatchObject({
      action: { kind: 'merge', into: 'main', from: 'reexec-plan', resolved: 3 },
      title: 'Merge “reexec-plan” into “main”',
      refs: [{ name: 'main', before: before.refs['main'], after: made.makes!.node.hash }],
      head: null,
      keeps: null,
      warnings: [],
    });
    const { node, objects } = made.makes!;
    expect(node).toMatchObject({
      tool: '__merge__',
      parent_hash: before.refs['main'],
      merge_parent: before.refs['reexec-plan'],
      timestamp: '2026-01-02T03:04:05.678901+00:00',
    });
    expect(
      objects.map(({ role, hash, bytes, fresh }) => [role, bytes, fresh, contents.get(hash)!.byteLength]),
    ).toEqual([
      ['input', 32, true, 32],
      ['output', objects[1]!.bytes, true, objects[1]!.bytes],
    ]);
    expect(placeOf(bench)).toEqual(before);
  });

  it('takes any ref as the other side', () => {
    act(bench, { kind: 'fork', at: placeOf(bench).refs['reexec-plan']!, name: 'again', head: false });
    act(bench, { kind: 'tag', name: 'plan', at: placeOf(bench).refs['reexec-plan']! });
    expect(plan(merge('main', 'tag/plan')).plan.title).toBe('Merge “tag/plan” into “main”');
    const short = value(lookAtVek(bench.paths, (s) => mergeTips(s, 'main', 'plan')));
    expect(short).toMatchObject({ ok: false, error: { hint: expect.stringContaining('“tag/plan”') } });
  });

  it('is refused where there is nothing to merge or nowhere to put it', () => {
    const here = placeOf(bench).refs['main']!;
    act(bench, { kind: 'create-branch', name: 'twin', at: here, head: false });
    act(bench, { kind: 'create-branch', name: 'old', at: chainOf(bench, 'main').at(-1)!, head: false });
    expect(refused({ from: 'twin' }).message).toContain('same call');
    expect(refused({ from: 'old' }).message).toContain('has everything of “old” already');
    expect(refused({ into: 'tag/root' }).message).toContain('not a branch');
    const tips = tipsNow('main', 'reexec-plan');
    expect(refused({ from: 'nowhere', tips }).kind).toBe('conflict');
    expect(refused({ into: 'unborn', tips }).message).toContain('is gone now');
    // Ours is an ancestor of theirs: the Python tool makes a merge node all the same.
    expect(plan(merge('old', 'main')).plan.refs).toHaveLength(1);
  });

  it('is a conflict where a branch moved since the analysis', () => {
    const tips = tipsNow('main', 'reexec-plan');
    expect(refused({ tips: { ...tips, theirs: tips.ours } })).toMatchObject({ kind: 'conflict' });
    expect(refused({ tips: { ...tips, ours: tips.theirs } }).message).toContain('“main” was at');
  });

  it('is refused where a tip is missing', () => {
    outside(bench, 'UPDATE refs SET hash = ? WHERE name = ?', 'f'.repeat(64), 'try-mock');
    expect(refused({ from: 'try-mock' })).toMatchObject({ kind: 'damaged' });
    expect(refused({ into: 'try-mock', from: 'main' })).toMatchObject({ kind: 'damaged' });
  });

  it('is refused in a database that calls can’t be added to', () => {
    outside(bench, 'ALTER TABLE nodes ADD COLUMN note TEXT');
    expect(refused({}).message).toContain('not the seven that vek writes');
  });

  it('waits while a session records, and warns of what may still run', () => {
    writeFileSync(bench.paths.headLock, '1741078800.123');
    expect(refused({}).kind).toBe('locked');
    utimesSync(bench.paths.headLock, 1, 1);
    const now = Date.parse('2026-01-02T03:04:05Z') * 1000;
    const into = 'docs/changelog';
    const from = 'reexec-plan';
    const tips = tipsNow(into, from);
    const touch = (time: string, hash: string): void =>
      outside(bench, 'UPDATE nodes SET timestamp = ? WHERE hash = ?', `2026-01-02T03:0${time}+00:00`, hash);
    touch('3:05', tips.ours);
    touch('4:04.9', tips.theirs);
    const settled = { into, from, tips, resolved: [] };
    const ctx = { ...bench.ctx, nowMicros: () => now };
    const first = value(planMerge(bench.paths, settled, ctx));
    expect(first.plan.warnings.map((text) => text.slice(0, 58))).toEqual([
      'A call was recorded on “docs/changelog” 60 s ago: a runnin',
      'A call was recorded on “reexec-plan” just now: what a runn',
      'HEAD.lock is more than 5 minutes old: it was left over, or',
    ]);
    // A merge is no sign of an agent: the calls before it are what counts.
    touch('0:05', tips.ours);
    value(applyPlan(bench.paths, first.plan, ctx, first.contents));
    const next = { ...settled, from: 'try-retry', tips: tipsNow(into, 'try-retry') };
    const { warnings } = value(planMerge(bench.paths, next, ctx)).plan;
    expect(warnings.filter((text) => text.includes('was recorded'))).toEqual([]);
  });
});

describe('a merge that is applied', () => {
  it('is one call with two parents; HEAD stays, on whatever branch', () => {
    const before = placeOf(bench);
    for (const [into, from, resolved] of [
      ['try-mock', 'docs/changelog', 0],
      ['main', 'reexec-plan', 4],
    ] as const) {
      const made = plan(merge(into, from, resolved));
      const done = value(apply(made));
      expect(done).toMatchObject({
        state: 'done',
        title: `Merge “${from}” into “${into}”`,
        undoBlocked: null,
      });
      const hash = made.plan.makes!.node.hash;
      expect(placeOf(bench)).toMatchObject({ head: before.head });
      expect(placeOf(bench).refs[into]).toBe(hash);
      const shown = value(value(lookAtVek(bench.paths, (s) => materialise(s, hash))));
      expect(shown.record).toEqual(made.plan.makes!.node);
      expect(shown.missing).toEqual([]);
      expect(canonicalText(shown.input)).toEqual({ ok: true, text: `{"merge":["${into}","${from}"]}` });
    }
    const after = placeOf(bench);
    expect([after.nodes - before.nodes, after.objects - before.objects]).toEqual([2, 4]);
    const listed = value(listOperations(bench.paths, bench.ctx));
    expect(listed.map(({ action }) => action)).toEqual([
      merge('main', 'reexec-plan', 4),
      merge('try-mock', 'docs/changelog'),
    ]);
  });

  it('goes back by undo, and comes back after a gc', () => {
    const before = placeOf(bench);
    const done = act(bench, merge('main', 'reexec-plan', 5));
    const after = placeOf(bench);
    const undone = undo(bench, done);
    expect(placeOf(bench).refs).toEqual(before.refs);
    collectGarbage(bench);
    expect(placeOf(bench)).toEqual(before);
    const redo = value(planned(bench.paths, { kind: 'undo', operation: undone.id }, bench.ctx)).plan;
    expect(redo.title).toBe('Redo: Merge “reexec-plan” into “main”');
    expect(redo.keeps).toBeNull();
    expect(redo.warnings.join()).toContain('put back from the trash');
    value(applyPlan(bench.paths, redo, bench.ctx));
    expect(placeOf(bench)).toEqual(after);
  });

  it('tells before undoing what would be kept', () => {
    const done = act(bench, merge('main', 'reexec-plan', 1));
    const back = value(planned(bench.paths, { kind: 'undo', operation: done.id }, bench.ctx)).plan;
    expect(back.keeps).toEqual({ nodes: 1, objects: 2 });
  });

  it('can’t be undone once calls came after it', () => {
    const done = act(bench, merge('main', 'reexec-plan'));
    const tip = placeOf(bench).refs['main']!;
    act(bench, { kind: 'fork', at: placeOf(bench).refs['try-retry']!, name: 'x', head: false });
    outside(bench, 'UPDATE refs SET hash = ? WHERE name = ?', placeOf(bench).refs['x'], 'main');
    const conflict = failure(planned(bench.paths, { kind: 'undo', operation: done.id }, bench.ctx));
    expect(conflict).toMatchObject({ kind: 'conflict' });
    expect(conflict.message).toContain(`was at ${tip.slice(0, 8)}`);
  });

  it('that is planned twice at one time is one call', () => {
    const done = act(bench, merge('main', 'reexec-plan', 2));
    const after = placeOf(bench);
    undo(bench, done);
    const again = plan(merge('main', 'reexec-plan', 2));
    expect(again.plan.makes!.objects.map(({ fresh }) => fresh)).toEqual([false, false]);
    value(apply(again));
    expect(placeOf(bench)).toEqual(after);
  });
});

/** Plans, lets something happen, and expects that applying fails and writes nothing. */
function fails(happens: (made: MergePlan) => void, change?: (made: MergePlan) => MergePlan) {
  const made = plan(merge('main', 'reexec-plan', 1));
  happens(made);
  const before = placeOf(bench);
  const result: Result<unknown> = apply(change?.(made) ?? made);
  expect(placeOf(bench)).toEqual(before);
  return failure(result);
}

const move = (name: string, to: string) => (): void =>
  outside(bench, 'UPDATE refs SET hash = ? WHERE name = ?', to, name);

const outputText = ({ plan: { makes }, contents }: MergePlan): string =>
  Buffer.from(contents.get(makes!.node.output_hash)!).toString();

describe('a merge whose plan is no longer so', () => {
  it('is a conflict when either branch moved or is gone', () => {
    const [, older] = chainOf(bench, 'main');
    const into = fails(move('main', older!));
    expect(into).toMatchObject({ kind: 'conflict' });
    expect(into.message).toContain('“main” was at');
    const from = fails(move('reexec-plan', older!));
    expect(from).toMatchObject({ kind: 'conflict' });
    expect(from.message).toContain(`“reexec-plan” was at`);
    move('reexec-plan', chainOf(bench, 'try-mock')[0]!)();
    expect(fails(() => outside(bench, 'DELETE FROM refs WHERE name = ?', 'reexec-plan')).message).toContain(
      'is gone',
    );
  });

  it('is a conflict when a tip was deleted', () => {
    const { theirs } = tipsNow('main', 'reexec-plan');
    const gone = fails(() => outside(bench, 'DELETE FROM nodes WHERE hash = ?', theirs));
    expect(gone).toMatchObject({ kind: 'conflict' });
    expect(gone.message).toContain(`The call ${theirs.slice(0, 8)}`);
  });

  it('finds damage under the hashes it would write', () => {
    const put = (content: unknown) => (made: MergePlan) =>
      outside(
        bench,
        'INSERT OR REPLACE INTO objects VALUES (?, ?)',
        made.plan.makes!.node.output_hash,
        content,
      );
    expect(fails(put(Buffer.from('other'))).message).toContain('holds other content');
    expect(fails((made) => put(outputText(made))(made)).message).toContain('stored as text');
    outside(
      bench,
      'DELETE FROM objects WHERE hash = ?',
      plan(merge('main', 'reexec-plan', 1)).plan.makes!.node.output_hash,
    );
    const other = fails((made) => {
      const { node } = made.plan.makes!;
      outside(
        bench,
        'INSERT INTO nodes SELECT ?, tool, input_hash, output_hash, parent_hash, timestamp, NULL FROM nodes LIMIT 1',
        node.hash,
      );
    });
    expect(other.message).toContain('another call');
    expect(value(listOperations(bench.paths, bench.ctx))).toEqual([]);
  });

  const wrong: Record<string, readonly [change: (made: MergePlan) => MergePlan, words: string]> = {
    'without contents': [(made) => ({ ...made, contents: new Map() }), 'not at hand any more'],
    'with other contents': [
      ({ plan: one, contents }) => ({
        plan: one,
        contents: new Map([...contents].map(([hash, bytes]) => [hash, bytes.toReversed()])),
      }),
      'of the new call does not fit its hash',
    ],
    'with another node': [
      ({ plan: one, contents }) => {
        const node = { ...one.makes!.node, timestamp: '2026-01-02T03:04:06+00:00' };
        return { plan: { ...one, makes: { ...one.makes!, node } }, contents };
      },
      'The new call does not fit its hash',
    ],
    'with an object left out': [
      ({ plan: one, contents }) => ({ plan: { ...one, makes: { ...one.makes!, objects: [] } }, contents }),
      'not part of the plan',
    ],
  };

  it.each(Object.keys(wrong))('is refused %s', (name) => {
    const [change, words] = wrong[name]!;
    const failed = fails(() => {}, change);
    expect(failed.kind).toBe('bad-request');
    expect(failed.message).toContain(words);
  });
});
