import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphEdge } from '../../contract/vek.ts';
import { anyGraph, anyRefs, indexOf } from '../../../test/support/graphs.ts';
import { edgesIn } from './edges.ts';
import { claimsOf, layoutGraph, type GraphLayout } from './layout.ts';
import { topologicalOrder } from './order.ts';
import { branchColours, ownersOf, claimOrder, type GraphRef } from './owners.ts';
import type { GraphIndex } from './index.ts';

const scenes = fc
  .record({
    nodes: fc.oneof(anyGraph({ cycles: true }), anyGraph({ cycles: false })),
    mask: fc.infiniteStream(fc.boolean()),
    filtered: fc.boolean(),
  })
  .chain(({ nodes, mask, filtered }) =>
    anyRefs(nodes.length).map((refs) => {
      const index = indexOf(nodes);
      const order = topologicalOrder(index);
      const visible = filtered ? Uint8Array.from(nodes, () => (mask.next().value ? 1 : 0)) : null;
      return {
        index,
        order,
        refs,
        visible,
        layout: layoutGraph(index, order, claimsOf(index, refs), visible),
      };
    }),
  );

function allEdges(layout: GraphLayout): GraphEdge[] {
  return edgesIn(layout, 0, layout.rows);
}

/** Edges by their definition: to the parent, or to the nearest shown first-parent ancestor. */
function slowEdges(index: GraphIndex, layout: GraphLayout): string[] {
  const found: string[] = [];
  for (let row = 0; row < layout.rows; row++) {
    const node = layout.order[row]!;
    const ends: { role: string; to: number; style: string }[] = [];
    for (const [role, start] of [
      ['parent', index.parents[node]!],
      ['merge', index.mergeParents[node]!],
    ] as const) {
      if (start === -1) continue;
      if (start === -2) {
        ends.push({ role, to: row, style: 'missing' });
        continue;
      }
      let at = start;
      const seen = new Set<number>();
      while (at >= 0 && layout.rowOf[at] === -1 && !seen.has(at)) {
        seen.add(at);
        at = index.parents[at]!;
      }
      if (at < 0 || layout.rowOf[at] === -1) continue;
      const to = layout.rowOf[at]!;
      const direct = at === start;
      if (!direct && to <= row) continue;
      ends.push({ role, to, style: direct ? (to <= row ? 'backward' : 'solid') : 'hidden' });
    }
    const [first, second] = ends;
    if (
      first !== undefined &&
      second !== undefined &&
      first.to === second.to &&
      first.style !== 'missing' &&
      second.style !== 'missing'
    ) {
      const style = second.style === 'solid' || second.style === 'backward' ? second.style : first.style;
      found.push(`${row} parent ${first.to} ${style}`);
    } else {
      found.push(...ends.map((end) => `${row} ${end.role} ${end.to} ${end.style}`));
    }
  }
  return found.sort();
}

const asText = (edges: readonly GraphEdge[]): string[] =>
  edges.map((edge) => `${edge.from} ${edge.role} ${edge.to} ${edge.style}`).sort();

describe('layoutGraph', () => {
  it('has the edges of the definition, each once', () => {
    fc.assert(
      fc.property(scenes, ({ index, layout, order }) => {
        // In a cycle a redirected line may end early; the definition holds for graphs without.
        const backward = order.some((node, row) => {
          return [index.parents[node]!, index.mergeParents[node]!].some(
            (p) => p >= 0 && order.indexOf(p) <= row,
          );
        });
        const edges = asText(allEdges(layout));
        expect(new Set(edges).size).toBe(edges.length);
        if (!backward || layout.hidden === null) expect(edges).toEqual(slowEdges(index, layout));
      }),
      { numRuns: 800 },
    );
  });

  it('never puts two things in one place, unless both lead to the same call', () => {
    fc.assert(
      fc.property(scenes, ({ layout }) => {
        const taken = new Map<string, number>();
        for (let row = 0; row < layout.rows; row++) taken.set(`${row}/${layout.lanes[row]}`, -1);
        for (const edge of allEdges(layout)) {
          if (edge.style === 'missing') continue;
          const end = Math.max(edge.from, edge.to);
          for (let row = Math.min(edge.from, edge.to) + 1; row < end; row++) {
            const place = `${row}/${edge.lane}`;
            expect([undefined, end]).toContain(taken.get(place));
            taken.set(place, end);
          }
        }
      }),
      { numRuns: 800 },
    );
  });

  it('answers a window as a search of all edges would', () => {
    fc.assert(
      fc.property(scenes, fc.nat(40), fc.nat(40), ({ layout }, start, length) => {
        const end = start + length;
        const touching = allEdges(layout).filter(
          (edge) => Math.min(edge.from, edge.to) < end && Math.max(edge.from, edge.to) >= start,
        );
        expect(asText(edgesIn(layout, start, end))).toEqual(length === 0 ? [] : asText(touching));
      }),
      { numRuns: 500 },
    );
  });

  it('answers windows right across buckets, with many lines side by side and in cycles', () => {
    const rows = 3_000;
    const nodes = Array.from({ length: rows }, (_, i) => ({
      parent: i % 977 === 5 ? (i + 700) % rows : Math.max(-1, i - 1 - ((i * 37) % 900)),
      merge: i % 13 === 0 ? (i * 7) % Math.max(1, i) : -1,
      second: i,
    }));
    const index = indexOf(nodes);
    const layout = layoutGraph(index, topologicalOrder(index), claimsOf(index, []), null);
    const edges = allEdges(layout);
    expect(edges.some((edge) => edge.style === 'backward')).toBe(true);
    for (let start = 0; start < rows; start += 5) {
      const expected = edges.filter(
        (edge) => Math.min(edge.from, edge.to) < start + 30 && Math.max(edge.from, edge.to) >= start,
      );
      expect(asText(edgesIn(layout, start, start + 30))).toEqual(asText(expected));
    }
  });

  it('keeps the chain of HEAD in column 0 and every other call out of it', () => {
    fc.assert(
      fc.property(
        anyGraph({ cycles: false }).chain((nodes) => anyRefs(nodes.length).map((refs) => ({ nodes, refs }))),
        ({ nodes, refs }) => {
          const index = indexOf(nodes);
          const layout = layoutGraph(index, topologicalOrder(index), claimsOf(index, refs), null);
          if (refs[0] === undefined || refs[0].node < 0) return;
          const owners = ownersOf(index, claimOrder(refs));
          for (let row = 0; row < layout.rows; row++) {
            expect(layout.lanes[row] === 0).toBe(owners[layout.order[row]!] === 0);
            if (owners[layout.order[row]!] === 0) expect(layout.colours[row]).toBe(1);
          }
        },
      ),
    );
  });

  it('uses no more columns than lines run side by side', () => {
    const nodes = Array.from({ length: 200 }, (_, i) => ({
      parent: i - 4 < 0 ? -1 : i - 4,
      merge: -1,
      second: i,
    }));
    const index = indexOf(nodes);
    expect(layoutGraph(index, topologicalOrder(index), claimsOf(index, []), null).laneCount).toBe(4);
  });
});

const branch = (name: string, head = false): GraphRef => ({ name, kind: 'branch', node: 0, head });

describe('branchColours', () => {
  it('gives HEAD 1 and seven other branches seven different colours', () => {
    const colours = branchColours([branch('main', true), ...'abcdefg'.split('').map((name) => branch(name))]);
    expect(colours.get('main')).toBe(1);
    expect([...colours.values()].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('does not depend on the sequence of the refs', () => {
    const refs = ['x', 'y', 'z', 'main'].map((name) => branch(name, name === 'main'));
    expect([...branchColours(refs)].sort()).toEqual([...branchColours(refs.toReversed())].sort());
  });
});
