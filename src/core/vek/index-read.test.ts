import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyGolden, expectedOf, goldenCases } from '../../../test/support/goldens.ts';
import { anyGraph, parentName, testHash, testTime, type TestNode } from '../../../test/support/graphs.ts';
import { mergeBases } from '../graph/ancestors.ts';
import { edgesIn } from '../graph/edges.ts';
import { FLAG, MISSING, type GraphIndex } from '../graph/index.ts';
import { claimsOf, layoutGraph } from '../graph/layout.ts';
import { extendedOrder, topologicalOrder } from '../graph/order.ts';
import { exactTime, looseTime } from '../graph/time.ts';
import { extendIndexIn } from './index-extend.ts';
import { fromTransfer, readAllIn, readIndex, toTransfer, type VekIndex } from './index-read.ts';
import { repositoryAt, type RepositoryPaths } from './paths.ts';
import { lookAtVek } from './store.ts';

function golden(name: string): RepositoryPaths {
  return repositoryAt(copyGolden(name))!;
}

function indexOfGolden(name: string): VekIndex {
  const read = readIndex(golden(name));
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

/** An empty repository, and a way to run statements on it with no connection left open. */
function emptyRepository(): {
  paths: RepositoryPaths;
  write: (work: (db: Database.Database) => void) => void;
} {
  const root = mkdtempSync(join(tmpdir(), 'vekscope-index-'));
  mkdirSync(join(root, '.vek'));
  writeFileSync(join(root, '.vek', 'HEAD'), 'ref: main\n');
  const write = (work: (db: Database.Database) => void): void => {
    const db = new Database(join(root, '.vek', 'vek.db'));
    work(db);
    db.close();
  };
  write((db) =>
    db.exec(`CREATE TABLE objects (hash TEXT PRIMARY KEY, content BLOB NOT NULL);
      CREATE TABLE nodes (hash TEXT PRIMARY KEY, tool TEXT NOT NULL, input_hash TEXT NOT NULL, output_hash TEXT NOT NULL,
        parent_hash TEXT, timestamp TEXT NOT NULL, merge_parent TEXT);
      CREATE TABLE refs (name TEXT PRIMARY KEY, hash TEXT NOT NULL);`),
  );
  return { paths: repositoryAt(root)!, write };
}

function insert(db: Database.Database, nodes: readonly TestNode[], from: number, to: number): void {
  const add = db.prepare(`INSERT INTO nodes VALUES (?, ?, 'i', 'o', ?, ?, ?)`);
  for (let i = from; i < to; i++) {
    const node = nodes[i]!;
    const time = node.second === null ? 'never' : testTime(node.second);
    add.run(testHash(i), `tool${i % 3}`, parentName(node.parent, i), time, parentName(node.merge, i));
  }
}

/** Everything that an index says, in a form to compare. */
function contents(index: GraphIndex): unknown {
  const { count, toolNames, missing, ordered, chronological } = index;
  return {
    count,
    missing,
    ordered,
    chronological,
    rowids: [...index.rowids],
    parents: [...index.parents],
    mergeParents: [...index.mergeParents],
    times: [...index.timeMicros],
    tools: [...index.tools].map((id) => toolNames[id]),
    flags: [...index.flags],
  };
}

function must<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Styles of all lines that are not plain. */
function styles(name: string): string[] {
  const index = indexOfGolden(name);
  const layout = layoutGraph(index, topologicalOrder(index), claimsOf(index, []), null);
  expect(layout.rows).toBe(index.count);
  return edgesIn(layout, 0, layout.rows).flatMap((edge) => (edge.style === 'solid' ? [] : [edge.style]));
}

function extended(paths: RepositoryPaths, index: VekIndex): GraphIndex | null {
  return must(lookAtVek(paths, (s) => extendIndexIn(s, index)));
}

describe('readIndex', () => {
  const unreadable = new Set(['corrupt-not-a-database']);

  it.each(goldenCases().filter((name) => !unreadable.has(name)))('agrees with the records of %s', (name) => {
    const paths = golden(name);
    const index = must(readIndex(paths));
    must(
      lookAtVek(paths, (s) => {
        expect(index.count).toBe(s.counts().nodes);
        for (let i = 0; i < index.count; i++) {
          const record = s.nodeAt(index.rowids[i]!)!;
          expect(index.find(record.hash)).toBe(i);
          expect(index.toolNames[index.tools[i]!]).toBe(record.tool);
          const [exact, loose] = [exactTime(record.timestamp), looseTime(record.timestamp)];
          expect(index.timeMicros[i]).toBe(Number.isNaN(exact) ? loose : exact);
          const flag = Number.isNaN(loose) ? FLAG.time : Number.isNaN(exact) ? FLAG.timeForm : 0;
          expect(index.flags[i]).toBe(flag);
          for (const [parent, hash] of [
            [index.parents[i]!, record.parent_hash],
            [index.mergeParents[i]!, record.merge_parent],
          ] as const) {
            if (hash === null) expect(parent).toBe(-1);
            else expect(parent).toBe(s.node(hash) === null ? MISSING : index.find(hash));
          }
        }
      }),
    );
  });

  it('finds both merge bases of the criss-cross', () => {
    const index = indexOfGolden('forked');
    const { named } = expectedOf('forked') as { named: Record<string, unknown> };
    const tips = new Map(
      (expectedOf('forked')['branch'] as [string, string][]).map(([name, hash]) => [name, index.find(hash)]),
    );
    const bases = mergeBases(index, tips.get('try-retry')!, tips.get('docs/changelog')!);
    const expected = Object.values(named)
      .flat()
      .filter((hash): hash is string => typeof hash === 'string');
    expect(bases).toHaveLength(2);
    expect(bases).toEqual([12, 11]);
    expect(expected.map((hash) => index.find(hash))).toEqual(expect.arrayContaining(bases));
  });

  it('draws a cycle with one line upwards and a missing parent with a line that ends', () => {
    expect(styles('corrupt-cycle')).toEqual(['backward']);
    expect(styles('corrupt-parent-missing')).toEqual(['missing']);
    expect(styles('corrupt-merge-parent-missing')).toEqual(['missing']);
    expect(styles('linear')).toEqual([]);
  });

  it('keeps rows with odd values in their place', () => {
    const { paths, write } = emptyRepository();
    write((db) => {
      const add = db.prepare('INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?)');
      add.run(testHash(0), 't', 'i', 'o', null, '2026-01-01 10:00:00Z', null);
      add.run(Buffer.from('00ff', 'hex'), 't', 'i', 'o', testHash(0), 'yesterday', null);
      add.run('SHORT', Buffer.from('x'), 'i', 'o', 'nobody', testTime(3), '');
      add.run(testHash(3), 't', 'i', 'o', 'SHORT', Buffer.from('x'), Buffer.from('y'));
      add.run(null, 't', 'i', 'o', testHash(3), testTime(5), null);
    });
    const index = must(readIndex(paths));
    expect(index.count).toBe(5);
    expect([...index.parents]).toEqual([-1, 0, MISSING, 2, 3]);
    expect([...index.mergeParents]).toEqual([-1, -1, MISSING, MISSING, -1]);
    expect([...index.flags]).toEqual([
      FLAG.timeForm,
      FLAG.hash | FLAG.time,
      FLAG.tool,
      FLAG.time | FLAG.mergeParent,
      FLAG.hash,
    ]);
    expect(index.find('SHORT')).toBe(2);
    expect(index.timeMicros[0]).toBe(exactTime('2026-01-01T10:00:00+00:00'));
  });

  it('takes a hash that differs only in its tail for another one', () => {
    const index = indexOfGolden('linear');
    const [hash] = (expectedOf('linear')['log'] as { hash: string }[]).map((record) => record.hash);
    const altered = hash!.slice(0, 63) + (hash!.endsWith('0') ? '1' : '0');
    expect(index.find(hash!)).toBeGreaterThanOrEqual(0);
    expect(index.find(altered)).toBe(-1);
    expect(index.find(hash!.toUpperCase())).toBe(-1);
  });

  it('survives being sent to another thread', () => {
    const index = indexOfGolden('forked');
    const before = contents(index);
    const arrived = fromTransfer(structuredClone(toTransfer(index)));
    expect(contents(arrived)).toEqual(before);
    const [, hash] = (expectedOf('forked')['branch'] as [string, string][])[0]!;
    expect(arrived.find(hash)).toBeGreaterThanOrEqual(0);
    expect(arrived.parents.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(contents(index)).toEqual(before);
  });
});

describe('extending', () => {
  it('gives the same as reading anew, and leaves the old index as it was', () => {
    fc.assert(
      fc.property(anyGraph({ cycles: true, size: 60 }), fc.nat(60), fc.nat(60), (nodes, first, second) => {
        const steps = [Math.min(first, second), Math.max(first, second), nodes.length].map((n) =>
          Math.min(n, nodes.length),
        );
        const { paths, write } = emptyRepository();
        let at = 0;
        let index: VekIndex | null = null;
        let order: Int32Array | null = null;
        for (const to of steps) {
          write((db) => insert(db, nodes, at, to));
          const old: { index: VekIndex; text: string } | null =
            index === null ? null : { index, text: JSON.stringify(contents(index)) };
          const next: VekIndex = must(readIndex(paths, index));
          const anew = must(lookAtVek(paths, readAllIn));
          expect(contents(next)).toEqual(contents(anew));
          for (let i = 0; i < to; i++) expect(next.find(testHash(i))).toBe(i);
          for (let i = to; i < nodes.length; i++) expect(next.find(testHash(i))).toBe(-1);
          const nextOrder: Int32Array =
            index === null || order === null ? topologicalOrder(next) : extendedOrder(next, index, order);
          expect([...nextOrder]).toEqual([...topologicalOrder(anew)]);
          if (old !== null) {
            expect(JSON.stringify(contents(old.index))).toBe(old.text);
            for (let i = at; i < to; i++) expect(old.index.find(testHash(i))).toBe(-1);
          }
          [at, index, order] = [to, next, nextOrder];
        }
      }),
      { numRuns: 40 },
    );
  });

  const chain = Array.from({ length: 40 }, (_, i) => ({ parent: i - 1, merge: -1, second: i }));

  it('uses the free room of the buffers, and copies when that is taken', () => {
    const { paths, write } = emptyRepository();
    write((db) => insert(db, chain, 0, 20));
    const first = must(readIndex(paths));
    write((db) => insert(db, chain, 20, 21));
    const second = must(readIndex(paths, first));
    write((db) => insert(db, chain, 21, 22));
    const third = must(readIndex(paths, second));
    expect(third.parents.buffer).toBe(second.parents.buffer);
    const other = must(readIndex(paths, second));
    expect(other.parents.buffer).not.toBe(second.parents.buffer);
    expect(contents(other)).toEqual(contents(third));
    expect(second.count).toBe(21);
  });

  it('refuses when rows were removed, replaced or changed', () => {
    const { paths, write } = emptyRepository();
    write((db) => insert(db, chain, 0, 20));
    const index = must(readIndex(paths));
    expect(extended(paths, index)).not.toBeNull();
    write((db) => db.exec('DELETE FROM nodes WHERE rowid = 7'));
    expect(extended(paths, index)).toBeNull();
    write((db) => db.exec('DELETE FROM nodes WHERE rowid = 20'));
    write((db) => insert(db, chain, 25, 27));
    expect(extended(paths, index)).toBeNull();
    expect(must(readIndex(paths, index)).count).toBe(20);

    const changed = emptyRepository();
    changed.write((db) => insert(db, chain, 0, 3));
    for (const change of [
      `UPDATE nodes SET tool = 'other'`,
      `UPDATE nodes SET timestamp = '2026-01-01T00:00:00+00:00'`,
      `UPDATE nodes SET parent_hash = 'nobody'`,
      `UPDATE nodes SET merge_parent = 'nobody'`,
      `UPDATE nodes SET hash = 'x' || hash`,
    ]) {
      const before = must(readIndex(changed.paths));
      changed.write((db) => db.exec(change));
      expect(extended(changed.paths, before)).toBeNull();
    }
  });

  it('connects a parent that comes later', () => {
    const { paths, write } = emptyRepository();
    write((db) => insert(db, chain, 1, 20));
    const index = must(readIndex(paths));
    expect(index.parents[0]).toBe(MISSING);
    write((db) => insert(db, chain, 0, 1));
    const next = extended(paths, index)!;
    expect(next.parents[0]).toBe(19);
    expect(next.missing).toBe(0);
    expect(next.ordered).toBe(false);
    expect(index.parents[0]).toBe(MISSING);
  });
});
