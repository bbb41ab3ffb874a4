/** Height of a row in CSS pixels unless the person asked for another (design/look.md §1). */
export const ROW_HEIGHT = 28;

const SPACING_MAX = 18;
const SPACING_MIN = 6;
const PADDING = 17;

export type LaneGeometry = {
  /** distance between two columns in px */
  readonly spacing: number;
  /** columns that have a place of their own; the ones beyond share the last */
  readonly columns: number;
  /** width of the whole area in px */
  readonly width: number;
  /** height of a row in px */
  readonly rowHeight: number;
};

/**
 * How `lanes` columns fit into at most `room` px: 18 px apart as long as they fit, closer down to 6 px, and
 * beyond that the rest is squeezed on the last column.
 */
export function laneGeometry(lanes: number, room: number, rowHeight: number = ROW_HEIGHT): LaneGeometry {
  const wanted = Math.max(1, lanes);
  const inner = Math.max(SPACING_MIN, room - 2 * PADDING);
  const spacing =
    wanted === 1 ? SPACING_MAX : clamp(Math.floor(inner / (wanted - 1)), SPACING_MIN, SPACING_MAX);
  const columns = Math.min(wanted, Math.floor(inner / spacing) + 1);
  return { spacing, columns, width: Math.max(64, 2 * PADDING + (columns - 1) * spacing), rowHeight };
}

/** The x of a lane's middle, in px from the left of the row. */
export function laneX(lane: number, geometry: LaneGeometry): number {
  return PADDING + Math.min(lane, geometry.columns - 1) * geometry.spacing;
}

/** Keeps a number between two bounds; `low` wins where they cross. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
