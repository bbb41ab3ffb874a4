import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGraph, anyRefs, indexOf, type TestNode } from '../../../test/support/graphs.ts';
import { edgesIn } from './edges.ts';
import { FOLD_CONTEXT, FOLD_LEAST, type FoldChoice } from './fold.ts';
import { claimsOf, layoutGraph, type GraphLayout } from './layout.ts';
import { topologicalOrder } from './order.ts';
import type { GraphRef } from './owners.ts';

/** A straight history of `count` calls, a second apart, and what comes after it. */
function straight(count: number, more: readonly TestNode[] = []): TestNode[] {
  const nodes = Array.from({ length: count }, (_, i) => ({ parent: i - 1, merge: -1, second: i }));
  return [...nodes, ...more];
}

function layouts(
  nodes: readonly TestNode[],
  refs: readonly GraphRef[],
  choice: Partial<FoldChoice> & { visible?: Uint8Array | null } = {},
): { whole: GraphLayout; folded: GraphLayout; standing: Uint8Array } {
  const index = indexOf(nodes);
  const order = topologicalOrder(index);
  const claims = claimsOf(index, refs);
  const standing = choice.standing ?? new Uint8Array(nodes.length);
  for (const { node } of refs) if (node >= 0) standing[node] = 1;
  const visible = choice.visible ?? null;
  return {
    whole: layoutGraph(index, order, claims, visible),
    folded: layoutGraph(index, order, claims, visible, { standing, open: choice.open ?? [] }),
    standing,
  };
}

/** For each row that stands for a stretch, its nodes, newest first. */
function stretches({ folds }: GraphLayout): { row: number; members: number[] }[] {
  if (folds === null) return [];
  return [...folds.rows].map((row, i) => ({
    row,
    members: [...folds.members.subarray(folds.starts[i], folds.starts[i + 1])],
  }));
}

const gapsOf = ({ gaps, order }: GraphLayout): string[] =>
  [...gaps.rows].map((row, i) => `${order[row]} ${gaps.micros[i]}`);

/** The node that a line of a row leads to; negative where none does. */
const target = (layout: GraphLayout, rows: Int32Array, row: number): number =>
  rows[row]! < 0 ? rows[row]! : layout.order[rows[row]!]!;

const main = (node: number): GraphRef => ({ name: 'main', kind: 'branch', node, head: true });

describe('folding', () => {
  it('makes one row of a long straight history and leaves some calls at both ends', () => {
    const { folded } = layouts(straight(40), [main(39)]);
    const [fold] = stretches(folded);
    // Of 40 calls the tip and the root are no inner ones; one more stays at each end.
    expect(fold?.members).toEqual(Array.from({ length: 36 }, (_, i) => 37 - i));
    expect([...folded.order]).toEqual([39, 38, 37, 1, 0]);
    expect([...folded.parentRows]).toEqual([1, 2, 3, 4, -1]);
    expect(folded.rowOf[10]).toBe(2);
    expect(edgesIn(folded, 0, 5).every((edge) => edge.style === 'solid' && edge.lane === 0)).toBe(true);
  });

  it('leaves a stretch that is too short, and one that was opened', () => {
    const least = FOLD_LEAST + 2 * FOLD_CONTEXT + 2;
    expect(stretches(layouts(straight(least - 1), [main(least - 2)]).folded)).toEqual([]);
    expect(stretches(layouts(straight(least), [main(least - 1)]).folded)).toHaveLength(1);
    for (const open of [1, 20, 38]) {
      expect(stretches(layouts(straight(40), [main(39)], { open: [open] }).folded)).toEqual([]);
    }
    expect(stretches(layouts(straight(40), [main(39)], { open: [39, -1] }).folded)).toHaveLength(1);
  });

  it('keeps a call that stands out, with its neighbours', () => {
    const standing = new Uint8Array(60);
    standing[30] = 1;
    const { folded } = layouts(straight(60), [main(59)], { standing });
    expect(stretches(folded)).toHaveLength(2);
    for (const node of [29, 30, 31]) expect(folded.order[folded.rowOf[node]!]).toBe(node);
  });

  it('shows a long gap in time between two stretches', () => {
    const nodes = straight(60).map(({ parent }, i) => ({ parent, merge: -1, second: i < 30 ? i : 3600 + i }));
    const { folded } = layouts(nodes, [main(59)]);
    expect(stretches(folded)).toHaveLength(2);
    expect(folded.gaps.rows).toHaveLength(1);
    const row = folded.gaps.rows[0]!;
    expect(folded.order[row]).toBe(30);
    expect(folded.order[row + 1]).toBe(29);
    expect(folded.gaps.micros[0]).toBe(3601 * 1e6);
  });

  it('ends where another branch claims the calls, also where the fork is filtered out', () => {
    // main: 0…39, side: forks at 19 and goes on; the filter hides main above the fork and the fork itself.
    const side = Array.from({ length: 40 }, (_, i) => ({
      parent: i === 0 ? 19 : 39 + i,
      merge: -1,
      second: 40 + i,
    }));
    const nodes = straight(40, side);
    const visible = Uint8Array.from(nodes, (_, i) => (i >= 40 || i < 19 ? 1 : 0));
    const refs: GraphRef[] = [main(39), { name: 'side', kind: 'branch', node: 79, head: false }];
    const { folded } = layouts(nodes, refs, { visible });
    for (const { members } of stretches(folded)) {
      expect(new Set(members.map((node) => node < 40))).toHaveProperty('size', 1);
    }
    expect(stretches(folded)).toHaveLength(2);
  });

  it('says where a stretch leads through calls that are filtered out', () => {
    const nodes = straight(60);
    const visible = Uint8Array.from(nodes, (_, i) => (i === 30 ? 0 : 1));
    const { folded } = layouts(nodes, [main(59)], { visible });
    const [fold] = stretches(folded);
    expect(fold?.members).toHaveLength(55);
    expect(edgesIn(folded, 0, folded.rows).find((edge) => edge.from === fold?.row)?.style).toBe('hidden');
    const direct = edgesIn(folded, 0, folded.rows).filter((edge) => edge.from !== fold?.row);
    expect(direct.every((edge) => edge.style === 'solid')).toBe(true);
  });
});

/** Graphs with long stretches: a random graph whose nodes are each followed by a chain. */
const scenes = fc
  .record({
    nodes: fc.oneof(anyGraph({ cycles: true, size: 12 }), anyGraph({ cycles: false, size: 12 })),
    lengths: fc.array(fc.constantFrom(0, 3, 15, 18, 30), { minLength: 12, maxLength: 12 }),
    mask: fc.infiniteStream(fc.boolean()),
    gaps: fc.boolean(),
    hidden: fc.constantFrom('none', 'few', 'many'),
    marked: fc.array(fc.nat(200), { maxLength: 3 }),
    open: fc.array(fc.nat(200), { maxLength: 2 }),
  })
  .chain((raw) => {
    const nodes = lengthened(raw.nodes, raw.lengths, raw.gaps);
    const visible =
      raw.hidden === 'none'
        ? null
        : Uint8Array.from(nodes, (_, i) =>
            (raw.hidden === 'few' ? i % 11 !== 3 : raw.mask.next().value === true) ? 1 : 0,
          );
    const standing = new Uint8Array(nodes.length);
    for (const node of raw.marked) if (node < nodes.length) standing[node] = 1;
    const open = raw.open.filter((node) => node < nodes.length);
    return anyRefs(nodes.length).map((refs) => {
      const { folded, whole } = layouts(nodes, refs, { standing, open, visible });
      return { nodes, visible, open, refs, standing, folded, whole };
    });
  });

/** Puts a chain between each node and its parent. */
function lengthened(nodes: readonly TestNode[], lengths: readonly number[], gaps: boolean): TestNode[] {
  const places: number[] = [];
  let at = 0;
  for (const i of nodes.keys()) {
    places.push(at);
    at += 1 + (lengths[i] ?? 0);
  }
  const moved = (parent: number): number => (parent < 0 ? parent : places[parent]! + (lengths[parent] ?? 0));
  return nodes.flatMap(({ parent, merge, second }, i) => {
    const first = {
      parent: moved(parent),
      merge: moved(merge),
      second: second === null ? null : second * 50,
    };
    const chain = Array.from({ length: lengths[i] ?? 0 }, (_, k) => ({
      parent: places[i]! + k,
      merge: -1,
      second: second === null ? null : second * 50 + (gaps && k > 9 ? 5000 : k),
    }));
    return [first, ...chain];
  });
}

describe('folding any graph', () => {
  it('hides only plain inner calls, and counts every call once', () => {
    fc.assert(
      fc.property(scenes, ({ nodes, folded, whole, standing, refs }) => {
        const away = stretches(folded).flatMap(({ members }) => members.slice(1));
        const rows = [...folded.order];
        expect([...rows, ...away].sort((a, b) => a - b)).toEqual([...whole.order].sort((a, b) => a - b));
        for (const node of stretches(folded).flatMap(({ members }) => members)) {
          expect(standing[node]).toBe(0);
          expect(refs.some((ref) => ref.node === node)).toBe(false);
          expect(nodes[node]!.merge).toBe(-1);
          expect(nodes[node]!.parent).toBeGreaterThanOrEqual(0);
          const row = whole.rowOf[node]!;
          const lines = edgesIn(whole, row, row + 1).filter((edge) => edge.to === row && edge.from !== row);
          expect(lines).toHaveLength(1);
          expect(whole.parentRows[row]).toBeGreaterThan(row);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('keeps stretches long, contiguous, free of long gaps, and knows where every call went', () => {
    fc.assert(
      fc.property(scenes, ({ folded, whole, open }) => {
        for (const { row, members } of stretches(folded)) {
          expect(members.length).toBeGreaterThanOrEqual(FOLD_LEAST);
          expect(members.some((node) => open.includes(node))).toBe(false);
          expect(folded.order[row]).toBe(members[0]);
          for (const [i, node] of members.entries()) {
            expect(folded.rowOf[node]).toBe(row);
            if (i > 0) expect(whole.parentRows[whole.rowOf[members[i - 1]!]!]).toBe(whole.rowOf[node]);
          }
        }
        for (const [row, node] of folded.order.entries()) expect(folded.rowOf[node]).toBe(row);
        expect(gapsOf(folded)).toEqual(gapsOf(whole));
      }),
      { numRuns: 400 },
    );
  });

  it('keeps the lines between the calls that stay, and gives a stretch the line of its oldest call', () => {
    fc.assert(
      fc.property(scenes, ({ folded, whole }) => {
        const inside = new Map(stretches(folded).map(({ row, members }) => [row, members]));
        for (let row = 0; row < folded.rows; row++) {
          const last = inside.get(row)?.at(-1) ?? folded.order[row]!;
          const before = whole.rowOf[last]!;
          const parent = target(whole, whole.parentRows, before);
          expect(target(folded, folded.parentRows, row)).toBe(parent);
          expect(target(folded, folded.mergeRows, row)).toBe(target(whole, whole.mergeRows, before));
          const [bits, hidden] = [whole.hidden, folded.hidden];
          const through = (inside.get(row) ?? [last]).some((node) => (bits?.[whole.rowOf[node]!] ?? 0) !== 0);
          expect((hidden?.[row] ?? 0) !== 0).toBe(through);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('with every stretch opened is the graph that is not folded', () => {
    let seen = 0;
    fc.assert(
      fc.property(scenes, ({ nodes, visible, refs, standing, folded, whole, open }) => {
        const inside = stretches(folded).map(({ members }) => members[members.length >> 1]!);
        seen += inside.length;
        const again = layouts(nodes, refs, { visible, standing, open: [...open, ...inside] }).folded;
        const { folds, ...rest } = again;
        const { folds: none, ...wholeRest } = whole;
        expect([folds?.rows.length, none]).toEqual([0, null]);
        expect(rest).toEqual(wholeRest);
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(100);
  });
});
