import type { FailureScan } from '../contract/scale.ts';
import type { Problem } from '../contract/vek.ts';
import { findNode } from '../core/graph/find.ts';
import { FLAG, MISSING, type GraphIndex } from '../core/graph/index.ts';
import type { Failures } from './vek-failures.ts';
import type { VekGraph } from './vek-graph.ts';

/** What stands out among the calls of a graph. */
export type MarkedCalls = {
  /** one byte per node, 1 where the call failed; null while that is not known */
  readonly failed: Uint8Array | null;
  readonly failures: FailureScan;
  /** calls that something is wrong with, as far as opening or the newest check found it */
  readonly damaged: ReadonlySet<number>;
};

export type Marks = {
  of(graph: VekGraph): MarkedCalls;
  /** one byte per node, 1 where a call is never folded away: refs, failed and damaged ones */
  standing(graph: VekGraph): Uint8Array;
  /** grows whenever other calls are marked in the same graph */
  version(): number;
  /** failed calls became known */
  failed(): void;
  /** a check has ended; whether other calls are marked than were told of this graph */
  checked(graph: VekGraph): boolean;
};

const BROKEN = FLAG.hash | FLAG.tool | FLAG.parent | FLAG.mergeParent;

/** The calls that the index and these problems name as damaged. */
export function damagedNodes(index: GraphIndex, problems: readonly Problem[]): Set<number> {
  const damaged = new Set<number>();
  const { flags, parents, mergeParents } = index;
  for (let node = 0; node < index.count; node++) {
    const broken = (flags[node]! & BROKEN) !== 0;
    if (broken || parents[node] === MISSING || mergeParents[node] === MISSING) damaged.add(node);
  }
  for (const { severity, hash } of problems) {
    if (severity !== 'error' || hash === null) continue;
    const node = findNode(index, hash);
    if (node >= 0) damaged.add(node);
  }
  return damaged;
}

/** The marks of one repository, from its failed calls and from what is known to be wrong with it. */
export function createMarks(failures: Failures, problems: () => readonly Problem[]): Marks {
  let version = 0;
  let damage: { readonly graph: VekGraph; readonly nodes: Set<number> } | null = null;

  function damaged(graph: VekGraph): Set<number> {
    if (damage?.graph !== graph) damage = { graph, nodes: damagedNodes(graph.index, problems()) };
    return damage.nodes;
  }

  return {
    of: (graph) => ({
      failed: failures.bits(graph.index),
      failures: failures.scan(graph.index),
      damaged: damaged(graph),
    }),
    standing(graph) {
      const standing = failures.bits(graph.index)?.slice() ?? new Uint8Array(graph.index.count);
      for (const node of graph.badges.keys()) standing[node] = 1;
      for (const node of damaged(graph)) standing[node] = 1;
      return standing;
    },
    version: () => version,
    failed() {
      version++;
    },
    checked(graph) {
      const before = damage?.graph === graph ? damage.nodes : null;
      damage = null;
      const nodes = damaged(graph);
      if (before === null) return false;
      if (nodes.size === before.size && [...nodes].every((node) => before.has(node))) return false;
      version++;
      return true;
    },
  };
}
