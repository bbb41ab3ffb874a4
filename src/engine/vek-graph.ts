import type { Head, Ref, RefBadge } from '../contract/vek.ts';
import { claimsOf, type Claims } from '../core/graph/layout.ts';
import type { GraphRef } from '../core/graph/owners.ts';
import { extendedOrder, topologicalOrder } from '../core/graph/order.ts';
import type { VekIndex } from '../core/vek/index-read.ts';
import { badgesByNode, graphRefs } from './vek-badges.ts';

/** The graph of a repository at one revision: never changed, replaced as a whole when the store changes. */
export type VekGraph = {
  readonly index: VekIndex;
  readonly order: Int32Array;
  readonly head: Head;
  readonly refs: readonly Ref[];
  readonly graphRefs: readonly GraphRef[];
  readonly badges: ReadonlyMap<number, readonly RefBadge[]>;
  /** found when first asked for */
  readonly claims: () => Claims;
};

/** Puts an index and the refs of the same look together; `previous` saves ordering again what has its place. */
export function makeGraph(
  index: VekIndex,
  refs: readonly Ref[],
  head: Head,
  previous: VekGraph | null,
): VekGraph {
  const named = graphRefs(index, refs, head);
  let claims: Claims | null = null;
  return {
    index,
    order:
      previous === null
        ? topologicalOrder(index)
        : previous.index === index
          ? previous.order
          : extendedOrder(index, previous.index, previous.order),
    head,
    refs,
    graphRefs: named,
    badges: badgesByNode(refs, named),
    claims: () => (claims ??= claimsOf(index, named)),
  };
}

/** The nodes that name `node` as a parent, newest stored first, cut at `limit`; `count` is not cut. */
export function childrenOf(
  index: VekIndex,
  node: number,
  limit: number,
): { readonly nodes: { readonly node: number; readonly merge: boolean }[]; readonly count: number } {
  const nodes: { node: number; merge: boolean }[] = [];
  let count = 0;
  for (let i = index.count - 1; i >= 0; i--) {
    const parent = index.parents[i] === node;
    if (!parent && index.mergeParents[i] !== node) continue;
    count++;
    if (nodes.length < limit) nodes.push({ node: i, merge: !parent });
  }
  return { nodes, count };
}
