import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { copyGolden, expectedOf, goldenCases } from '../../test/support/goldens.ts';
import type { Result } from '../contract/failure.ts';
import type { CheckEvent } from '../contract/workspace.ts';
import { blobHash, nodeHash } from '../core/vek/hash.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

const whole = { filter: '', focus: [] };
let engine: TestEngine | null = null;
const folders: string[] = [];

afterEach(() => {
  engine?.close();
  engine = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function golden(name: string): string {
  const folder = copyGolden(name);
  folders.push(folder);
  return folder;
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

async function openOn(folder: string): Promise<{ readonly at: TestEngine; readonly source: string }> {
  engine = startTestEngine();
  const workspace = value(await engine.client.workspace.open({ path: folder }));
  return { at: engine, source: workspace.sources[0]!.id };
}

/** Names, sizes, times and bytes of everything in a folder. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const path = join(folder, name);
    const stat = lstatSync(path, { bigint: true });
    hash.update(`${name} ${stat.size} ${stat.mtimeNs} ${stat.mode}\n`);
    if (stat.isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Stores a call the way the real tool does, through a connection of its own. */
function storeCall(folder: string, tool: string, input: string, output: string): string {
  const db = new Database(join(folder, '.vek', 'vek.db'));
  db.pragma('journal_mode = WAL');
  const insert = db.transaction(() => {
    const hashes = [input, output].map((text) => {
      const bytes = Buffer.from(text);
      const hash = blobHash(bytes);
      db.prepare('INSERT OR IGNORE INTO objects VALUES (?, ?)').run(hash, bytes);
      return hash;
    });
    const parent = db.prepare<[], string>(`SELECT hash FROM refs WHERE name = 'main'`).pluck().get() ?? null;
    const record = {
      tool,
      input_hash: hashes[0]!,
      output_hash: hashes[1]!,
      parent_hash: parent,
      timestamp: '2031-01-01T00:00:00.000001+00:00',
      merge_parent: null,
    };
    const hash = nodeHash(record);
    db.prepare('INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, NULL)').run(
      hash,
      tool,
      record.input_hash,
      record.output_hash,
      parent,
      record.timestamp,
    );
    db.prepare(
      `INSERT INTO refs VALUES ('main', ?) ON CONFLICT (name) DO UPDATE SET hash = excluded.hash`,
    ).run(hash);
    return hash;
  });
  const hash = insert.immediate();
  db.close();
  return hash;
}

describe('looking', () => {
  const unreadable = new Set(['corrupt-not-a-database']);

  test.each(goldenCases())('%s is shown as far as it can be read, and not a byte changes', async (name) => {
    const folder = golden(name);
    const before = fingerprint(folder);
    const { at, source } = await openOn(folder);
    const { client } = at;
    const overview = await client.vek.overview({ source });
    const rows = await client.vek.rows({ source, view: whole, start: 0, count: 200 });
    if (unreadable.has(name)) {
      expect(overview).toMatchObject({ ok: false, error: { kind: 'not-a-database' } });
      expect(rows.ok).toBe(false);
    } else {
      const shown = value(rows);
      expect(shown.total).toBe(value(overview).counts.nodes);
      for (const row of shown.rows) {
        const detail = value(await client.vek.node({ source, hash: row.hash }));
        expect(detail.record.hash).toBe(row.hash);
        expect(detail.row.broken).toEqual(row.broken);
      }
      const status = expectedOf(name)['status'] as Record<string, unknown>;
      if (status['nodes'] !== undefined) expect(shown.total).toBe(status['nodes']);
    }
    at.close();
    engine = null;
    expect(fingerprint(folder)).toBe(before);
  });

  test('rows name what is broken of a call, in its place', async () => {
    for (const [name, hash, words] of [
      ['corrupt-object-missing', 'dc9bd8bd', 'input is missing'],
      ['corrupt-object-altered', '7e518d8d', 'output was altered'],
      ['corrupt-node-altered', '535dc0ba', 'record was altered'],
      ['corrupt-parent-missing', 'dc9bd8bd', 'parent is missing'],
    ] as const) {
      const { at, source } = await openOn(golden(name));
      const { rows } = value(await at.client.vek.rows({ source, view: whole, start: 0, count: 50 }));
      expect(rows.find((row) => row.hash.startsWith(hash))?.broken).toEqual([words]);
      expect(rows.filter((row) => row.broken.length > 0).length).toBeGreaterThan(0);
      at.close();
    }
  });

  test('a call whose hash is no hash answers all the same', async () => {
    const folder = golden('linear');
    const long = 'x'.repeat(3000);
    const db = new Database(join(folder, '.vek', 'vek.db'));
    const insert = db.prepare(
      `INSERT INTO nodes SELECT ?, 'odd', ?, ?, NULL, timestamp, NULL FROM nodes LIMIT 1`,
    );
    for (const hash of ['', long]) insert.run(hash, hash, long);
    db.close();
    const { at, source } = await openOn(folder);
    const { client } = at;
    for (const hash of ['', long]) {
      expect(value(await client.vek.node({ source, hash })).record).toMatchObject({ hash, tool: 'odd' });
      expect(await client.vek.locate({ source, view: whole, hash })).toHaveProperty('ok');
      expect(value(await client.vek.content({ source, hash, limitBytes: 10 })).form).toBe('missing');
    }
    const action = { kind: 'fork', at: long, name: 'at-odd', head: false } as const;
    expect(await client.operations.plan({ source, action })).toHaveProperty('ok');
  });

  test('filters by tool, branch, failure and text; a bad filter says what is wrong', async () => {
    const { at, source } = await openOn(golden('forked'));
    const total = async (filter: string, focus: string[] = []): Promise<number> =>
      value(await at.client.vek.rows({ source, view: { filter, focus }, start: 0, count: 50 })).total;
    expect(await total('tool:run_tests')).toBe(3);
    const chain = (expectedOf('forked')['log_by_branch'] as Record<string, string[]>)['try-mock']!;
    expect(await total('', ['try-mock'])).toBe(chain.length);
    expect(await total('branch:try-mock tool:edit')).toBe(1);
    expect(await total('error')).toBe(1);
    expect(await total('monkeypatch')).toBe(1);
    expect(await total('no such words anywhere')).toBe(0);
    expect(
      await at.client.vek.rows({ source, view: { filter: 'brunch:x', focus: [] }, start: 0, count: 5 }),
    ).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
  });

  test('locates by prefix and steps to parents and children', async () => {
    const { at, source } = await openOn(golden('forked'));
    const located = value(await at.client.vek.locate({ source, view: whole, hash: '5e32db38' }));
    const parent = value(await at.client.vek.step({ source, view: whole, hash: located.hash, to: 'parent' }));
    expect(parent.hash.startsWith('b9f1c245')).toBe(true);
    const child = value(await at.client.vek.step({ source, view: whole, hash: parent.hash, to: 'child' }));
    expect(child).toEqual(located);
    expect(await at.client.vek.locate({ source, view: whole, hash: 'ffff' })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
  });

  test('a full check tells its progress and marks the source', async () => {
    const { at, source } = await openOn(golden('corrupt-object-altered'));
    const told: CheckEvent[] = [];
    for await (const event of await at.client.vek.check({ source })) told.push(event);
    const last = told.at(-1)!;
    expect(last).toMatchObject({ type: 'report', report: { ok: false } });
    await at.heard((event) => event.type === 'source-state' && event.source.state === 'damaged');
    expect(value(await at.client.vek.overview({ source })).lastCheck).toMatchObject({
      ok: false,
      stale: false,
    });
  });

  test('a folder outside the roots is refused, also through a link; one in them with an odd name is not', async () => {
    const outside = golden('linear');
    const root = golden('empty');
    symlinkSync(outside, join(root, 'link'));
    mkdirSync(join(root, '..odd'));
    engine = startTestEngine({ roots: [root] });
    const { workspace } = engine.client;
    for (const path of [outside, join(root, 'link')]) {
      expect(await workspace.open({ path })).toMatchObject({ ok: false, error: { kind: 'refused' } });
    }
    expect((await workspace.open({ path: root })).ok).toBe(true);
    expect(await workspace.open({ path: join(root, '..odd') })).toMatchObject({ ok: true });
  });
});

describe('live', () => {
  test('a call of another process appears, and what is open stays', async () => {
    const folder = golden('linear');
    const { at, source } = await openOn(folder);
    const first = value(await at.client.vek.rows({ source, view: whole, start: 0, count: 50 }));
    const hash = storeCall(folder, 'search', '{"q":"live"}', '[1,2]');
    await at.heard((event) => event.type === 'source-changed' && event.revision > first.revision);
    const next = value(await at.client.vek.rows({ source, view: whole, start: 0, count: 50 }));
    expect(next.total).toBe(first.total + 1);
    expect(next.rows[0]).toMatchObject({ hash, refs: [{ name: 'main', head: true }] });
    expect(next.rows.slice(1).map((row) => row.hash)).toEqual(first.rows.slice(0, 49).map((row) => row.hash));
    const overview = value(await at.client.vek.overview({ source }));
    expect(overview).toMatchObject({ tip: hash, counts: { nodes: 26, objects: 51 } });
  });

  test('a text filter takes in the calls that come', async () => {
    const folder = golden('linear');
    const { at, source } = await openOn(folder);
    const view = { filter: 'needle-in-the-store', focus: [] };
    const first = value(await at.client.vek.rows({ source, view, start: 0, count: 5 }));
    expect(first.total).toBe(0);
    storeCall(folder, 'search', '{"q":"needle-in-the-store"}', '[]');
    await at.heard((event) => event.type === 'source-changed' && event.revision > first.revision);
    expect(value(await at.client.vek.rows({ source, view, start: 0, count: 5 })).total).toBe(1);
  });

  test('a repository that is moved away is gone, and is back when it is put back', async () => {
    const folder = golden('linear');
    const { at, source } = await openOn(folder);
    value(await at.client.vek.rows({ source, view: whole, start: 0, count: 5 }));
    renameSync(join(folder, '.vek'), join(folder, 'away'));
    await at.heard((event) => event.type === 'source-state' && event.source.state === 'gone');
    expect((await at.client.vek.rows({ source, view: whole, start: 0, count: 5 })).ok).toBe(false);
    renameSync(join(folder, 'away'), join(folder, '.vek'));
    await at.heard((event) => event.type === 'source-state' && event.source.state === 'ok');
    expect(value(await at.client.vek.rows({ source, view: whole, start: 0, count: 5 })).total).toBe(25);
  });

  test('a repository that is replaced by another one is shown anew', async () => {
    const folder = golden('linear');
    const { at, source } = await openOn(folder);
    const first = value(await at.client.vek.rows({ source, view: whole, start: 0, count: 5 }));
    rmSync(join(folder, '.vek'), { recursive: true });
    renameSync(join(golden('forked'), '.vek'), join(folder, '.vek'));
    await at.heard((event) => event.type === 'source-changed' && event.revision > first.revision);
    await expect
      .poll(async () => {
        const rows = await at.client.vek.rows({ source, view: whole, start: 0, count: 5 });
        return rows.ok ? rows.value.total : null;
      })
      .toBe(19);
  });

  test('a row that was changed in place makes the index be read again', async () => {
    const folder = golden('linear');
    const { at, source } = await openOn(folder);
    const first = value(await at.client.vek.rows({ source, view: whole, start: 0, count: 50 }));
    const db = new Database(join(folder, '.vek', 'vek.db'));
    db.prepare(`UPDATE nodes SET tool = 'renamed' WHERE hash = ?`).run(first.rows[3]!.hash);
    db.close();
    await at.heard((event) => event.type === 'source-changed' && event.revision > first.revision);
    await expect
      .poll(async () => {
        value(await at.client.vek.rows({ source, view: whole, start: 0, count: 50 }));
        return value(
          await at.client.vek.rows({
            source,
            view: { filter: 'tool:renamed', focus: [] },
            start: 0,
            count: 5,
          }),
        ).total;
      })
      .toBe(1);
  });
});

describe('writing', () => {
  test('forks by plan and apply, tells it, and undoes it', async () => {
    const { at, source } = await openOn(golden('linear'));
    const { rows } = value(await at.client.vek.rows({ source, view: whole, start: 0, count: 50 }));
    const plan = value(
      await at.client.operations.plan({
        source,
        action: { kind: 'fork', at: rows[4]!.hash, name: 'try', head: false },
      }),
    );
    expect(plan).toMatchObject({ refs: [{ name: 'try', before: null, after: rows[4]!.hash }], head: null });
    const operation = value(await at.client.operations.apply({ source, plan: plan.id }));
    await at.heard((event) => event.type === 'operations-changed');
    const branches = async (): Promise<string[]> =>
      value(await at.client.vek.overview({ source })).branches.map((branch) => branch.name);
    await expect.poll(branches).toEqual(['main', 'try']);
    expect(await at.client.operations.apply({ source, plan: plan.id })).toMatchObject({ ok: false });
    const undo = value(
      await at.client.operations.plan({ source, action: { kind: 'undo', operation: operation.id } }),
    );
    value(await at.client.operations.apply({ source, plan: undo.id }));
    await expect.poll(branches).toEqual(['main']);
    expect(value(await at.client.operations.list({ source })).map((one) => one.state)).toEqual([
      'done',
      'undone',
    ]);
  });

  test('a branch that moved after the preview is a conflict, and nothing is written', async () => {
    const folder = golden('linear');
    const { at, source } = await openOn(folder);
    const plan = value(
      await at.client.operations.plan({
        source,
        action: { kind: 'rename-branch', from: 'main', to: 'trunk' },
      }),
    );
    const hash = storeCall(folder, 'search', '1', '2');
    expect(await at.client.operations.apply({ source, plan: plan.id })).toMatchObject({
      ok: false,
      error: { kind: 'conflict' },
    });
    await expect.poll(async () => value(await at.client.vek.overview({ source })).tip).toBe(hash);
  });
});

describe('unasked checks', () => {
  test('a small repository is checked after it was opened, and its damage stays listed while it grows', async () => {
    const folder = golden('corrupt-object-altered');
    const { at, source } = await openOn(folder);
    const damaged = await at.heard(
      (event) => event.type === 'source-state' && event.source.state === 'damaged',
    );
    expect(damaged).toMatchObject({
      source: { problems: [{ kind: 'output-altered' }, { kind: 'object-altered' }] },
    });
    expect(value(await at.client.vek.overview({ source })).lastCheck).toMatchObject({
      ok: false,
      stale: false,
    });
    storeCall(folder, 'note', '"more"', 'null');
    await expect
      .poll(async () => value(await at.client.vek.overview({ source })).lastCheck)
      .toMatchObject({ ok: false, stale: true });
    expect(value(await at.client.vek.overview({ source })).problems).toHaveLength(2);
  });

  test('a sound one is said to be sound, with the time', async () => {
    const { at, source } = await openOn(golden('linear'));
    const before = Date.now() * 1000;
    await expect
      .poll(async () => value(await at.client.vek.overview({ source })).lastCheck)
      .toMatchObject({ ok: true, nodes: 25, objects: 49, stale: false });
    expect(value(await at.client.vek.overview({ source })).lastCheck!.atMicros).toBeGreaterThanOrEqual(
      before,
    );
  });
});
