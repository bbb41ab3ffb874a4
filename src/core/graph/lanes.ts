import { makeHeap, pop, push } from './heap.ts';

/** What the lanes are drawn from, by row: parents as rows (negative: none), and the ref that owns each row or -1. */
export type LaneInput = {
  readonly parentRows: Int32Array;
  readonly mergeRows: Int32Array;
  readonly owners: Int32Array;
  /** the owner whose chain runs in column 0, or -1 when there is none */
  readonly trunk: number;
};

export type Lanes = {
  readonly lanes: Int32Array;
  readonly laneCount: number;
  /** rows of calls with a merge edge downwards, ascending, and the column each runs in */
  readonly mergeAt: Int32Array;
  readonly mergeLanes: Int32Array;
  /** edges upwards (in cycles), by the row of their upper end: edge id (`row * 2 + role` of the child) and column */
  readonly backwardTops: Int32Array;
  readonly backwardIds: Int32Array;
  readonly backwardLanes: Int32Array;
};

/** Owner of a column that waits for a merge parent. */
const MERGE = -3;

/**
 * Gives every row a column. The trunk stands in column 0; every other chain takes the leftmost free one. A column
 * is taken from a call down to just above its parent, so that no two lines share a place unless both lead to the
 * same call. One pass; the result does not depend on what is visible on screen.
 */
export function assignLanes(input: LaneInput): Lanes {
  const { parentRows, mergeRows, owners, trunk } = input;
  const rows = parentRows.length;
  const lanes = new Int32Array(rows);
  const first = trunk === -1 ? 0 : 1;
  const backward = backwardEdges(parentRows, mergeRows);
  const backwardLanes = new Int32Array(backward.ids.length);
  const mergeAt: number[] = [];
  const mergeLanes: number[] = [];

  // Columns that wait for a row form a list, the leftmost first: waitHead[row] → column → next[column].
  const waitHead = new Int32Array(rows).fill(-1);
  const next: number[] = [];
  const awaited: number[] = [];
  const claimant: number[] = [];
  const free = makeHeap((a, b) => a < b);
  let columns = first;
  if (first === 1) awaited[0] = -1;

  const take = (): number => {
    const column = pop(free);
    return column >= 0 ? column : columns++;
  };
  const reserve = (column: number, row: number, owner: number): void => {
    awaited[column] = row;
    claimant[column] = owner;
    const head = waitHead[row]!;
    if (head === -1 || column < head) {
      next[column] = head;
      waitHead[row] = column;
    } else {
      next[column] = next[head]!;
      next[head] = column;
    }
  };
  /** The column of a line that joins what already leads to `row`, or of a new one. */
  const lineTo = (row: number): number => {
    const joined = waitHead[row]!;
    if (joined !== -1) return joined;
    const column = take();
    reserve(column, row, MERGE);
    return column;
  };

  let up = 0;
  for (let row = 0; row < rows; row++) {
    const owner = owners[row]!;
    const onTrunk = owner === trunk && first === 1 && (awaited[0] === -1 || awaited[0] === row);
    let column = onTrunk ? 0 : -1;
    if (column === -1) {
      let score = -1;
      for (let c = waitHead[row]!; c !== -1; c = next[c]!) {
        const rank = claimant[c] === MERGE ? 0 : owner >= 0 && claimant[c] === owner ? 2 : 1;
        if (rank > score || (rank === score && c < column)) [score, column] = [rank, c];
      }
      if (column === -1) column = take();
    }
    for (let c = waitHead[row]!; c !== -1; c = next[c]!) {
      awaited[c] = -1;
      if (c !== column && c >= first) push(free, c);
    }
    awaited[column] = -1;
    lanes[row] = column;

    const parent = parentRows[row]!;
    if (parent > row) reserve(column, parent, owner);
    const merge = mergeRows[row]!;
    if (merge > row) {
      mergeAt.push(row);
      mergeLanes.push(lineTo(merge));
    }
    for (; up < backward.ids.length && backward.tops[up] === row; up++) {
      const child = backward.ids[up]! >>> 1;
      backwardLanes[up] = child === row ? column : lineTo(child);
    }
    if (parent <= row && column >= first) push(free, column);
  }
  return {
    lanes,
    laneCount: rows === 0 ? 0 : columns,
    mergeAt: Int32Array.from(mergeAt),
    mergeLanes: Int32Array.from(mergeLanes),
    backwardTops: backward.tops,
    backwardIds: backward.ids,
    backwardLanes,
  };
}

function backwardEdges(parentRows: Int32Array, mergeRows: Int32Array): { tops: Int32Array; ids: Int32Array } {
  const ids: number[] = [];
  for (let row = 0; row < parentRows.length; row++) {
    const parent = parentRows[row]!;
    const merge = mergeRows[row]!;
    if (parent >= 0 && parent <= row) ids.push(row * 2);
    if (merge >= 0 && merge <= row) ids.push(row * 2 + 1);
  }
  const topOf = (id: number): number => (id % 2 === 0 ? parentRows : mergeRows)[id >>> 1]!;
  ids.sort((a, b) => topOf(a) - topOf(b) || a - b);
  return { tops: Int32Array.from(ids, topOf), ids: Int32Array.from(ids) };
}
