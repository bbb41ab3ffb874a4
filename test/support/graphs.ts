import * as fc from 'fast-check';
import { addValues, finishIndex, startIndex } from '../../src/core/graph/build.ts';
import type { GraphIndex } from '../../src/core/graph/index.ts';
import type { GraphRef } from '../../src/core/graph/owners.ts';

/** A node of a test graph; parents are indexes of any node (also later ones), -1 none, -2 not in the store. */
export type TestNode = { readonly parent: number; readonly merge: number; readonly second: number | null };

/** A hash of 64 digits that belongs to a number. */
export function testHash(number: number): string {
  const head = (Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  return (head + number.toString(16).padStart(8, '0')).repeat(4);
}

/** The text of a time in seconds after a fixed moment, as vek writes it. */
export function testTime(second: number): string {
  return new Date(1_760_000_000_000 + second * 1000).toISOString().replace('.000Z', '+00:00');
}

/** The hash that a test node names as a parent. */
export function parentName(parent: number, node: number): string | null {
  return parent === -1 ? null : parent === -2 ? testHash(1_000_000 + node) : testHash(parent);
}

/** Builds an index of test nodes, by the code that reads a store. */
export function indexOf(nodes: readonly TestNode[], tools: readonly string[] = ['tool']): GraphIndex {
  const builder = startIndex(nodes.length);
  nodes.forEach((node, i) => {
    const time = node.second === null ? 'no time' : testTime(node.second);
    const parent = parentName(node.parent, i);
    addValues(builder, i + 1, testHash(i), tools[i % tools.length], parent, parentName(node.merge, i), time);
  });
  return finishIndex(builder);
}

/** Random graphs: skewed clocks, unknown times, missing parents; with `cycles` any node can be a parent. */
export function anyGraph(options: { cycles: boolean; size?: number }): fc.Arbitrary<TestNode[]> {
  const size = options.size ?? 30;
  return fc
    .array(
      fc.record({
        parent: fc.integer({ min: 0, max: 9_999 }),
        parentKind: fc.constantFrom('near', 'near', 'near', 'any', 'none', 'missing'),
        merge: fc.integer({ min: 0, max: 9_999 }),
        mergeKind: fc.constantFrom('none', 'none', 'none', 'any', 'near', 'missing', 'same'),
        second: fc.oneof(
          { weight: 9, arbitrary: fc.integer({ min: 0, max: 40 }) },
          { weight: 1, arbitrary: fc.constant(null) },
        ),
      }),
      { maxLength: size },
    )
    .map((raw) =>
      raw.map((item, i) => {
        const reach = options.cycles ? raw.length : i;
        const pick = (kind: string, value: number): number => {
          if (kind === 'none' || reach === 0) return -1;
          if (kind === 'missing') return -2;
          if (kind === 'any') return value % reach;
          const near = i - 1 - (value % 3);
          return near >= 0 ? near : -1;
        };
        const parent = pick(item.parentKind, item.parent);
        const merge = item.mergeKind === 'same' ? parent : pick(item.mergeKind, item.merge);
        return { parent, merge, second: item.second };
      }),
    );
}

/** Branches on random nodes, the first of them HEAD's. */
export function anyRefs(count: number): fc.Arbitrary<GraphRef[]> {
  if (count === 0) return fc.constant([]);
  return fc
    .array(fc.integer({ min: -1, max: count - 1 }), { maxLength: 5 })
    .map((tips) =>
      tips.map(
        (node, i) => ({ name: `b${i}`, kind: i === 4 ? 'tag' : 'branch', node, head: i === 0 }) as const,
      ),
    );
}
