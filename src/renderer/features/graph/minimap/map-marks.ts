import type { GraphStrip, StripMark } from '../../../../contract/scale.ts';

/** Width of the map, of its lanes, and where its two columns of marks stand, in px. */
export const MAP_WIDTH = 44;
export const LANES_LEFT = 4;
export const LANES_RIGHT = 28;
const FAILED_X = 30;
const REFS_X = 37;
/** Few calls are not drawn larger than this, in px a call. */
const MOST_PX = 4;

/** A mark of the map: a filled box, or a cross around the middle of one. */
export type MapMark = {
  readonly kind: StripMark['kind'];
  readonly shape: 'box' | 'cross';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0 to 1: the more calls, the stronger */
  readonly strength: number;
  readonly label: string;
};

/** Height that the rows of a view take on a map of `height` px. */
export const mapHeight = (total: number, height: number): number => Math.min(height, total * MOST_PX);

/**
 * The marks of a view: failed and damaged calls in a column of their own, HEAD, branch tips, tags and checkpoints at
 * the right edge. Damage lies over failures and HEAD over other refs.
 */
export function mapMarks(strip: Pick<GraphStrip, 'marks' | 'total'>, height: number): readonly MapMark[] {
  const rows = mapHeight(strip.total, height);
  const most = Math.max(1, ...strip.marks.filter(({ kind }) => kind === 'failed').map(({ count }) => count));
  const order = ['failed', 'checkpoint', 'tag', 'branch', 'head', 'damaged'];
  return strip.marks
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((mark) => mapMark(mark, ((mark.row + 0.5) / Math.max(1, strip.total)) * rows, most));
}

function mapMark({ kind, label, count }: StripMark, y: number, most: number): MapMark {
  const named = { kind, label, strength: 1 };
  if (kind === 'damaged') return { ...named, shape: 'cross', x: FAILED_X, y: y - 3, width: 6, height: 6 };
  if (kind === 'failed') {
    const strength = 0.4 + 0.6 * Math.sqrt(count / most);
    return { ...named, shape: 'box', x: FAILED_X, y: y - 1, width: 5, height: 2, strength };
  }
  const height = kind === 'head' ? 3 : 2;
  return { ...named, shape: 'box', x: REFS_X, y: y - 1, width: MAP_WIDTH - REFS_X, height };
}

/** How many of each kind stand in a view. */
export function countMarks(marks: readonly StripMark[]): Readonly<Record<StripMark['kind'], number>> {
  const counts = { head: 0, branch: 0, tag: 0, checkpoint: 0, failed: 0, damaged: 0 };
  for (const mark of marks) counts[mark.kind] += mark.count;
  return counts;
}

/** The columns of a map with so many lanes: as wide as they fit, shared where there are more than pixels. */
export function mapLanes(lanes: number): { readonly x: (lane: number) => number; readonly size: number } {
  const room = LANES_RIGHT - LANES_LEFT;
  const spacing = Math.min(7, room / Math.max(1, lanes));
  return {
    x: (lane) => LANES_LEFT + Math.min(lane * spacing, room - 1),
    size: Math.max(1, Math.min(5, Math.floor(spacing) - (spacing >= 3 ? 1 : 0))),
  };
}
