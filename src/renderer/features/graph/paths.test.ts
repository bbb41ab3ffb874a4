import { describe, expect, test } from 'vitest';
import type { FoldedStretch, GraphEdge } from '../../../contract/vek.ts';
import { fakeRow } from './fake-store.ts';
import { laneGeometry, laneRoom, laneX } from './geometry.ts';
import { edgePath, edgePaths, markPaths, ownPaths } from './paths.ts';

const geometry = laneGeometry(4, 160);
const edge = (part: Partial<GraphEdge>): GraphEdge => ({
  from: 0,
  to: 1,
  fromLane: 0,
  toLane: 0,
  lane: 0,
  colour: 1,
  role: 'parent',
  style: 'solid',
  ...part,
});
const range = { start: 0, end: 40 };
const STRETCH: FoldedStretch = {
  calls: 38,
  tools: [{ tool: 'fetch', calls: 38 }],
  otherCalls: 0,
  oldest: 'o',
  fromMicros: 0,
  toMicros: 60e6,
  costMicros: null,
  costed: 0,
};

describe('lane columns', () => {
  test('stand 18 px apart while they fit, closer down to 10 px', () => {
    expect(laneGeometry(1, 160)).toMatchObject({ spacing: 18, columns: 1, width: 64, rowHeight: 28 });
    expect(laneGeometry(8, 160).spacing).toBe(18);
    expect(laneGeometry(12, 160).spacing).toBe(11);
  });

  test('of many the first stay readable, the rest stand closer, and what does not fit shares the last', () => {
    const many = laneGeometry(500, laneRoom(900, 500));
    const x = (lane: number) => laneX(lane, many);
    expect(many.width).toBeLessThanOrEqual(208);
    expect([1, 2, 3, 4].map((lane) => x(lane) - x(lane - 1))).toEqual([12, 12, 12, 12]);
    expect(x(6) - x(5)).toBe(6);
    expect(x(400)).toBe(x(many.columns - 1));
    expect(many.columns).toBeGreaterThan(20);
  });

  test('never leave their room or swap, whatever the number', () => {
    for (let lanes = 1; lanes < 400; lanes += 1) {
      for (const width of [300, 640, 900, 1600]) {
        const room = laneRoom(width, lanes);
        const columns = laneGeometry(lanes, room);
        expect(columns.width).toBeLessThanOrEqual(Math.max(64, room));
        for (let lane = 1; lane < lanes; lane += 1)
          expect(laneX(lane, columns)).toBeGreaterThanOrEqual(laneX(lane - 1, columns));
        expect(laneX(lanes, columns)).toBeLessThanOrEqual(columns.width - 10);
      }
    }
  });
});

describe('lines', () => {
  test('a straight one is one vertical', () => {
    expect(edgePath(edge({ to: 3 }), range, 0, geometry)).toBe('M17 14V98');
  });

  test('a branch runs in its own column and turns in the row above its parent', () => {
    expect(edgePath(edge({ from: 1, to: 4, fromLane: 1, lane: 1 }), range, 0, geometry)).toBe(
      'M35 42V98M35 98C35 112 17 112 17 126',
    );
  });

  test('a merge turns out below its call', () => {
    expect(edgePath(edge({ to: 3, toLane: 1, lane: 1, role: 'merge' }), range, 0, geometry)).toBe(
      'M17 14C17 28 35 28 35 42M35 42V98',
    );
  });

  test('between neighbours it is one curve, or two where the column is a third one', () => {
    expect(edgePath(edge({ toLane: 1, lane: 1 }), range, 0, geometry)).toBe('M17 14C17 28 35 28 35 42');
    expect(edgePath(edge({ toLane: 1, lane: 2 }), range, 0, geometry).match(/C/g)).toHaveLength(2);
  });

  test('are cut at the window, so that no coordinate grows with the repository', () => {
    const d = edgePath(
      edge({ from: 5, to: 900_000, toLane: 1 }),
      { start: 400_000, end: 400_040 },
      400_000,
      geometry,
    );
    const numbers = d.match(/-?\d+(\.\d+)?/g)!.map(Number);
    expect(Math.max(...numbers.map(Math.abs))).toBeLessThan(45 * 28);
    expect(d).not.toContain('C');
  });

  test('to a missing parent end below their call; a cycle goes up', () => {
    expect(edgePath(edge({ from: 2, to: -1, style: 'missing' }), range, 0, geometry)).toBe('M17 70V89.6');
    expect(edgePath(edge({ from: 6, to: 2, lane: 1, style: 'backward' }), range, 0, geometry)).toMatch(
      /^M17 182C.*35 154M35 154V98M/,
    );
  });

  test('one path per colour and style', () => {
    const paths = edgePaths(
      [edge({}), edge({ from: 1, to: 2 }), edge({ from: 2, to: 3, colour: 2 })],
      range,
      0,
      geometry,
    );
    expect(paths.map((path) => path.key)).toEqual(['solid-1', 'solid-2']);
  });
});

const head = { name: 'main', label: 'main', kind: 'branch', head: true, colour: 1 } as const;
const kinds = (row: Parameters<typeof fakeRow>[2]): readonly string[] =>
  markPaths([fakeRow(0, 'a', row)], 0, geometry).map((path) => path.kind);

describe('marks', () => {
  test('a dot, a ring for a merge, a double ring for HEAD, a cross where the record is broken', () => {
    expect(kinds({})).toEqual(['dot']);
    expect(kinds({ isMerge: true })).toEqual(['ring']);
    expect(kinds({ refs: [head] })).toEqual(['tip', 'dot']);
    expect(kinds({ refs: [head], broken: ['output is missing'] })).toEqual(['cross']);
  });

  test('end at the border of a folded row, inside which a dotted one runs', () => {
    const folds = new Set([3]);
    expect(edgePath(edge({ from: 2, to: 3 }), range, 0, geometry, folds)).toBe('M17 70V84');
    expect(edgePath(edge({ from: 3, to: 6 }), range, 0, geometry, folds)).toBe('M17 112V182');
    const fold = fakeRow(3, 'f', { fold: STRETCH });
    expect(markPaths([fold], 0, geometry)).toEqual([
      { key: 'fold-1', colour: 1, kind: 'fold', d: 'M17 84V112' },
    ]);
  });

  test('of one call are drawn once more, and only those', () => {
    const edges = [edge({ from: 1, to: 2 }), edge({ from: 2, to: 9 }), edge({ from: 3, to: 4 })];
    const own = ownPaths(edges, 2, range, 0, geometry);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ kind: 'own', d: 'M17 42V70M17 70V266' });
    expect(ownPaths(edges, -1, range, 0, geometry)).toEqual([]);
  });
});
