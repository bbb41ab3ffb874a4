import { NONE, type GraphIndex } from './index.ts';

const PARENT = 1;
const MERGE = 2;

/** Nearest ancestor along first parents that no visible node was found for. */
const NOWHERE = -1;

/**
 * Parent rows of the shown calls. A parent that is not shown is replaced by its nearest shown ancestor along first
 * parents; a merge edge that would end where the parent edge ends is left out. `hidden` says which edges were
 * redirected.
 */
export function visibleParents(
  index: GraphIndex,
  order: Int32Array,
  shown: Int32Array,
  rowOf: Int32Array,
): { parentRows: Int32Array; mergeRows: Int32Array; hidden: Uint8Array } {
  const { parents, mergeParents } = index;
  // From the bottom up, so that a parent is settled before its children; in a cycle the line ends.
  const nearest = new Int32Array(index.count).fill(NOWHERE);
  for (let at = order.length - 1; at >= 0; at--) {
    const node = order[at]!;
    const parent = parents[node]!;
    nearest[node] = rowOf[node]! >= 0 ? rowOf[node]! : parent >= 0 ? nearest[parent]! : NOWHERE;
  }
  const parentRows = new Int32Array(shown.length);
  const mergeRows = new Int32Array(shown.length);
  const hidden = new Uint8Array(shown.length);
  for (let row = 0; row < shown.length; row++) {
    const node = shown[row]!;
    const parent = parents[node]!;
    const merge = mergeParents[node]!;
    const to = parent >= 0 ? target(nearest[parent]!, row, rowOf[parent]! >= 0) : parent;
    const mergeTo = merge >= 0 ? target(nearest[merge]!, row, rowOf[merge]! >= 0) : merge;
    parentRows[row] = to;
    if (to >= 0 && rowOf[parent]! < 0) hidden[row] = PARENT;
    if (mergeTo >= 0 && mergeTo === to) {
      // One line is enough; it is a direct one where either of the two is.
      if (rowOf[merge]! >= 0) hidden[row] = 0;
      mergeRows[row] = NONE;
      continue;
    }
    mergeRows[row] = mergeTo;
    if (mergeTo >= 0 && rowOf[merge]! < 0) hidden[row] = hidden[row]! | MERGE;
  }
  return { parentRows, mergeRows, hidden };
}

/** Redirected lines only go down: one that comes back up through a cycle ends. */
function target(nearestRow: number, row: number, direct: boolean): number {
  return direct || nearestRow > row ? nearestRow : NONE;
}
