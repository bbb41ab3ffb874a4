import type { BranchInfo, GraphRow } from '../../../contract/vek.ts';
import type { GraphModel } from './model.ts';

/** How many rows above a call are looked at for the badge of its branch. */
const LOOK_UP_ROWS = 2000;

/**
 * The branch that a row's line belongs to: its own badge, else the only branch of its colour, else the nearest
 * badge above in the same column. Null where none of the three says so.
 */
export function branchOf(
  call: GraphRow,
  model: Pick<GraphModel, 'at' | 'rowOf'>,
  branches: readonly BranchInfo[],
): string | null {
  const own = call.refs.find((ref) => ref.kind === 'branch');
  if (own !== undefined) return own.name;
  const alike = branches.filter((branch) => branch.colour === call.colour);
  if (alike.length === 1) return alike[0]?.name ?? null;
  const row = model.rowOf(call.hash) ?? call.row;
  for (let above = row - 1; above >= Math.max(0, row - LOOK_UP_ROWS); above -= 1) {
    const other = model.at(above);
    if (other === null) return null;
    if (other.lane !== call.lane || other.colour !== call.colour) continue;
    const badge = other.refs.find((ref) => ref.kind === 'branch');
    if (badge !== undefined) return badge.name;
  }
  return null;
}
