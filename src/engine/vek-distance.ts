import { aheadBehind } from '../core/graph/ancestors.ts';
import type { GraphIndex } from '../core/graph/index.ts';

type Distance = { readonly ahead: number; readonly behind: number };

/** Milliseconds that one overview spends on distances; what is not known by then is asked again later. */
const BUDGET_MS = 40;

export type Distances = {
  /** A new overview begins. */
  start(): void;
  /** Calls that only `node` reaches, and that only `head` reaches; null when there was no time yet. */
  between(index: GraphIndex, node: number, head: number): Distance | null;
};

/** Distances between branches, each walked once; a walk over a million calls takes tens of milliseconds. */
export function createDistances(): Distances {
  const known = new Map<string, Distance>();
  let until = 0;
  let headNow = -1;
  return {
    start() {
      until = performance.now() + BUDGET_MS;
    },
    between(index, node, head) {
      if (head !== headNow) known.clear();
      headNow = head;
      const key = `${node} ${head}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      if (performance.now() > until) return null;
      const distance = aheadBehind(index, node, head);
      known.set(key, distance);
      return distance;
    },
  };
}
