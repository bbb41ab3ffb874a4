import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGraph, indexOf } from '../../../test/support/graphs.ts';
import { aheadBehindAll } from './ahead-behind.ts';
import { aheadBehind, isAncestor, mergeBases, reachable } from './ancestors.ts';
import type { GraphIndex } from './index.ts';

function slowReach(index: GraphIndex, tip: number): Set<number> {
  const seen = new Set<number>();
  const visit = (node: number): void => {
    if (node < 0 || seen.has(node)) return;
    seen.add(node);
    visit(index.parents[node]!);
    visit(index.mergeParents[node]!);
  };
  visit(tip);
  return seen;
}

const pairs = fc
  .oneof(anyGraph({ cycles: true, size: 20 }), anyGraph({ cycles: false, size: 20 }))
  .filter((nodes) => nodes.length > 0)
  .chain((nodes) => {
    const node = fc.integer({ min: 0, max: nodes.length - 1 });
    return fc.record({ index: fc.constant(indexOf(nodes)), a: node, b: node });
  });

/** Histories without a cycle; every other one ends with two branches that were merged into each other. */
const histories = fc
  .record({ nodes: anyGraph({ cycles: false, size: 90 }), crossed: fc.boolean() })
  .map(({ nodes, crossed }) => {
    const n = nodes.length;
    const node = (parent: number, merge: number) => ({ parent, merge, second: n });
    if (!crossed || n === 0) return nodes;
    return nodes.concat([node(n - 1, -1), node(n - 1, -1), node(n, n + 1), node(n + 1, n)]);
  });

describe('ancestors', () => {
  it('agrees with a plain walk', () => {
    fc.assert(
      fc.property(pairs, ({ index, a, b }) => {
        const fromA = slowReach(index, a);
        const fromB = slowReach(index, b);
        expect([...reachable(index, [a]).keys()].filter((i) => reachable(index, [a])[i] === 1)).toEqual(
          [...fromA].sort((x, y) => x - y),
        );
        expect(isAncestor(index, a, b)).toBe(fromB.has(a));
        expect(aheadBehind(index, a, b)).toEqual({
          ahead: [...fromA].filter((node) => !fromB.has(node)).length,
          behind: [...fromB].filter((node) => !fromA.has(node)).length,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('finds the best common ancestors, one for each group', () => {
    fc.assert(
      fc.property(pairs, ({ index, a, b }) => {
        const other = slowReach(index, b);
        const common = [...slowReach(index, a)].filter((node) => other.has(node));
        const reaches = new Map(common.map((node) => [node, slowReach(index, node)]));
        // x is better than y when x reaches y and y does not reach x; of equals (a cycle) the newest row stands.
        const best = common.filter((y) =>
          common.every((x) => x === y || !reaches.get(x)!.has(y) || (reaches.get(y)!.has(x) && x < y)),
        );
        expect(mergeBases(index, a, b)).toEqual(best.sort((x, y) => y - x));
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same bases as by looking at all nodes', () => {
    let several = 0;
    fc.assert(
      fc.property(histories, fc.nat(), fc.nat(), (nodes, first, second) => {
        if (nodes.length === 0) return;
        const index = indexOf(nodes);
        const [a, b] = [first, second].map(
          (back) => nodes.length - 1 - (back % Math.min(8, nodes.length)),
        ) as [number, number];
        const bases = mergeBases(index, a, b);
        if (bases.length > 1) several += 1;
        expect(bases).toEqual(mergeBases({ ...index, ordered: false }, a, b));
      }),
      { numRuns: 1000 },
    );
    expect(several).toBeGreaterThan(0);
  });

  it('counts ahead and behind of many tips as one by one', () => {
    const graphs = fc.oneof(anyGraph({ cycles: true, size: 90 }), anyGraph({ cycles: false, size: 90 }));
    fc.assert(
      fc.property(graphs, fc.nat(), (nodes, pick) => {
        const index = indexOf(nodes);
        const tips = [-1, ...nodes.keys()];
        const base = nodes.length === 0 ? -1 : pick % nodes.length;
        const expected = tips.map((tip) => (tip < 0 || base < 0 ? null : aheadBehind(index, tip, base)));
        expect(aheadBehindAll(index, base, tips)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
