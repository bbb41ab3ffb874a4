import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDGE_STYLES } from '../../contract/scale.ts';
import { anyGraph, anyRefs, indexOf } from '../../../test/support/graphs.ts';
import { edgesIn } from './edges.ts';
import { claimsOf, layoutGraph } from './layout.ts';
import { topologicalOrder } from './order.ts';
import { shapeOf } from './shape.ts';
import { bucketOf, clampSpan, STRIP_CELLS, stripOf } from './strip.ts';

const scenes = fc
  .record({
    nodes: anyGraph({ cycles: true, size: 60 }),
    start: fc.nat(70),
    count: fc.integer({ min: 1, max: 80 }),
    buckets: fc.integer({ min: 1, max: 40 }),
  })
  .chain(({ nodes, ...span }) =>
    anyRefs(nodes.length).map((refs) => {
      const index = indexOf(nodes, ['read', 'write', 'search']);
      const layout = layoutGraph(index, topologicalOrder(index), claimsOf(index, refs), null);
      return { index, layout, span };
    }),
  );

type Cell = { bucket: number; lane: number; colour: number; calls: number };

function cellsOf(cells: readonly number[]): Cell[] {
  return Array.from({ length: cells.length / 4 }, (_, i) => {
    const [bucket, lane, colour, calls] = cells.slice(i * 4, i * 4 + 4) as [number, number, number, number];
    return { bucket, lane, colour, calls };
  });
}

describe('a strip', () => {
  it('counts every call of its rows once, in the bucket of its row', () => {
    fc.assert(
      fc.property(scenes, ({ index, layout, span: wanted }) => {
        const { span, cells, merges, times, laneCount } = stripOf(index, layout, wanted);
        const start = Math.min(wanted.start, layout.rows);
        expect(span).toEqual({
          start,
          count: Math.min(wanted.count, layout.rows - start),
          buckets: wanted.buckets,
        });
        const counts = new Map<string, number>();
        const mergeCounts = Array.from({ length: span.buckets }, () => 0);
        const newest = Array.from({ length: span.buckets }, (): number | null => null);
        let widest = 0;
        for (let row = span.start; row < span.start + span.count; row++) {
          const bucket = Math.floor(((row - span.start) * span.buckets) / span.count);
          expect(bucketOf(span, row)).toBe(bucket);
          const key = `${bucket} ${layout.lanes[row]} ${layout.colours[row]}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
          const node = layout.order[row]!;
          if (index.mergeParents[node] !== -1) mergeCounts[bucket]!++;
          const time = index.timeMicros[node]!;
          if (newest[bucket] === null && !Number.isNaN(time)) newest[bucket] = time;
          widest = Math.max(widest, layout.lanes[row]!);
        }
        const found = cellsOf(cells);
        expect(new Map(found.map((c) => [`${c.bucket} ${c.lane} ${c.colour}`, c.calls]))).toEqual(counts);
        expect(found).toHaveLength(counts.size);
        expect(found.map((c) => c.bucket)).toEqual(found.map((c) => c.bucket).toSorted((a, b) => a - b));
        expect(merges).toEqual(mergeCounts);
        expect(times).toEqual(newest);
        expect(laneCount).toBe(widest + 1);
      }),
      { numRuns: 500 },
    );
  });

  it('puts what more lanes there are than it lists into one cell', () => {
    // Forty branches of one root, all in one bucket, the first of them with two calls.
    const tips = Array.from({ length: 40 }, (_, i) => ({ parent: 0, merge: -1, second: i + 1 }));
    const nodes = [{ parent: -1, merge: -1, second: 0 }, ...tips, { parent: 40, merge: -1, second: 50 }];
    const index = indexOf(nodes);
    const layout = layoutGraph(index, topologicalOrder(index), claimsOf(index, []), null);
    const { cells } = stripOf(index, layout, { start: 0, count: 42, buckets: 1 });
    const found = cellsOf(cells);
    expect(found).toHaveLength(STRIP_CELLS);
    expect(found.reduce((sum, { calls }) => sum + calls, 0)).toBe(42);
    expect(found.filter(({ calls }) => calls === 1)).toHaveLength(STRIP_CELLS - 2);
    expect(found.at(-1)?.calls).toBeGreaterThan(10);
    expect(stripOf(index, layout, { start: 0, count: 42, buckets: 2 }).cells.length).toBeGreaterThan(0);
  });

  it('of an empty view or behind its end has buckets and nothing in them', () => {
    const index = indexOf([]);
    const layout = layoutGraph(index, topologicalOrder(index), claimsOf(index, []), null);
    expect(stripOf(index, layout, { start: 5, count: 10, buckets: 3 })).toEqual({
      span: { start: 0, count: 0, buckets: 3 },
      cells: [],
      times: [null, null, null],
      merges: [0, 0, 0],
      laneCount: 1,
    });
    expect(clampSpan(layout, { start: 0, count: 1, buckets: 1 }).count).toBe(0);
  });
});

describe('a shape', () => {
  it('is what rows and edges say', () => {
    fc.assert(
      fc.property(scenes, ({ index, layout, span: { start, count } }) => {
        const shape = shapeOf(index, layout, { start, count }, (row, node) => row * 1000 + node);
        const rows = [...layout.order.keys()].slice(start, start + count);
        expect(shape.total).toBe(layout.rows);
        expect(shape.lanes).toEqual(rows.map((row) => layout.lanes[row]));
        expect(shape.colours).toEqual(rows.map((row) => layout.colours[row]));
        expect(shape.flags).toEqual(rows.map((row) => row * 1000 + layout.order[row]!));
        expect(shape.tools.map((tool) => shape.toolNames[tool])).toEqual(
          rows.map((row) => index.toolNames[index.tools[layout.order[row]!]!]),
        );
        expect(shape.times).toEqual(
          rows.map((row) => {
            const time = index.timeMicros[layout.order[row]!]!;
            return Number.isNaN(time) ? null : time;
          }),
        );
        const edges = edgesIn(layout, start, start + count);
        expect(shape.edges).toEqual(
          edges.flatMap(({ from, to, fromLane, toLane, lane, colour, style }) => [
            from,
            to,
            fromLane,
            toLane,
            lane,
            colour,
            EDGE_STYLES.indexOf(style),
          ]),
        );
        const lanes = [...shape.lanes, ...edges.flatMap((edge) => [edge.lane, edge.fromLane, edge.toLane])];
        expect(shape.laneCount).toBe(Math.max(0, ...lanes) + 1);
      }),
      { numRuns: 300 },
    );
  });
});
