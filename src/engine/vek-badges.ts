import type { Head, Ref, RefBadge } from '../contract/vek.ts';
import { findNode } from '../core/graph/find.ts';
import type { GraphIndex } from '../core/graph/index.ts';
import { branchColours, type GraphRef } from '../core/graph/owners.ts';

/** Tags and checkpoints have no lane; their badge carries no colour of its own. */
const NO_LANE = 0;

/** The refs as the layout wants them: each with the node it names, and which one HEAD names. */
export function graphRefs(index: GraphIndex, refs: readonly Ref[], head: Head): GraphRef[] {
  const current = head.state === 'branch' ? head.branch : null;
  return refs.map((ref) => ({
    name: ref.name,
    kind: ref.kind,
    node: findNode(index, ref.hash),
    head: ref.name === current && ref.kind === 'branch',
  }));
}

const rank = (badge: RefBadge): number => (badge.head ? 0 : badge.kind === 'branch' ? 1 : 2);

/** The badges of every node that a ref names: HEAD's branch first, then branches, then tags and checkpoints. */
export function badgesByNode(refs: readonly Ref[], graph: readonly GraphRef[]): Map<number, RefBadge[]> {
  const colours = branchColours(graph);
  const badges = new Map<number, RefBadge[]>();
  for (const [i, ref] of refs.entries()) {
    const { node, head } = graph[i] as GraphRef;
    if (node < 0) continue;
    const badge: RefBadge = {
      name: ref.name,
      label: ref.label,
      kind: ref.kind,
      head,
      colour: colours.get(ref.name) ?? NO_LANE,
    };
    badges.set(node, [...(badges.get(node) ?? []), badge]);
  }
  for (const list of badges.values()) list.sort((a, b) => rank(a) - rank(b));
  return badges;
}
