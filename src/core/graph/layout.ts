import { NONE, type GraphIndex } from './index.ts';
import { indexEdges, type EdgeIndex } from './edges.ts';
import { assignLanes } from './lanes.ts';
import { branchColours, claimOrder, laneColour, ownersOf, type GraphRef } from './owners.ts';
import { visibleParents } from './view.ts';

/** Rows, columns and edges of a graph or of the part of it that a view shows. */
export type GraphLayout = {
  readonly rows: number;
  /** node of each row */
  readonly order: Int32Array;
  /** row of each node, -1 where it is not shown */
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
};

/**
 * Lays out the calls in `visible` (null: all) in the sequence of `order`. Calls keep the colour of the branch that
 * claims them in the whole graph; edges through calls that are not shown go on to the nearest one that is.
 */
export function layoutGraph(
  index: GraphIndex,
  order: Int32Array,
  refs: readonly GraphRef[],
  visible: Uint8Array | null,
): GraphLayout {
  const claims = claimOrder(refs);
  const owners = ownersOf(index, claims);
  const shown = visible === null ? order : order.filter((node) => visible[node] === 1);
  const rows = shown.length;
  const rowOf = new Int32Array(index.count);
  if (visible !== null) rowOf.fill(-1);
  for (let row = 0; row < rows; row++) rowOf[shown[row]!] = row;

  const { parentRows, mergeRows, hidden } =
    visible === null ? directParents(index, order, rowOf) : visibleParents(index, order, shown, rowOf);

  const rowOwners = new Int32Array(rows);
  let trunk = -1;
  for (let row = 0; row < rows; row++) {
    const owner = owners[shown[row]!]!;
    rowOwners[row] = owner;
    if (owner !== -1 && (trunk === -1 || owner < trunk)) trunk = owner;
  }
  const lanes = assignLanes({ parentRows, mergeRows, owners: rowOwners, trunk });
  const byName = branchColours(refs);
  const claimColours = claims.map((ref) => (ref.kind === 'branch' ? byName.get(ref.name)! : 0));
  const colours = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const owner = rowOwners[row]!;
    colours[row] = (owner === -1 ? 0 : claimColours[owner]!) || laneColour(lanes.lanes[row]!);
  }
  return {
    rows,
    order: shown,
    rowOf,
    parentRows,
    mergeRows,
    hidden,
    lanes: lanes.lanes,
    laneCount: lanes.laneCount,
    colours,
    edges: indexEdges(parentRows, mergeRows, lanes),
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
