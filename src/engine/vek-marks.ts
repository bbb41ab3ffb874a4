import type { FailureScan } from '../contract/scale.ts';
import type { Problem } from '../contract/vek.ts';
import { findNode } from '../core/graph/find.ts';
import { FLAG, MISSING, type GraphIndex } from '../core/graph/index.ts';

/** What stands out among the calls of a graph. */
export type Marks = {
  /** one byte per node, 1 where the call failed; null while that is not known */
  readonly failed: Uint8Array | null;
  readonly failedCount: number;
  readonly failures: FailureScan;
  /** calls that something is wrong with, as far as opening or the newest check found it */
  readonly damaged: ReadonlySet<number>;
};

const BROKEN = FLAG.hash | FLAG.tool | FLAG.parent | FLAG.mergeParent;

/** The calls that the index and these problems name as damaged. */
export function damagedNodes(index: GraphIndex, problems: readonly Problem[]): Set<number> {
  const damaged = new Set<number>();
  for (let node = 0; node < index.count; node++) {
    const broken = (index.flags[node]! & BROKEN) !== 0;
    if (broken || index.parents[node] === MISSING || index.mergeParents[node] === MISSING) damaged.add(node);
  }
  for (const { severity, hash } of problems) {
    if (severity !== 'error' || hash === null) continue;
    const node = findNode(index, hash);
    if (node >= 0) damaged.add(node);
  }
  return damaged;
}
