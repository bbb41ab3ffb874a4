import type { IdleGaps } from './idle.ts';
import { NONE, type GraphIndex } from './index.ts';

/** Calls that a stretch has at least, so that a row for it saves more than it hides. */
export const FOLD_LEAST = 12;
/** Calls of a chain that stay at each of its ends, so that what is next to a fork, ref, merge or failure shows. */
export const FOLD_CONTEXT = 1;

/** Rows of a view and their lines, as `layoutGraph` has them before lanes are given out. */
export type Lines = {
  readonly shown: Int32Array;
  readonly parentRows: Int32Array;
  readonly mergeRows: Int32Array;
  readonly hidden: Uint8Array | null;
};

/** What is folded: nodes that must stay (one byte a node), and nodes whose stretch was opened. */
export type FoldChoice = { readonly standing: Uint8Array; readonly open: readonly number[] };

/** The folded stretches of a view, by row. */
export type Folds = {
  /** rows that stand for a stretch, ascending */
  readonly rows: Int32Array;
  /** where the members of each begin; one more for the end */
  readonly starts: Int32Array;
  /** nodes of all stretches, each newest first: the first is the call of the row */
  readonly members: Int32Array;
};

export type Folded = {
  readonly lines: Lines;
  readonly folds: Folds;
  /** for each row before, the row it is in or is folded into */
  readonly newRows: Int32Array;
};

/** The first parent of a row is not shown; the line leads through calls that are filtered out. */
const PARENT = 1;

/**
 * Folds the long linear stretches of a view into one row each. A call can be folded away when exactly one line
 * leads to it from above and one leads on down, when it is no merge and nothing in `standing`. A chain ends where
 * another ref claims the calls and at a long gap in time; of what is left, a call stays at both ends.
 */
export function foldStretches(
  index: GraphIndex,
  owners: Int32Array,
  lines: Lines,
  gaps: IdleGaps,
  choice: { readonly standing: Uint8Array; readonly openRows: ReadonlySet<number> },
): Folded {
  const { shown, parentRows } = lines;
  const rows = shown.length;
  const { standing, openRows } = choice;
  const inner = innerRows(index, lines, standing);
  const gapsAbove = countGaps(rows, gaps);
  const follows = (row: number, parent: number): boolean =>
    inner[parent] === 1 &&
    (gapsAbove === null || gapsAbove[row] === gapsAbove[parent]) &&
    owners[shown[row]!] === owners[shown[parent]!];

  // For each row the one it is folded into (itself: it stays); a row that is `inner` is taken off when it was visited.
  const into = new Int32Array(rows);
  for (let row = 0; row < rows; row++) into[row] = row;
  const tops: number[] = [];
  const lasts: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (inner[row] === 0) continue;
    let length = 1;
    let isOpen = openRows.has(row);
    let end = row;
    inner[row] = 0;
    for (let next = parentRows[end]!; follows(end, next); next = parentRows[end]!) {
      inner[next] = 0;
      if (openRows.size > 0 && openRows.has(next)) isOpen = true;
      end = next;
      length++;
    }
    const folded = length - 2 * FOLD_CONTEXT;
    if (isOpen || folded < FOLD_LEAST) continue;
    let top = row;
    for (let i = 0; i < FOLD_CONTEXT; i++) top = parentRows[top]!;
    let at = top;
    for (let i = 1; i < folded; i++) {
      at = parentRows[at]!;
      into[at] = top;
    }
    tops.push(top);
    lasts.push(at);
  }
  return compress(lines, into, tops, lasts);
}

/** One byte per row: 1 where a call may be folded away as far as it alone tells. */
function innerRows(index: GraphIndex, lines: Lines, standing: Uint8Array): Uint8Array {
  const { shown, parentRows, mergeRows } = lines;
  const rows = shown.length;
  // Lines from above, at most two counted; a line from below (a cycle) or of a merge counts as two.
  const children = new Uint8Array(rows);
  const add = (row: number, lead: number): void => {
    children[row] = Math.min(2, children[row]! + lead);
  };
  for (let row = 0; row < rows; row++) {
    const parent = parentRows[row]!;
    const merge = mergeRows[row]!;
    if (parent >= 0) add(parent, parent > row ? 1 : 2);
    if (merge >= 0) add(merge, 2);
  }
  const inner = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const node = shown[row]!;
    if (children[row] === 1 && parentRows[row]! > row && index.mergeParents[node] === NONE)
      inner[row] = standing[node] === 1 ? 0 : 1;
  }
  return inner;
}

/** For each row the number of long gaps that stand above it; null where there is none. */
function countGaps(rows: number, gaps: IdleGaps): Int32Array | null {
  if (gaps.rows.length === 0) return null;
  const above = new Int32Array(rows);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    above[row] = at;
    if (gaps.rows[at] === row) at++;
  }
  return above;
}

function compress(lines: Lines, into: Int32Array, tops: number[], lasts: number[]): Folded {
  const { shown, parentRows, mergeRows, hidden } = lines;
  const rows = shown.length;
  const newRows = new Int32Array(rows);
  let kept = 0;
  for (let row = 0; row < rows; row++) newRows[row] = into[row] === row ? kept++ : newRows[into[row]!]!;
  const move = (row: number): number => (row >= 0 ? newRows[row]! : row);

  const next = {
    shown: new Int32Array(kept),
    parentRows: new Int32Array(kept),
    mergeRows: new Int32Array(kept),
    hidden: hidden === null ? null : new Uint8Array(kept),
  };
  for (let row = 0; row < rows; row++) {
    if (into[row] !== row) continue;
    const at = newRows[row]!;
    next.shown[at] = shown[row]!;
    next.parentRows[at] = move(parentRows[row]!);
    next.mergeRows[at] = move(mergeRows[row]!);
    if (hidden !== null) next.hidden![at] = hidden[row]!;
  }

  const sequence = tops.map((_, i) => i).sort((a, b) => tops[a]! - tops[b]!);
  const folds = {
    rows: Int32Array.from(sequence, (i) => newRows[tops[i]!]!),
    starts: new Int32Array(sequence.length + 1),
    members: new Int32Array(rows - kept + sequence.length),
  };
  let at = 0;
  for (const [place, i] of sequence.entries()) {
    folds.starts[place] = at;
    const row = folds.rows[place]!;
    for (let member = tops[i]!; ; member = parentRows[member]!) {
      folds.members[at++] = shown[member]!;
      if (hidden !== null && (hidden[member]! & PARENT) !== 0) next.hidden![row]! |= PARENT;
      if (member === lasts[i]) break;
    }
    next.parentRows[row] = move(parentRows[lasts[i]!]!);
  }
  folds.starts[sequence.length] = at;
  return { lines: next, folds, newRows };
}
