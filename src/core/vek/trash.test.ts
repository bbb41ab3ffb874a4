import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  act,
  chainOf,
  closeBench,
  collectGarbage,
  currentOf,
  failure,
  openBench,
  outside,
  placeOf,
  planOf,
  undo,
  value,
  type Bench,
} from '../../../test/support/writes.ts';
import { limits } from '../storage/limits.ts';
import { applyPlan } from './apply.ts';
import { blobHash, nodeHash } from './hash.ts';
import { planAction } from './plan.ts';

let bench: Bench;
const other = (): string =>
  Object.keys(placeOf(bench).refs).find((name) => !name.includes('/') && name !== currentOf(bench))!;
const file = (id: string): string => join(bench.paths.dir, 'vekscope', 'trash', `${id}.jsonl`);
const lines = (id: string) =>
  readFileSync(file(id), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, string>);

beforeEach(() => {
  bench = openBench('forked');
});
afterEach(() => closeBench(bench));

describe('the trash', () => {
  it('keeps exactly what only the deleted branch reaches', () => {
    const name = other();
    const main = new Set(chainOf(bench, currentOf(bench)));
    const own = chainOf(bench, name).filter((hash) => !main.has(hash));
    const plan = planOf(bench, { kind: 'delete-branch', name });
    expect(plan.keeps?.nodes).toBe(own.length);
    const tip = placeOf(bench).refs[name];
    const done = value(applyPlan(bench.paths, plan, bench.ctx));
    const kept = lines(done.id);
    expect(kept[0]).toEqual({ type: 'ref', name, hash: tip });
    expect(
      kept
        .filter((line) => line['type'] === 'node')
        .map((line) => line['hash'])
        .toSorted(),
    ).toEqual(own.toSorted());
    expect(/^[\x20-\x7e\n]*$/.test(readFileSync(file(done.id), 'utf8'))).toBe(true);
    expect(kept.filter((line) => line['type'] === 'absent')).toEqual([]);
  });

  it('has no file where everything stays reachable', () => {
    const done = act(bench, { kind: 'create-branch', name: 'x', at: null, head: false });
    undo(bench, done);
    const tag = act(bench, { kind: 'tag', name: 'v', at: null });
    expect(planOf(bench, { kind: 'untag', name: 'v' }).keeps).toBeNull();
    undo(bench, tag);
    expect(existsSync(join(bench.paths.dir, 'vekscope', 'trash'))).toBe(false);
  });

  it('puts back what a gc has removed, and nothing else', () => {
    const before = placeOf(bench);
    const done = act(bench, { kind: 'delete-branch', name: other() });
    collectGarbage(bench);
    expect(placeOf(bench).nodes).toBeLessThan(before.nodes);
    const plan = planOf(bench, { kind: 'undo', operation: done.id });
    expect(plan.warnings.join()).toContain('put back from the trash');
    value(applyPlan(bench.paths, plan, bench.ctx));
    expect(placeOf(bench).refs).toEqual(before.refs);
    expect(placeOf(bench).nodes).toBe(before.nodes);
  });

  it('keeps again what a redo lets go, also after a gc in between', () => {
    const before = placeOf(bench);
    const name = other();
    const done = act(bench, { kind: 'delete-branch', name });
    const undone = undo(bench, done);
    const redone = undo(bench, undone);
    expect(lines(redone.id)).toEqual(lines(done.id));
    collectGarbage(bench);
    undo(bench, redone);
    expect(placeOf(bench).refs).toEqual(before.refs);
  });

  it('takes nothing from a file that was altered', () => {
    const done = act(bench, { kind: 'delete-branch', name: other() });
    collectGarbage(bench);
    const before = placeOf(bench);
    const text = readFileSync(file(done.id), 'utf8');
    writeFileSync(file(done.id), text.replaceAll(/"tool": "\w+"/g, '"tool": "evil"'));
    expect(failure(planAction(bench.paths, { kind: 'undo', operation: done.id }, bench.ctx)).kind).toBe(
      'conflict',
    );
    writeFileSync(file(done.id), text.replaceAll(/"content_b64": "/g, '"content_b64": "AAAA'));
    const plan = planOf(bench, { kind: 'undo', operation: done.id });
    expect(plan.warnings.join()).toMatch(/\d+ kept records do not fit/);
    expect(placeOf(bench)).toEqual(before);
  });

  it('puts back a large past in several short transactions', () => {
    const bytes = Buffer.from(JSON.stringify('x'.repeat(limits.restoreStepBytes)));
    const big = blobHash(bytes);
    outside(bench, 'INSERT INTO objects VALUES (?, ?)', big, bytes);
    let tip = placeOf(bench).refs['try-mock']!;
    for (let i = 0; i < 3; i++) {
      const record = {
        tool: `t${i}`,
        input_hash: big,
        output_hash: big,
        parent_hash: tip,
        timestamp: '2025-01-01T00:00:00+00:00',
        merge_parent: null,
      };
      tip = nodeHash(record);
      outside(
        bench,
        'INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, NULL)',
        tip,
        record.tool,
        big,
        big,
        record.parent_hash,
        record.timestamp,
      );
    }
    outside(bench, 'INSERT INTO refs VALUES (?, ?)', 'large', tip);
    const before = placeOf(bench);
    const done = act(bench, { kind: 'delete-branch', name: 'large' });
    collectGarbage(bench);
    const points: string[] = [];
    const plan = planOf(bench, { kind: 'undo', operation: done.id });
    value(applyPlan(bench.paths, plan, { ...bench.ctx, probe: (point) => points.push(point) }));
    expect(points.filter((point) => point === 'nodes-restored')).toHaveLength(2);
    expect(points.lastIndexOf('nodes-restored')).toBeLessThan(points.indexOf('transaction-open'));
    expect(placeOf(bench)).toEqual(before);
  });

  it('does not put calls on a past that is gone', () => {
    const before = placeOf(bench);
    const younger = act(bench, { kind: 'delete-branch', name: 'try-retry' });
    const older = act(bench, { kind: 'delete-branch', name: 'docs/changelog' });
    collectGarbage(bench);
    const between = placeOf(bench);
    const plan = planOf(bench, { kind: 'undo', operation: younger.id });
    const refused = failure(applyPlan(bench.paths, plan, bench.ctx));
    expect(refused.kind).toBe('conflict');
    expect(refused.message).toContain('has been removed from the store since');
    expect(placeOf(bench)).toEqual(between);
    undo(bench, older);
    undo(bench, younger);
    expect(placeOf(bench).refs).toEqual(before.refs);
    expect(placeOf(bench).nodes).toBe(before.nodes);
  });

  it('keeps a damaged past as it is, and says what was absent', () => {
    closeBench(bench);
    bench = openBench('corrupt-parent-missing');
    outside(bench, `DELETE FROM refs WHERE name = 'side'`);
    const tip = chainOf(bench, 'main')[0]!;
    const root = '(SELECT hash FROM nodes WHERE parent_hash IS NULL)';
    outside(bench, `INSERT INTO refs VALUES ('aside', ${root})`);
    writeFileSync(bench.paths.head, 'ref: aside\n');
    const before = placeOf(bench);
    const done = act(bench, { kind: 'delete-branch', name: 'main' });
    expect(lines(done.id).some((line) => line['type'] === 'absent')).toBe(true);
    collectGarbage(bench);
    undo(bench, done);
    expect(placeOf(bench).refs).toEqual(before.refs);
    expect(chainOf(bench, 'main')[0]).toBe(tip);
    expect(readdirSync(join(bench.paths.dir, 'vekscope', 'trash'))).toEqual([`${done.id}.jsonl`]);
  });
});
