import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { copyGolden, expectedOf, goldenCases } from '../../../test/support/goldens.ts';
import type { CheckReport } from '../../contract/vek.ts';
import { checkRepository } from './check.ts';
import { repositoryAt, type RepositoryPaths } from './paths.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function golden(name: string): RepositoryPaths {
  const root = copyGolden(name);
  made.push(root);
  const paths = repositoryAt(root);
  if (paths === null) throw new Error(`No repository in ${root}`);
  return paths;
}

async function check(name: string): Promise<CheckReport> {
  const result = await checkRepository(golden(name));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Every hash of 64 digits anywhere in a value. */
function hashesIn(value: unknown): string[] {
  return JSON.stringify(value ?? null).match(/[0-9a-f]{64}/g) ?? [];
}

const healthy = [
  'conflict',
  'detached-ref',
  'empty',
  'forked',
  'legacy-v0',
  'legacy-v1',
  'legacy-v2',
  'linear',
  'values',
];
const unreadable = ['corrupt-not-a-database'];
const lossy = ['corrupt-empty-file', 'corrupt-truncated'];
const damaged = goldenCases().filter(
  (name) => ![...healthy, ...unreadable, ...lossy, 'corrupt-no-head'].includes(name),
);

describe('a check of the goldens', () => {
  it.each(healthy)('finds no error in %s', async (name) => {
    const report = await check(name);
    expect(report.problems.filter((p) => p.severity === 'error')).toEqual([]);
    expect(report.ok).toBe(true);
    const status = expectedOf(name)['status'] as { nodes: number; objects: number; refs: number };
    expect(report.checked).toEqual({ nodes: status.nodes, objects: status.objects, refs: status.refs });
  });

  it.each(damaged)('covers everything that the real tool finds in %s', async (name) => {
    const report = await check(name);
    expect(report.ok).toBe(false);
    const expected = expectedOf(name);
    const errors = report.problems.filter((p) => p.severity === 'error');
    const kinds: readonly [RegExp, string][] = [
      [/^node hash mismatch/, 'node-altered'],
      [/^missing input blob/, 'input-missing'],
      [/^missing output blob/, 'output-missing'],
      [/^input blob hash mismatch/, 'input-altered'],
      [/^output blob hash mismatch/, 'output-altered'],
      [/^missing parent node/, 'parent-missing'],
      [/^missing merge parent/, 'merge-parent-missing'],
      [/^ref /, 'ref-dangling'],
    ];
    const findings = expected['fsck'];
    if (Array.isArray(findings)) {
      const real = (findings as { hash: string; error: string }[]).map((finding) => {
        const kind = kinds.find(([pattern]) => pattern.test(finding.error));
        return `${kind?.[1]} ${finding.hash}`;
      });
      const own = errors
        .filter((p) => kinds.some(([, kind]) => kind === p.kind))
        .map((p) => `${p.kind} ${p.hash}`);
      expect(own).toEqual(real);
    }
    const named = new Set(errors.flatMap((p) => hashesIn([p.hash, p.message])));
    for (const hash of hashesIn(expected['touched'])) {
      // What hangs behind a missing node is cut off, not damaged.
      const cutOff = (expected['touched'] as { cut_off?: string[] }).cut_off ?? [];
      if (!cutOff.includes(hash)) expect(named).toContain(hash);
    }
  });

  it('says what an altered object is used by, and the reverse', async () => {
    const { object, node } = expectedOf('corrupt-object-altered')['touched'] as {
      object: string;
      node: string;
    };
    const { problems } = await check('corrupt-object-altered');
    const own = problems.find((p) => p.kind === 'object-altered');
    expect(own).toMatchObject({ severity: 'error', hash: object, ref: null });
    expect(own?.message).toContain(node);
    const using = problems.find((p) => p.kind === 'output-altered');
    expect(using?.hash).toBe(node);
    expect(using?.message).toContain(object);
  });

  it('reports a TEXT object on which the real fsck dies', async () => {
    const { node } = expectedOf('corrupt-object-as-text')['touched'] as { node: string };
    const { problems } = await check('corrupt-object-as-text');
    const object = problems.find((p) => p.kind === 'object-not-blob');
    expect(object?.message).toContain('TEXT');
    expect(object?.message).toContain('would fit its hash');
    expect(object?.message).toContain(node);
    expect(problems.some((p) => p.hash === node && p.kind.endsWith('-not-blob'))).toBe(true);
  });

  it('names all calls of a cycle in one problem', async () => {
    const { cycle } = expectedOf('corrupt-cycle')['touched'] as { cycle: string[] };
    const found = (await check('corrupt-cycle')).problems.filter((p) => p.kind === 'cycle');
    expect(found).toHaveLength(1);
    expect(hashesIn(found[0]?.message).sort()).toEqual([...cycle].sort());
  });

  it('names refs and targets', async () => {
    const { problems } = await check('corrupt-ref-dangling');
    const dangling = problems.filter((p) => p.kind === 'ref-dangling');
    expect(dangling.map((p) => p.ref)).toEqual(['broken', 'tag/blob', 'tag/short']);
    expect(dangling[1]?.message).toContain('an object');
    expect(dangling[2]?.hash).toBe('abc');
  });

  it('gives notices, no more, for contents that are not JSON', async () => {
    const { problems } = await check('values');
    const raw = expectedOf('values')['raw_table'] as { blob_hash?: string; hash?: string; error?: string }[];
    const notJson = problems.filter((p) => p.kind === 'object-not-json');
    expect(notJson.every((p) => p.severity === 'notice' && p.hash !== null)).toBe(true);
    // hello, invalid UTF-8, a raw tab in a string, a trailing comma (formats/vek.md §4)
    expect(notJson).toHaveLength(4);
    expect(raw.length).toBeGreaterThan(4);
  });

  it('warns of a missing HEAD and notes an unborn one', async () => {
    const missing = await check('corrupt-no-head');
    expect(missing.ok).toBe(true);
    expect(missing.problems).toMatchObject([{ kind: 'head-missing', severity: 'warning' }]);
    const unborn = await check('detached-ref');
    expect(unborn.problems).toMatchObject([{ kind: 'head-unborn', severity: 'notice', ref: 'ghost' }]);
  });

  it('says what the real tool does to a database of version 0', async () => {
    const { problems } = await check('legacy-v0');
    expect(problems.some((p) => p.severity === 'notice' && p.message.includes('merge_parent'))).toBe(true);
  });

  it.each(lossy)('is not ok with %s', async (name) => {
    const report = await check(name);
    expect(report.ok).toBe(false);
    expect(report.problems.some((p) => p.severity === 'error' && p.hash === null)).toBe(true);
  });

  it('fails where there is no database', async () => {
    const result = await checkRepository(golden('corrupt-not-a-database'));
    expect(result).toMatchObject({ ok: false, error: { kind: 'not-a-database' } });
  });
});
