import Database from 'better-sqlite3';
import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { copyGolden, expectedOf } from '../../../test/support/goldens.ts';
import type { CheckReport, SoundKind } from '../../contract/problem.ts';
import { checkRepository } from './check.ts';
import { repositoryAt, type RepositoryPaths } from './paths.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function check(name: string, change?: (paths: RepositoryPaths) => void): Promise<CheckReport> {
  const root = copyGolden(name);
  made.push(root);
  const paths = repositoryAt(root) as RepositoryPaths;
  change?.(paths);
  const result = await checkRepository(paths);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const sound = ({ sound: facts }: CheckReport): SoundKind[] => facts.map(({ what }) => what);
const text = ({ sound: facts }: CheckReport, what: SoundKind): string | undefined =>
  facts.find((fact) => fact.what === what)?.text;

describe('what a check found to hold', () => {
  it('is everything in a sound repository', async () => {
    const report = await check('forked');
    expect(sound(report)).toEqual([
      'file',
      'columns',
      'head',
      'objects',
      'calls',
      'parents',
      'circles',
      'times',
      'refs',
      'indexes',
      'log',
    ]);
    const { nodes, objects } = expectedOf('forked')['status'] as { nodes: number; objects: number };
    expect(text(report, 'calls')).toBe(`${nodes} calls hash to their records`);
    expect(text(report, 'objects')).toBe(`${objects} objects hash to their names`);
    expect(text(report, 'log')).toBe('No commit waits in vek.db-wal');
    expect(report.notChecked).toEqual([]);
    expect(report.cutOff).toBeNull();
  });

  it.each<[string, SoundKind]>([
    ['corrupt-parent-missing', 'parents'],
    ['corrupt-ref-dangling', 'refs'],
    ['corrupt-cycle', 'circles'],
    ['corrupt-no-head', 'head'],
    ['detached-ref', 'head'],
    ['legacy-v0', 'columns'],
  ])('leaves out in %s what is wrong: %s', async (name, what) => {
    expect(sound(await check(name))).not.toContain(what);
  });

  it('counts only what is right', async () => {
    const node = await check('corrupt-node-altered');
    expect(text(node, 'calls')).toMatch(/^7 of 9 calls/);
    expect(text(await check('corrupt-object-altered'), 'objects')).toMatch(/^17 of 18 objects/);
  });

  it('says nothing of pages and indexes that were not looked at', async () => {
    const report = await check('corrupt-truncated');
    expect(sound(report)).not.toContain('file');
    expect(sound(report)).not.toContain('indexes');
    expect(report.notChecked.join()).toContain('rescued');
  });

  it('counts parents that are newer than their child', async () => {
    const report = await check('linear', ({ db }) => {
      const store = new Database(db);
      store.exec(`UPDATE nodes SET timestamp = '2031-01-01T00:00:00+00:00' WHERE rowid = 3`);
      store.close();
    });
    expect(text(report, 'times')).toBe('All times are readable; 1 parent is newer than its child');
  });

  it('tells that HEAD names a branch that is there', async () => {
    const report = await check('linear', ({ head }) => writeFileSync(head, 'ref: nowhere\n'));
    expect(sound(report)).not.toContain('head');
  });

  it('names the pages that SQLite is not content with', async () => {
    const report = await check('linear', ({ db }) => {
      const store = new Database(db);
      store.unsafeMode(true);
      store.pragma('writable_schema = 1');
      store.exec(`UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'refs')
        WHERE name = 'sqlite_autoindex_refs_1'`);
      store.close();
    });
    expect(report.ok).toBe(false);
    expect(sound(report)).not.toContain('file');
  });
});

describe('the calls that gc would delete', () => {
  it('are counted where a call is missing, with the part that likely stood before', async () => {
    const { node, cut_off: cutOff } = expectedOf('corrupt-parent-missing')['touched'] as {
      node: string;
      cut_off: string[];
    };
    const report = await check('corrupt-parent-missing');
    const gap = report.problems.find((problem) => problem.kind === 'parent-missing');
    expect(gap?.facts?.named).toBe(node);
    expect(report.cutOff).toMatchObject({ calls: cutOff.length, parts: 1 });
    const [part] = report.cutOff?.listed ?? [];
    expect(cutOff).toContain(part?.hash);
    expect(part).toMatchObject({ calls: cutOff.length, before: gap?.hash });
    const gone = expectedOf('corrupt-parent-missing')['gc_dry_run'] as { unreachable_nodes: string[] };
    expect(report.cutOff?.calls).toBe(gone.unreachable_nodes.length);
  });

  it('are not told of where nothing is missing', async () => {
    expect((await check('corrupt-object-missing')).cutOff).toBeNull();
    expect((await check('forked')).cutOff).toBeNull();
  });
});
