import { clamp, type LaneGeometry } from '../geometry.ts';

const PADDING = 24;

/** How far apart lanes stand on the canvas at most, by the height of a row. */
function spacingFor(rowHeight: number): number {
  return rowHeight >= 14 ? 16 : rowHeight >= 7 ? 14 : 12;
}

/**
 * The columns of the drawn graph: as far apart as the height of the rows asks for, closer where there are many
 * lanes, down to 2 px; what does not fit then shares the last column.
 */
export function canvasLanes(lanes: number, room: number, rowHeight: number): LaneGeometry {
  const wanted = Math.max(1, lanes);
  const inner = Math.max(2, room - 2 * PADDING);
  const spacing = wanted === 1 ? 2 : clamp(Math.floor(inner / (wanted - 1)), 2, spacingFor(rowHeight));
  const columns = Math.min(wanted, Math.floor(inner / spacing) + 1);
  return { spacing, columns, width: 2 * PADDING + (columns - 1) * spacing, rowHeight };
}

/** The x of a lane's middle on the canvas. */
export function canvasX(lane: number, geometry: LaneGeometry): number {
  return PADDING + Math.min(lane, geometry.columns - 1) * geometry.spacing;
}

/** The lane whose column is nearest to x. */
export function laneAt(x: number, geometry: LaneGeometry): number {
  return clamp(Math.round((x - PADDING) / geometry.spacing), 0, geometry.columns - 1);
}

/** Width of the column of a lane where calls are summed up. */
export const columnWidth = ({ spacing }: LaneGeometry): number => clamp(spacing - 2, 1, 6);
