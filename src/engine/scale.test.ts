import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { writeHistory, type HistoryCall } from '../../test/support/history.ts';
import type { Result } from '../contract/failure.ts';
import { EDGE_STYLES, SHAPE_FLAGS, type GraphStrip } from '../contract/scale.ts';
import type { GraphView } from '../contract/vek.ts';
import { startTestEngine, type TestEngine } from './testing.ts';

const whole: GraphView = { filter: '', focus: [] };
const folded: GraphView = { filter: '', focus: [], fold: true };
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

type Opened = { readonly at: TestEngine; readonly source: string };

async function openOn(folder: string, dataDir?: string): Promise<Opened> {
  engine = startTestEngine(dataDir === undefined ? {} : { dataDir });
  const workspace = value(await engine.client.workspace.open({ path: folder }));
  return { at: engine, source: workspace.sources[0]!.id };
}

function write(
  calls: readonly HistoryCall[],
  refs: Record<string, number>,
): { folder: string; hashes: string[] } {
  const written = writeHistory(calls, refs);
  folders.push(written.folder);
  return written;
}

const failing = '{"error":"no such file"}';

/** 60 calls on main; a fork at 25 to `side`, an hour of nothing after call 38, one failed call at 50. */
function agentRun(): HistoryCall[] {
  const main = Array.from({ length: 60 }, (_, i): HistoryCall => {
    const second = i * 10 + (i > 38 ? 3600 : 0);
    if (i === 50) return { tool: 'read_file', output: failing, second };
    return i % 3 === 0
      ? { tool: 'chat', output: `{"model":"m","usage":{"cost_usd":0.0${1 + (i % 7)}}}`, second }
      : { tool: i % 3 === 1 ? 'read_file' : 'search', second };
  });
  return [...main, { tool: 'chat', after: 25, second: 9_000 }];
}

const refs = { main: 59, side: 60, 'tag/start': 3 };

async function rowsOf({ at, source }: Opened, view: GraphView) {
  return value(await at.client.vek.rows({ source, view, start: 0, count: 200 })).rows;
}

async function known({ at, source }: Opened): Promise<void> {
  for await (const event of await at.client.vek.findFailures({ source }))
    if (event.type !== 'progress') break;
}

describe('folded', () => {
  test('a row stands for a stretch and says what is in it', async () => {
    const { folder, hashes } = write(agentRun(), refs);
    const at = await openOn(folder);
    await known(at);
    const rows = await rowsOf(at, folded);
    const folds = rows.filter((row) => row.fold !== null);
    // Between the tag and the fork are 21 calls, of which one stays at each end; the rest is cut by gap and failure.
    const [fold] = folds;
    expect(folds).toHaveLength(1);
    const members = Array.from({ length: 19 }, (_, i) => 5 + i);
    expect(fold).toMatchObject({
      hash: hashes[23],
      fold: {
        calls: members.length,
        oldest: hashes[5],
        otherCalls: 0,
        tools: [
          { tool: 'search', calls: 7 },
          { tool: 'chat', calls: 6 },
          { tool: 'read_file', calls: 6 },
        ],
        fromMicros: 1_760_000_050_000_000,
        toMicros: 1_760_000_230_000_000,
        costed: 6,
      },
    });
    const plain = await rowsOf(at, whole);
    const costs = plain
      .filter((row) => members.some((i) => hashes[i] === row.hash))
      .map((row) => row.costMicros ?? 0);
    expect(fold?.fold?.costMicros).toBe(costs.reduce((sum, cost) => sum + cost, 0));
    expect(rows.reduce((sum, row) => sum + (row.fold?.calls ?? 1), 0)).toBe(plain.length);
    expect(plain.every((row) => row.fold === null)).toBe(true);
    for (const i of [3, 25, 50, 59, 60]) {
      expect(rows.find((row) => row.hash === hashes[i])).toMatchObject({ fold: null });
    }
  });

  test('the sum of costs is left out where the stretch is too long to read', async () => {
    const calls = Array.from({ length: 160 }, (_, i): HistoryCall => ({
      tool: `tool${i % 12}`,
      output: '{"cost_usd":0.5}',
      second: i,
    }));
    const { folder } = write(calls, { main: 159 });
    const fold = (await rowsOf(await openOn(folder), folded)).find((row) => row.fold !== null)?.fold;
    expect(fold).toMatchObject({ calls: 156, costMicros: null, costed: 0 });
    expect(fold?.tools).toHaveLength(8);
    expect(fold?.tools.reduce((sum, { calls: n }) => sum + n, fold.otherCalls)).toBe(156);
  });

  test('a call in a stretch is found at its row, opens it, and is stepped from', async () => {
    const { folder, hashes } = write(agentRun(), refs);
    const at = await openOn(folder);
    await known(at);
    const { client } = at.at;
    const { source } = at;
    const rows = await rowsOf(at, folded);
    const row = rows.find((each) => each.fold !== null)!.row;
    const inside = hashes[10]!;
    expect(value(await client.vek.locate({ source, view: folded, hash: inside }))).toEqual({
      hash: inside,
      row,
      folded: true,
    });
    expect(value(await client.vek.locate({ source, view: folded, hash: hashes[23]! }))).toMatchObject({
      row,
      folded: false,
    });
    const up = value(await client.vek.step({ source, view: folded, hash: inside, to: 'child' }));
    expect(up).toEqual({ hash: hashes[24], row: row - 1, folded: false });
    const down = value(await client.vek.step({ source, view: folded, hash: inside, to: 'parent' }));
    expect(down).toEqual({ hash: hashes[4], row: row + 1, folded: false });
    expect(value(await client.vek.step({ source, view: folded, hash: hashes[24]!, to: 'parent' }))).toEqual({
      hash: hashes[23],
      row,
      folded: false,
    });

    const opened = { ...folded, open: [inside] };
    expect(value(await client.vek.locate({ source, view: opened, hash: inside }))).toMatchObject({
      folded: false,
    });
    expect((await rowsOf(at, opened)).some((each) => each.fold !== null)).toBe(false);
    const filtered = { ...folded, filter: '-tool:search' };
    expect(value(await client.vek.locate({ source, view: filtered, hash: hashes[11]! })).row).toBeNull();
  });

  test('failed calls come out of their stretch once they are known', async () => {
    const { folder, hashes } = write(agentRun(), { main: 59 });
    const at = await openOn(folder);
    const hidden = await rowsOf(at, folded);
    await at.at.heard((event) => event.type === 'marks-changed');
    const shown = await rowsOf(at, folded);
    expect(hidden.some((row) => row.hash === hashes[50])).toBe(false);
    expect(shown.some((row) => row.hash === hashes[50])).toBe(true);
    const revisions = at.at.events.flatMap((event) =>
      event.type === 'source-changed' ? [event.revision] : [],
    );
    expect(new Set(revisions).size).toBeGreaterThan(1);
  });
});

test('a long pause stands at the call after it', async () => {
  const { folder, hashes } = write(agentRun(), refs);
  const at = await openOn(folder);
  for (const view of [whole, folded]) {
    const idle = (await rowsOf(at, view)).filter((row) => row.idleMicros !== null);
    expect(idle.map((row) => [row.hash, row.idleMicros])).toEqual([
      [hashes[60], (9_000 - 4_190) * 1e6],
      [hashes[39], 3_610 * 1e6],
    ]);
  }
});

describe('drawn small', () => {
  test('a shape is the rows without their contents', async () => {
    const { folder, hashes } = write(
      [...agentRun(), { tool: '__merge__', after: 59, merge: 60, second: 9_100 }],
      { ...refs, main: 61 },
    );
    const at = await openOn(folder);
    await known(at);
    for (const view of [whole, folded, { ...whole, filter: 'tool:chat' }]) {
      const rows = await rowsOf(at, view);
      const window = value(await at.at.client.vek.rows({ source: at.source, view, start: 2, count: 20 }));
      const shape = value(await at.at.client.vek.shape({ source: at.source, view, start: 2, count: 20 }));
      const part = rows.slice(2, 22);
      expect(shape).toMatchObject({ total: rows.length, start: 2, revision: window.revision });
      expect(shape.lanes).toEqual(part.map((row) => row.lane));
      expect(shape.colours).toEqual(part.map((row) => row.colour));
      expect(shape.tools.map((tool) => shape.toolNames[tool])).toEqual(part.map((row) => row.tool));
      expect(shape.times).toEqual(part.map((row) => row.timeMicros));
      expect(shape.laneCount).toBe(window.lanes);
      expect(shape.edges).toEqual(
        window.edges.flatMap((edge) => [
          edge.from,
          edge.to,
          edge.fromLane,
          edge.toLane,
          edge.lane,
          edge.colour,
          EDGE_STYLES.indexOf(edge.style),
        ]),
      );
      const all = value(await at.at.client.vek.shape({ source: at.source, view, start: 0, count: 4096 }));
      expect(all.flags).toEqual(
        rows.map(
          (row) =>
            (row.isMerge ? SHAPE_FLAGS.merge : 0) |
            (row.refs.length > 0 ? SHAPE_FLAGS.ref : 0) |
            (row.refs.some((ref) => ref.head) ? SHAPE_FLAGS.head : 0) |
            (row.summary.failed ? SHAPE_FLAGS.failed : 0) |
            (row.fold === null ? 0 : SHAPE_FLAGS.fold),
        ),
      );
      expect(rows.some((row) => row.isMerge && row.hash === hashes[61])).toBe(view.filter === '');
    }
  });

  test('a strip counts the calls and has a mark for each ref, failure and damaged call, where it stands', async () => {
    const { folder, hashes } = write(agentRun(), refs);
    const db = new Database(join(folder, '.vek', 'vek.db'));
    db.prepare(
      'UPDATE objects SET content = ? WHERE hash = (SELECT input_hash FROM nodes WHERE hash = ?)',
    ).run(Buffer.from('{"n":777}'), hashes[44]);
    db.prepare('UPDATE nodes SET parent_hash = ? WHERE hash = ?').run('ab'.repeat(32), hashes[30]);
    db.close();
    const at = await openOn(folder);
    const { client } = at.at;
    const strip = async (
      view: GraphView,
      start: number,
      count: number,
      buckets: number,
    ): Promise<GraphStrip> =>
      value(await client.vek.strip({ source: at.source, view, start, count, buckets }));
    expect((await strip(whole, 0, 100, 10)).failures.state).not.toBe('known');
    // Once for what failed, once for what the check found damaged.
    await at.at.heard((event) => event.type === 'marks-changed');
    await at.at.heard((event) => event.type === 'marks-changed');
    for (const view of [whole, folded, { ...whole, filter: '-tool:search' }]) {
      const rows = await rowsOf(at, view);
      for (const [start, count, buckets] of [
        [0, rows.length, 10],
        [0, 100_000, 7],
        [3, 9, 20],
      ] as const) {
        const got = await strip(view, start, count, buckets);
        const end = Math.min(rows.length, start + count);
        const inside = rows.slice(start, end);
        const bucketOf = (row: number): number => Math.floor(((row - start) * buckets) / (end - start));
        expect(got).toMatchObject({ total: rows.length, start, count: end - start, buckets });
        expect(got.failures).toEqual({ state: 'known', failed: 1 });
        expect(got.cells.filter((_, i) => i % 4 === 3).reduce((sum, calls) => sum + calls, 0)).toBe(
          end - start,
        );
        const expected = new Map<string, { count: number; row: number; hash: string }>();
        const add = (kind: string, row: { row: number; hash: string }): void => {
          const key = `${bucketOf(row.row)} ${kind}`;
          const before = expected.get(key);
          expected.set(key, {
            count: (before?.count ?? 0) + 1,
            row: before?.row ?? row.row,
            hash: before?.hash ?? row.hash,
          });
        };
        for (const row of inside) {
          for (const ref of row.refs) add(ref.head ? 'head' : ref.kind, row);
          if (row.summary.failed) add('failed', row);
          if (row.broken.length > 0) add('damaged', row);
        }
        const marks = got.marks.map(({ bucket, kind, count: n, row, hash }) => [
          `${bucket} ${kind}`,
          { count: n, row, hash },
        ]);
        expect(new Map(marks as never)).toEqual(expected);
        expect(got.marks).toHaveLength(expected.size);
      }
      expect(rows.filter((row) => row.broken.length > 0)).toHaveLength(view.filter === '' ? 2 : 1);
    }
  });
});
