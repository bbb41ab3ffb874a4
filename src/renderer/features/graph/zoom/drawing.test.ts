import { describe, expect, test } from 'vitest';
import { SHAPE_FLAGS, type StripMark } from '../../../../contract/scale.ts';
import { hitAt } from './hit.ts';
import { LABEL_PX, placeLabels, timeEvery } from './labels.ts';
import { canvasLanes, canvasX } from './lanes.ts';
import { shapeList } from './shape-list.ts';
import { stripPixels } from './strip-pixels.ts';
import type { ShapeTile } from './tiles.ts';

const geometry = canvasLanes(3, 400, 7);
const shape = {
  start: 100,
  lanes: [0, 1, 0],
  colours: [1, 2, 1],
  flags: [SHAPE_FLAGS.head, SHAPE_FLAGS.failed, SHAPE_FLAGS.damaged],
  // 100 → 102 in lane 0; 101 → 102 from lane 1; one line that only passes by, far above to far below
  edges: [100, 102, 0, 0, 0, 1, 0, 101, 102, 1, 0, 1, 2, 0, 5, 900_000, 2, 2, 2, 3, 1],
};

const at = (pixels: { data: Uint8ClampedArray; width: number }, x: number, y: number) =>
  Array.from(pixels.data.slice((y * pixels.width + x) * 4, (y * pixels.width + x) * 4 + 4));

const mark = (row: number, kind: StripMark['kind'], label = `${kind}-${row}`): StripMark => ({
  bucket: row,
  kind,
  count: 1,
  row,
  hash: `h${row}`,
  label,
});

describe('a shape as paths', () => {
  test('one path for each colour and style, marks by what is known of a call', () => {
    const list = shapeList(shape, geometry);
    expect(list.lines.map(({ colour, style }) => `${colour} ${style}`)).toEqual([
      '1 solid',
      '2 solid',
      '3 hidden',
    ]);
    expect(list.dots.map(({ colour }) => colour)).toEqual([1, 2]);
    expect(list.rings.map(({ colour }) => colour)).toEqual([1]);
    expect(list.crosses).toContain(`M${canvasX(0, geometry) - 3.5}`);
    expect(list.failures.startsWith(`M4 ${1.5 * 7 - 2.5}`)).toBe(true);
  });

  test('no coordinate grows with the repository', () => {
    const list = shapeList(shape, geometry);
    const numbers = list.lines.flatMap(({ d }) => (d.match(/-?[\d.]+/g) ?? []).map(Number));
    expect(Math.max(...numbers.map(Math.abs))).toBeLessThan(200);
  });

  test('below 4 px calls are as high as their row', () => {
    const list = shapeList({ ...shape, flags: [0, 0, 0] }, canvasLanes(3, 400, 2));
    expect(list.dots[0]!.d).toContain('v2');
    expect(list.rings).toEqual([]);
  });
});

describe('lanes on the canvas', () => {
  test('come closer where there are many, and share the last column at the end', () => {
    expect(canvasLanes(1, 400, 7).columns).toBe(1);
    for (const lanes of [2, 10, 60, 300, 5000]) {
      const many = canvasLanes(lanes, 400, 1);
      expect(many.width).toBeLessThanOrEqual(400);
      expect(canvasX(lanes - 1, many)).toBeLessThanOrEqual(400);
    }
    expect(canvasLanes(60, 400, 1).columns).toBe(60);
  });
});

describe('a strip as pixels', () => {
  const colours = Array.from({ length: 9 }, (_, i) => [i * 10, 0, 0] as const);
  const lanes = { x: (lane: number) => lane * 4, size: 2 };

  test('the fullest bucket is solid, thinner ones are fainter, empty ones empty', () => {
    const cells = [0, 0, 2, 100, 1, 1, 3, 25];
    const pixels = stripPixels({ cells, buckets: 4 }, lanes, colours, { width: 8, height: 4 });
    expect(at(pixels, 0, 0)).toEqual([20, 0, 0, 255]);
    const [red, , , alpha] = at(pixels, 4, 1);
    expect(red).toBe(30);
    expect(alpha).toBeGreaterThan(72);
    expect(alpha).toBeLessThan(255);
    expect(at(pixels, 0, 1)).toEqual([0, 0, 0, 0]);
  });

  test('fills a higher picture and squeezes into a lower one', () => {
    const cells = [0, 0, 2, 1, 3, 0, 2, 1];
    const tall = stripPixels({ cells, buckets: 4 }, lanes, colours, { width: 4, height: 40 });
    expect([0, 9, 10, 29, 30, 39].map((y) => at(tall, 0, y)[3])).toEqual([255, 255, 0, 0, 255, 255]);
    const low = stripPixels({ cells, buckets: 4 }, lanes, colours, { width: 4, height: 2 });
    expect([0, 1].map((y) => at(low, 0, y)[3])).toEqual([255, 255]);
  });

  test('the current branch is one line between its calls', () => {
    const cells = [0, 0, 1, 4, 3, 0, 1, 4];
    const pixels = stripPixels({ cells, buckets: 4 }, lanes, colours, { width: 4, height: 4 });
    expect(at(pixels, 1, 1)[3]).toBeGreaterThan(0);
    expect(at(pixels, 1, 1)[3]).toBeLessThan(255);
  });
});

describe('names beside the graph', () => {
  test('never cover one another, and HEAD has its place before all others', () => {
    const marks = Array.from({ length: 40 }, (_, row) => mark(row, row === 20 ? 'head' : 'branch'));
    const labels = placeLabels(marks, (row) => row * 4 + 2, 160);
    for (const [i, label] of labels.entries()) {
      if (i > 0) expect(label.y - labels[i - 1]!.y).toBeGreaterThanOrEqual(LABEL_PX);
      expect(Math.abs(label.y - label.at)).toBeLessThanOrEqual(24);
    }
    expect(labels.some((label) => label.mark.kind === 'head')).toBe(true);
    expect(labels.length).toBe(10);
  });

  test('times stand at least 64 px apart, at rows that other sizes have too', () => {
    for (const rowHeight of [7, 4, 2, 1, 1 / 2, 1 / 64]) {
      const rows = timeEvery(rowHeight);
      expect(rows * rowHeight).toBeGreaterThanOrEqual(64);
      expect(Number.isInteger(Math.log2(rows))).toBe(true);
    }
  });
});

describe('the call under a point', () => {
  const tile: ShapeTile = {
    id: 'call/0',
    key: 'k',
    total: 400,
    stamp: 1,
    kind: 'shape',
    refs: [],
    shape: {
      revision: 1,
      total: 400,
      start: 0,
      lanes: Array.from({ length: 400 }, (_, row) => row % 3),
      colours: [],
      flags: [],
      tools: [],
      toolNames: [],
      times: [],
      edges: [],
      laneCount: 3,
    },
  };
  const find = () => tile;

  test('is the nearest dot, in the lane that is pointed at', () => {
    const scroll = { offset: 0, height: 300, total: 400, rowHeight: 2 };
    const lanes = canvasLanes(3, 400, 2);
    for (const lane of [0, 1, 2]) {
      const hit = hitAt({ x: canvasX(lane, lanes), y: 100 }, scroll, lanes, find);
      expect(hit?.kind === 'call' && hit.row % 3).toBe(lane);
      expect(hit?.kind === 'call' && Math.abs(hit.row * 2 + 1 - 100)).toBeLessThanOrEqual(4);
    }
  });

  test('is the row itself where rows are high, and beside the lanes', () => {
    const scroll = { offset: 280, height: 300, total: 400, rowHeight: 14 };
    expect(hitAt({ x: 300, y: 20 }, scroll, geometry, find)).toEqual({ kind: 'call', row: 21 });
    expect(hitAt({ x: 300, y: 20 }, { ...scroll, rowHeight: 2 }, geometry, find)).toEqual({
      kind: 'call',
      row: 150,
    });
    expect(
      hitAt({ x: 10, y: 20 }, { ...scroll, total: 3, offset: 0, rowHeight: 2 }, geometry, find),
    ).toBeNull();
  });

  test('is a run of calls where they share a px', () => {
    const scroll = { offset: 0, height: 300, total: 10_000, rowHeight: 1 / 32 };
    expect(hitAt({ x: canvasX(1, geometry), y: 10.5 }, scroll, geometry, find)).toEqual({
      kind: 'calls',
      start: 320,
      count: 32,
      lane: 1,
    });
  });
});
