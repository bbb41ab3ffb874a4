import { aheadBehindAll, type AheadBehind } from '../core/graph/ahead-behind.ts';
import type { VekGraph } from './vek-graph.ts';

export type Distances = {
  /** How far each ref's call is from HEAD's branch, in the order of `graph.refs`; null where that is unknown. */
  of(graph: VekGraph): readonly (AheadBehind | null)[];
};

/** Distances between branches, walked once for a graph: tens of milliseconds over a million calls. */
export function createDistances(): Distances {
  let known: { readonly graph: VekGraph; readonly distances: readonly (AheadBehind | null)[] } | null = null;
  return {
    of(graph) {
      if (known?.graph !== graph) {
        const head = graph.graphRefs.find((ref) => ref.head);
        const tips = graph.graphRefs.map((ref) => (ref.kind === 'branch' && !ref.head ? ref.node : -1));
        known = { graph, distances: aheadBehindAll(graph.index, head?.node ?? -1, tips) };
      }
      return known.distances;
    },
  };
}
