import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGraph, indexOf, type TestNode } from '../../../test/support/graphs.ts';
import { components } from './cycles.ts';
import { orderingTimes, type GraphIndex } from './index.ts';
import { topologicalOrder } from './order.ts';

function rowsOf(order: Int32Array): number[] {
  const rows: number[] = Array.from({ length: order.length }, () => -1);
  order.forEach((node, row) => (rows[node] = row));
  return rows;
}

/** The definition, slowly: again and again the newest node whose children are all placed. */
function slowOrder(index: GraphIndex): number[] {
  const times = orderingTimes(index);
  const left = new Set(Array.from({ length: index.count }, (_, i) => i));
  const order: number[] = [];
  while (left.size > 0) {
    const waits = new Set<number>();
    for (const node of left) {
      for (const parent of [index.parents[node]!, index.mergeParents[node]!])
        if (parent !== node) waits.add(parent);
    }
    const ready = [...left].filter((node) => !waits.has(node));
    const next = ready.reduce((a, b) => (times[b]! > times[a]! || (times[b] === times[a] && b > a) ? b : a));
    left.delete(next);
    order.push(next);
  }
  return order;
}

const ring = (seconds: readonly number[]): TestNode[] =>
  seconds.map((second, i) => ({ parent: (i + 1) % seconds.length, merge: -1, second }));

describe('topologicalOrder', () => {
  it('puts the newest ready call on top, whatever the clocks say', () => {
    fc.assert(
      fc.property(anyGraph({ cycles: false }), (nodes) => {
        const index = indexOf(nodes);
        expect([...topologicalOrder(index)]).toEqual(slowOrder(index));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every node once, and every child above its parents unless both are in one cycle', () => {
    fc.assert(
      fc.property(anyGraph({ cycles: true }), (nodes) => {
        const index = indexOf(nodes);
        const order = topologicalOrder(index);
        const rows = rowsOf(order);
        expect(rows).not.toContain(-1);
        const { ids } = components(index.parents, index.mergeParents, () => true);
        nodes.forEach((_, i) => {
          for (const parent of [index.parents[i]!, index.mergeParents[i]!]) {
            if (parent >= 0 && ids[parent] !== ids[i]) expect(rows[i]!).toBeLessThan(rows[parent]!);
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  it('breaks a ring at its newest node only', () => {
    for (const seconds of [
      [1, 2, 3],
      [5, 1, 9, 2],
      [7, 7],
    ]) {
      const index = indexOf(ring(seconds));
      const order = topologicalOrder(index);
      const rows = rowsOf(order);
      expect(seconds[order[0]!]).toBe(Math.max(...seconds));
      expect(rows.filter((row, i) => row > rows[(i + 1) % rows.length]!)).toHaveLength(1);
    }
  });

  it('ends on a dense knot of cycles', () => {
    const nodes = Array.from({ length: 400 }, (_, i) => ({
      parent: (i * 7 + 3) % 400,
      merge: (i * 11 + 5) % 400,
      second: i % 50,
    }));
    expect(new Set(topologicalOrder(indexOf(nodes))).size).toBe(400);
  });
});
