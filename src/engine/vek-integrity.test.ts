import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { copyGolden, expectedOf } from '../../test/support/goldens.ts';
import type { Result } from '../contract/failure.ts';
import type { Problem } from '../contract/problem.ts';
import { countFindings, listFindings, overviewProblems } from './vek-findings.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

let engine: TestEngine | null = null;
const folders: string[] = [];

afterEach(() => {
  engine?.close();
  engine = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

/** Opens a copy of a golden and checks it. */
async function checked(name: string) {
  const folder = copyGolden(name);
  folders.push(folder);
  engine = startTestEngine();
  const { client } = engine;
  const workspace = value(await client.workspace.open({ path: folder }));
  const source = workspace.sources[0]!.id;
  for await (const event of await client.vek.check({ source })) {
    if (event.type === 'failed') throw new Error(event.error.message);
  }
  return { client, source, folder, at: engine };
}

function change(folder: string, sql: string): void {
  const db = new Database(join(folder, '.vek', 'vek.db'));
  db.exec(sql);
  db.close();
}

describe('the integrity of a source', () => {
  test('lists what is wrong with where it stands, what holds, and what gc would delete', async () => {
    const { client, source } = await checked('corrupt-parent-missing');
    const { child, node } = expectedOf('corrupt-parent-missing')['touched'] as {
      child: string;
      node: string;
    };
    const known = value(await client.vek.integrity({ source }));
    expect(known.kinds).toEqual([{ kind: 'parent-missing', severity: 'error', count: 1, listed: 1 }]);
    expect(known.findings[0]).toMatchObject({
      hash: child,
      branch: 'main',
      tool: 'search',
      facts: { named: node },
    });
    expect(known.cutOff).toMatchObject({ calls: 2, parts: 1, listed: [{ calls: 2, before: child }] });
    expect(known.check).toMatchObject({
      ok: false,
      stale: false,
      newCalls: null,
      verified: { calls: 8, objects: 18 },
    });
    expect(known.check!.sound.length).toBeGreaterThan(5);
    const chain = value(await client.vek.chain({ source, hash: child }));
    expect(chain).toMatchObject({
      ref: 'main',
      newer: 3,
      parent: { hash: node, present: null },
      refCount: 2,
    });
  });

  test('an altered object is one finding, whatever uses it', async () => {
    const { client, source } = await checked('corrupt-object-altered');
    const { findings } = value(await client.vek.integrity({ source }));
    expect(findings.map(({ kind }) => kind)).toEqual(['object-altered']);
    expect(findings[0]).toMatchObject({ branch: 'main', facts: { uses: 1 } });
    expect(value(await client.vek.overview({ source })).findings).toEqual({
      errors: 1,
      warnings: 0,
      notices: 0,
    });
  });

  test('what gc would delete is told of the store as it is now', async () => {
    const { client, source } = await checked('corrupt-parent-missing');
    const [part] = value(await client.vek.integrity({ source })).cutOff!.listed;
    const action = { kind: 'tag', name: 'rescued', at: part!.hash } as const;
    const plan = value(await client.operations.plan({ source, action }));
    value(await client.operations.apply({ source, plan: plan.id }));
    await expect
      .poll(async () => value(await client.vek.integrity({ source })).cutOff, { timeout: 10_000 })
      .toBeNull();
  });

  test('a branch that was removed is no finding any more, although the check is older', async () => {
    const { client, source, folder } = await checked('corrupt-ref-dangling');
    const refs = async () => value(await client.vek.integrity({ source })).findings.map(({ ref }) => ref);
    expect(await refs()).toContain('broken');
    change(folder, `DELETE FROM refs WHERE name = 'broken'`);
    await expect.poll(refs, { timeout: 10_000 }).not.toContain('broken');
    expect(await refs()).toContain('tag/blob');
  });

  test('a call that is not there has no chain', async () => {
    const { client, source } = await checked('linear');
    const answer = await client.vek.chain({ source, hash: 'f'.repeat(64) });
    expect(answer).toMatchObject({ ok: false, error: { kind: 'not-found' } });
  });

  test('evidence speaks of the state of now, also when the store moved since the check', async () => {
    const { client, source, folder } = await checked('linear');
    const read = async () =>
      JSON.parse(await value(await client.vek.evidence({ source, form: 'json' })).text()) as Record<
        string,
        unknown
      >;
    const first = await read();
    expect(first).toMatchObject({ result: 'sound', counts: { in_the_store: { refs: 1 } } });
    change(folder, `INSERT INTO refs VALUES ('lost', '${'0'.repeat(64)}')`);
    expect(await read()).toMatchObject({ result: 'damaged', counts: { in_the_store: { refs: 2 } } });
    const text = await value(await client.vek.evidence({ source, form: 'text' })).text();
    expect(text).toContain('# Check of');
  });
});

const problem = (kind: Problem['kind'], severity: Problem['severity'], i: number): Problem => ({
  kind,
  severity,
  hash: `${i}`,
  ref: null,
  message: '',
  facts: { calls: ['x'] },
});
const place = () => ({ branch: null, tool: null, timeMicros: null });

describe('lists of very many findings', () => {
  test('an overview carries the worst of them', () => {
    const notices = Array.from({ length: 300 }, (_, i) => problem('time-form', 'notice', i));
    const few = overviewProblems([...notices, problem('node-altered', 'error', 1)]);
    expect(few).toHaveLength(200);
    expect(few[0]).toMatchObject({ kind: 'node-altered' });
    expect(few[0]).not.toHaveProperty('facts');
  });

  test('a window gets so many of each kind, and the whole count', () => {
    const all = Array.from({ length: 7000 }, (_, i) => problem('node-altered', 'error', i));
    const more: Problem = {
      ...problem('more', 'error', 0),
      hash: null,
      facts: { named: 'node-altered', uses: 500 },
    };
    const list = listFindings([...all, more, problem('output-altered', 'error', 1)], place);
    expect(list.kinds).toEqual([{ kind: 'node-altered', severity: 'error', count: 7500, listed: 2000 }]);
    expect(list.findings).toHaveLength(2000);
    expect(countFindings([...all, more])).toEqual({ errors: 7500, warnings: 0, notices: 0 });
  });
});
