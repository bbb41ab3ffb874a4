import { mergeBases, reachable } from '../../graph/ancestors.ts';
import { MISSING, type GraphIndex } from '../../graph/index.ts';

/** Where two runs part, in node numbers. `order` of the graph decides what is older. */
export type Divergence = {
  /** best common ancestors, newest first; none for unrelated runs */
  readonly bases: readonly number[];
  /** calls that both reach, and the time of the oldest of them */
  readonly shared: number;
  readonly sharedSinceMicros: number | null;
  /** calls that only one of them reaches, along both parents, oldest first */
  readonly a: Int32Array<ArrayBuffer>;
  readonly b: Int32Array<ArrayBuffer>;
  /** a parent of a call of the run is not in the store: what came before is unknown */
  readonly cutA: boolean;
  readonly cutB: boolean;
};

/**
 * Parts two runs: what both have, and what only each has. `order` is all nodes, newest first, as the graph shows them.
 * The calls of branches that were merged into a run belong to it, so that their number is that of ahead and behind.
 */
export function divergence(index: GraphIndex, order: Int32Array, a: number, b: number): Divergence {
  const [inA, inB] = [reachable(index, [a]), reachable(index, [b])];
  const only: [number[], number[]] = [[], []];
  const cut: [boolean, boolean] = [false, false];
  let shared = 0;
  let since: number | null = null;
  for (let row = order.length - 1; row >= 0; row -= 1) {
    const node = order[row]!;
    const reached = inA[node]! | (inB[node]! << 1);
    if (reached === 0) continue;
    if (index.parents[node] === MISSING || index.mergeParents[node] === MISSING) {
      if ((reached & 1) !== 0) cut[0] = true;
      if ((reached & 2) !== 0) cut[1] = true;
    }
    if (reached === 3) {
      shared += 1;
      const time = index.timeMicros[node]!;
      if (since === null && !Number.isNaN(time)) since = time;
    } else only[reached - 1]!.push(node);
  }
  return {
    bases: mergeBases(index, a, b),
    shared,
    sharedSinceMicros: since,
    a: Int32Array.from(only[0]),
    b: Int32Array.from(only[1]),
    cutA: cut[0],
    cutB: cut[1],
  };
}

/** The calls that both runs reach, oldest first. */
export function commonCalls(index: GraphIndex, order: Int32Array, a: number, b: number): Int32Array {
  const [inA, inB] = [reachable(index, [a]), reachable(index, [b])];
  const common: number[] = [];
  for (let row = order.length - 1; row >= 0; row -= 1) {
    const node = order[row]!;
    if (inA[node] === 1 && inB[node] === 1) common.push(node);
  }
  return Int32Array.from(common);
}
