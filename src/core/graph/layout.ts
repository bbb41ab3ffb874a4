import { indexEdges, type EdgeIndex } from './edges.ts';
import { foldStretches, type FoldChoice, type Folds, type Lines } from './fold.ts';
import { idleGaps, type IdleGaps } from './idle.ts';
import { NONE, type GraphIndex } from './index.ts';
import { assignLanes } from './lanes.ts';
import { branchColours, claimOrder, laneColour, ownersOf, type GraphRef } from './owners.ts';
import { visibleParents } from './view.ts';

/** Rows, columns and edges of a graph or of the part of it that a view shows. */
export type GraphLayout = {
  readonly rows: number;
  /** node of each row */
  readonly order: Int32Array;
  /** row of each node, -1 where it is not shown; of a call that is folded away the row of its stretch */
  readonly rowOf: Int32Array;
  /** row of the first parent, `NONE` or `MISSING`; equal to or above its own row in a cycle */
  readonly parentRows: Int32Array;
  /** the same for the merge parent; `NONE` also where it is the first parent again */
  readonly mergeRows: Int32Array;
  /** bits of what leads through calls that are not shown: 1 the first parent, 2 the merge parent; null when all are shown */
  readonly hidden: Uint8Array | null;
  readonly lanes: Int32Array;
  readonly laneCount: number;
  /** lane colour of each row, 1 to 8 */
  readonly colours: Uint8Array;
  readonly edges: EdgeIndex;
  /** long gaps in time between the calls that are shown, folded or not */
  readonly gaps: IdleGaps;
  /** stretches that are one row each; null where nothing is folded */
  readonly folds: Folds | null;
};

/** What the layouts of one graph share: who claims each call, and the lane colour that this gives. */
export type Claims = {
  readonly refs: readonly GraphRef[];
  /** position in `refs` of the one that claims each node, or -1 */
  readonly owners: Int32Array;
  /** lane colour of each ref; 0 for tags and checkpoints, which have none */
  readonly colours: readonly number[];
};

export type CallBranch = { readonly name: string; readonly colour: number };

/** Finds who claims each call. */
export function claimsOf(index: GraphIndex, refs: readonly GraphRef[]): Claims {
  const claims = claimOrder(refs);
  const byName = branchColours(refs);
  return {
    refs: claims,
    owners: ownersOf(index, claims),
    colours: claims.map((ref) => (ref.kind === 'branch' ? byName.get(ref.name)! : 0)),
  };
}

/** The branch whose first-parent chain a call is on; null where a tag or nothing claims it. */
export function branchOf({ refs, owners, colours }: Claims, node: number): CallBranch | null {
  const owner = owners[node]!;
  const ref = refs[owner];
  return ref?.kind === 'branch' ? { name: ref.name, colour: colours[owner]! } : null;
}

/** The lane colour of a call in a lane. */
function colourOf({ owners, colours }: Claims, node: number, lane: number): number {
  const owner = owners[node]!;
  return (owner === -1 ? 0 : colours[owner]!) || laneColour(lane);
}

/**
 * Lays out the calls in `visible` (null: all) in the sequence of `order`. Calls keep the colour of the branch that
 * claims them in the whole graph; edges through calls that are not shown go on to the nearest one that is. With
 * `fold` long linear stretches are one row each.
 */
export function layoutGraph(
  index: GraphIndex,
  order: Int32Array,
  claims: Claims,
  visible: Uint8Array | null,
  fold: FoldChoice | null = null,
): GraphLayout {
  const { owners } = claims;
  const shown = visible === null ? order : order.filter((node) => visible[node] === 1);
  const rowOf = new Int32Array(index.count);
  if (visible !== null) rowOf.fill(-1);
  for (let row = 0; row < shown.length; row++) rowOf[shown[row]!] = row;

  let lines: Lines = {
    shown,
    ...(visible === null ? directParents(index, order, rowOf) : visibleParents(index, order, shown, rowOf)),
  };
  let gaps = idleGaps(shown, index.timeMicros);
  let folds: Folds | null = null;
  if (fold !== null) {
    const openRows = new Set(fold.open.map((node) => rowOf[node] ?? -1));
    const folded = foldStretches(index, owners, lines, gaps, { standing: fold.standing, openRows });
    for (let row = 0; row < shown.length; row++) rowOf[shown[row]!] = folded.newRows[row]!;
    gaps = { rows: gaps.rows.map((row) => folded.newRows[row]!), micros: gaps.micros };
    ({ lines, folds } = folded);
  }

  const rows = lines.shown.length;
  const rowOwners = new Int32Array(rows);
  let trunk = -1;
  for (let row = 0; row < rows; row++) {
    const owner = owners[lines.shown[row]!]!;
    rowOwners[row] = owner;
    if (owner !== -1 && (trunk === -1 || owner < trunk)) trunk = owner;
  }
  const { parentRows, mergeRows, hidden } = lines;
  const lanes = assignLanes({ parentRows, mergeRows, owners: rowOwners, trunk });
  const colours = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) colours[row] = colourOf(claims, lines.shown[row]!, lanes.lanes[row]!);
  return {
    rows,
    order: lines.shown,
    rowOf,
    parentRows,
    mergeRows,
    hidden,
    lanes: lanes.lanes,
    laneCount: lanes.laneCount,
    colours,
    edges: indexEdges(parentRows, mergeRows, lanes),
    gaps,
    folds,
  };
}

function directParents(
  index: GraphIndex,
  order: Int32Array,
  rowOf: Int32Array,
): { parentRows: Int32Array; mergeRows: Int32Array; hidden: null } {
  const parentRows = new Int32Array(order.length);
  const mergeRows = new Int32Array(order.length);
  for (let row = 0; row < order.length; row++) {
    const node = order[row]!;
    const parent = index.parents[node]!;
    const merge = index.mergeParents[node]!;
    parentRows[row] = parent >= 0 ? rowOf[parent]! : parent;
    mergeRows[row] = merge < 0 ? merge : merge === parent ? NONE : rowOf[merge]!;
  }
  return { parentRows, mergeRows, hidden: null };
}
