/** Height of a row in CSS pixels unless the person asked for another (design/look.md §1). */
export const ROW_HEIGHT = 28;

const SPACING_MAX = 18;
const SPACING_MIN = 6;
/** Lanes stand evenly as long as they are this far apart; with more of them only the first ones are. */
const SPACING_EVEN = 10;
/** Columns that keep a readable distance, however many there are: the current branch and those beside it. */
const READABLE = 5;
const SPACING_READABLE = 12;
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

/** The columns beside rows: from column `even` on they stand closer, `tight` px apart. */
export type RowLanes = LaneGeometry & { readonly even: number; readonly tight: number };

/** The most px of a view that its lanes may take; the call needs the rest. */
export function laneRoom(width: number, lanes: number): number {
  const share = lanes > 20 ? 0.24 : 0.18;
  return Math.max(64, Math.min(lanes > 20 ? 208 : 160, width * share));
}

/**
 * How `lanes` columns fit into at most `room` px: 18 px apart as long as they fit, closer down to 10 px. Of still
 * more the first stay readable and the others stand 6 px apart; what does not fit then is squeezed on the last.
 */
export function laneGeometry(lanes: number, room: number, rowHeight: number = ROW_HEIGHT): RowLanes {
  const wanted = Math.max(1, lanes);
  const inner = Math.max(SPACING_MIN, room - 2 * PADDING);
  const fitting = wanted === 1 ? SPACING_MAX : Math.floor(inner / (wanted - 1));
  if (fitting >= SPACING_EVEN) {
    const spacing = Math.min(fitting, SPACING_MAX);
    const width = Math.max(64, 2 * PADDING + (wanted - 1) * spacing);
    return { spacing, columns: wanted, width, rowHeight, even: wanted - 1, tight: spacing };
  }
  const even = Math.min(READABLE - 1, Math.floor(inner / SPACING_READABLE));
  const rest = inner - even * SPACING_READABLE;
  const columns = Math.min(wanted, even + 1 + Math.floor(rest / SPACING_MIN));
  const tight =
    columns === even + 1
      ? SPACING_MIN
      : clamp(Math.floor(rest / (wanted - 1 - even)), SPACING_MIN, SPACING_READABLE);
  const width = Math.max(64, 2 * PADDING + even * SPACING_READABLE + (columns - 1 - even) * tight);
  return { spacing: SPACING_READABLE, columns, width, rowHeight, even, tight };
}

/** The x of a lane's middle, in px from the left of the row. */
export function laneX(lane: number, { columns, spacing, even, tight }: RowLanes): number {
  const column = Math.min(lane, columns - 1);
  return PADDING + Math.min(column, even) * spacing + Math.max(0, column - even) * tight;
}

/** Keeps a number between two bounds; `low` wins where they cross. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
