import { hasA, hasB, isDifference, ROW } from '../../../../core/graph/aligned-shape.ts';

/** Equal calls in a row that are shown one by one; of more the first and the last stay, the rest is one line. */
const MOST_EQUAL = 6;
/** Equal calls that stay beside a difference. */
const BESIDE = 2;

/**
 * What stands in each line: a row of the comparison, a fold of equal ones, or a call that both runs have. `kind`: 0 a
 * row, 1 a fold, 2 a call in common; `at` is the row, the first row of the fold, or the place in the common calls.
 */
export type Layout = {
  readonly length: number;
  readonly kind: Uint8Array;
  readonly at: Int32Array;
  /** how many rows a fold stands for */
  readonly folded: ReadonlyMap<number, number>;
};

export const LINE = { row: 0, fold: 1, common: 2 } as const;

/**
 * The lines of two runs: `common` calls first (0 while they are folded away), then the rows, long stretches of equal
 * ones folded but for those that `isOpen` says, by the first row of the fold.
 */
export function layOut(kinds: Uint8Array, common: number, isOpen: (row: number) => boolean): Layout {
  const kind = new Uint8Array(common + kinds.length);
  const at = new Int32Array(common + kinds.length);
  const folded = new Map<number, number>();
  kind.fill(LINE.common, 0, common);
  for (let i = 0; i < common; i += 1) at[i] = i;
  let line = common;
  const row = (i: number): void => {
    at[line] = i;
    line += 1;
  };
  for (let from = 0; from < kinds.length;) {
    let end = from;
    while (end < kinds.length && !isDifference(kinds[end]!)) end += 1;
    // Beside nothing, nothing has to stay.
    const head = from === 0 ? 0 : BESIDE;
    const tail = end === kinds.length ? 0 : BESIDE;
    const first = from + head;
    const count = end - from - head - tail;
    if (count > MOST_EQUAL - head - tail && count > 1 && !isOpen(first)) {
      for (let i = from; i < first; i += 1) row(i);
      folded.set(first, count);
      kind[line] = LINE.fold;
      row(first);
      for (let i = end - tail; i < end; i += 1) row(i);
    } else for (let i = from; i < end; i += 1) row(i);
    if (end < kinds.length) row(end);
    from = end + 1;
  }
  return { length: line, kind: kind.subarray(0, line), at: at.subarray(0, line), folded };
}

/** The fold that a row would be in, by its first row; null for a difference, and where nothing is folded. */
export function foldOf(kinds: Uint8Array, row: number): number | null {
  if (row < 0 || row >= kinds.length || isDifference(kinds[row]!)) return null;
  let from = row;
  while (from > 0 && !isDifference(kinds[from - 1]!)) from -= 1;
  return from === 0 ? 0 : from + BESIDE;
}

/** The line of a row; of one that is folded away the line of its fold. -1 where there is none. */
export function lineOf({ kind, at, length, folded }: Layout, row: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kind[middle] === LINE.common || at[middle]! <= row) low = middle + 1;
    else high = middle;
  }
  const line = low - 1;
  if (line < 0 || kind[line] === LINE.common) return -1;
  const rows = kind[line] === LINE.fold ? (folded.get(at[line]!) ?? 1) : 1;
  return row < at[line]! + rows ? line : -1;
}

/** The next difference after (or, with -1, before) a row; null where there is none. `row` -1 begins before all. */
export function nextDifference(kinds: Uint8Array, row: number, by: 1 | -1): number | null {
  for (let at = row + by; at >= 0 && at < kinds.length; at += by) if (isDifference(kinds[at]!)) return at;
  return null;
}

/** How many differences there are up to and with a row. */
export function differencesUpTo(kinds: Uint8Array, row: number): number {
  let count = 0;
  for (let at = 0; at <= row && at < kinds.length; at += 1) if (isDifference(kinds[at]!)) count += 1;
  return count;
}

/**
 * Finds rows of one comparison in a later one of the same two runs: by the place of their calls in the runs, which stays
 * while the runs grow. A row that is gone leads to the nearest one that is there.
 */
export function rowMapper(before: Uint8Array, after: Uint8Array): (row: number) => number {
  const [beforeA, beforeB] = placesOf(before);
  const [afterA, afterB] = placesOf(after);
  return (row) => {
    if (row < 0 || row >= before.length) return Math.max(-1, Math.min(row, after.length - 1));
    const useA = before[row] !== ROW.onlyB;
    const place = useA ? beforeA[row]! : beforeB[row]!;
    const list = useA ? afterA : afterB;
    const has = useA ? hasA : hasB;
    // Places grow with the rows: the first row that has reached this one and has a call of that run.
    let low = 0;
    let high = after.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle]! < place) low = middle + 1;
      else high = middle;
    }
    while (low < after.length && !has(after[low]!)) low += 1;
    return Math.min(low, after.length - 1);
  };
}

/** For each row how many calls of either run stand before it. */
function placesOf(kinds: Uint8Array): readonly [Int32Array, Int32Array] {
  const inA = new Int32Array(kinds.length);
  const inB = new Int32Array(kinds.length);
  let [a, b] = [0, 0];
  for (let row = 0; row < kinds.length; row += 1) {
    inA[row] = a;
    inB[row] = b;
    if (hasA(kinds[row]!)) a += 1;
    if (hasB(kinds[row]!)) b += 1;
  }
  return [inA, inB];
}
