import { clamp, type LaneGeometry } from '../geometry.ts';
import { readsRows } from './zoom.ts';

const PADDING = 24;

/** How far apart lanes stand on the canvas at most: closer where texts need the room. */
const SPACING = 16;
const SPACING_BESIDE_TEXT = 11;

/**
 * The columns of the drawn graph: closer where there are many lanes, down to 2 px; what does not fit then shares the last column.
 */
export function canvasLanes(lanes: number, room: number, rowHeight: number): LaneGeometry {
  const wanted = Math.max(1, lanes);
  const inner = Math.max(2, room - 2 * PADDING);
  const most = readsRows(rowHeight) ? SPACING_BESIDE_TEXT : SPACING;
  const spacing = wanted === 1 ? 2 : clamp(Math.floor(inner / (wanted - 1)), 2, most);
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
export const columnWidth = ({ spacing }: LaneGeometry): number => clamp(spacing - 2, 1, 9);
