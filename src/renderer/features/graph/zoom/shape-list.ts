import { EDGE_STYLES, SHAPE_FLAGS, type GraphShape } from '../../../../contract/scale.ts';
import type { LaneGeometry } from '../geometry.ts';
import { canvasX } from './lanes.ts';

type EdgeStyle = (typeof EDGE_STYLES)[number];

/** What to draw of some rows, in px from the left and from the top of the first of them. */
export type ShapeList = {
  readonly lines: readonly { readonly colour: number; readonly style: EdgeStyle; readonly d: string }[];
  /** filled marks: calls */
  readonly dots: readonly { readonly colour: number; readonly d: string }[];
  /** marks with an empty middle: merges, and the tip of HEAD around its dot */
  readonly rings: readonly { readonly colour: number; readonly d: string }[];
  /** calls that can't be read: crosses */
  readonly crosses: string;
  /** calls that failed: bars at the left edge */
  readonly failures: string;
};

/** From this row height on calls are dots; below they are as high as their row. */
const DOTS_FROM_PX = 4;
const RINGS_FROM_PX = 7;
const FAILURE_X = 4;
const FAILURE_WIDTH = 3;

/** Lines and marks of a shape, one path for each colour and kind, for rows of `geometry.rowHeight` px. */
export function shapeList(
  shape: Pick<GraphShape, 'start' | 'lanes' | 'colours' | 'flags' | 'edges'>,
  geometry: LaneGeometry,
): ShapeList {
  const { rowHeight } = geometry;
  const lines = new Map<string, { colour: number; style: EdgeStyle; d: string }>();
  const dots = new Map<number, string>();
  const rings = new Map<number, string>();
  const end = shape.start + shape.lanes.length;
  for (let at = 0; at < shape.edges.length; at += 7) {
    const [from = 0, to = 0, fromLane = 0, toLane = 0, lane = 0, colour = 1, kind = 0] = shape.edges.slice(
      at,
      at + 7,
    );
    const style = EDGE_STYLES[kind] ?? 'solid';
    const d = linePath({ from, to, fromLane, toLane, lane, style }, shape.start, end, geometry);
    const key = `${style} ${colour}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { colour, style, d });
    else line.d += d;
  }

  const radius = rowHeight >= 14 ? 3.5 : rowHeight >= 7 ? 2.5 : 1.75;
  const wide = Math.min(7, Math.max(2, geometry.spacing - 1));
  let crosses = '';
  let failures = '';
  for (const [row, lane] of shape.lanes.entries()) {
    const flags = shape.flags[row] ?? 0;
    const colour = shape.colours[row] ?? 1;
    const x = canvasX(lane, geometry);
    const y = (row + 0.5) * rowHeight;
    if ((flags & SHAPE_FLAGS.failed) !== 0) {
      const height = Math.max(2, Math.min(8, rowHeight - 2));
      failures += `M${FAILURE_X} ${y - height / 2}h${FAILURE_WIDTH}v${height}h${-FAILURE_WIDTH}z`;
    }
    if ((flags & SHAPE_FLAGS.damaged) !== 0) {
      const arm = Math.max(3, Math.min(4, rowHeight / 2));
      crosses += `M${x - arm} ${y - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`;
      continue;
    }
    if (rowHeight < DOTS_FROM_PX) {
      add(dots, colour, `M${x - wide / 2} ${row * rowHeight}h${wide}v${rowHeight}h${-wide}z`);
      continue;
    }
    const head = rowHeight >= RINGS_FROM_PX && (flags & SHAPE_FLAGS.head) !== 0;
    const merge = rowHeight >= RINGS_FROM_PX && (flags & SHAPE_FLAGS.merge) !== 0;
    if (head) add(rings, colour, circle(x, y, radius + 2.5));
    if (merge) add(rings, colour, circle(x, y, radius));
    else if (rowHeight >= RINGS_FROM_PX && (flags & SHAPE_FLAGS.fold) !== 0) {
      add(dots, colour, [-1, 0, 1].map((i) => circle(x, y + i * (rowHeight / 4), 1.25)).join(''));
    } else add(dots, colour, circle(x, y, radius));
  }
  return { lines: [...lines.values()], dots: listed(dots), rings: listed(rings), crosses, failures };
}

const add = (to: Map<number, string>, colour: number, d: string): void => {
  to.set(colour, (to.get(colour) ?? '') + d);
};
const listed = (of: ReadonlyMap<number, string>) => [...of].map(([colour, d]) => ({ colour, d }));

type Line = {
  readonly from: number;
  readonly to: number;
  readonly fromLane: number;
  readonly toLane: number;
  readonly lane: number;
  readonly style: EdgeStyle;
};

/**
 * A line from its call over one row into its column, down, and over one row to the parent. What lies outside of the
 * rows from `start` to `end` is left out, so that no coordinate grows with the repository.
 */
function linePath(line: Line, start: number, end: number, geometry: LaneGeometry): string {
  const { rowHeight } = geometry;
  const y = (row: number): number => (row - start + 0.5) * rowHeight;
  const xFrom = canvasX(line.fromLane, geometry);
  if (line.style === 'missing') return `M${xFrom} ${y(line.from)}v${Math.max(4, rowHeight * 0.7)}`;
  const xTo = canvasX(line.toLane, geometry);
  const x = canvasX(line.lane, geometry);
  const step = line.to >= line.from ? 1 : -1;
  const length = Math.abs(line.to - line.from);
  const turn = length <= 1 ? 0.5 : 1;
  const enter = line.from + (xFrom === x ? 0 : step * (xTo === x && length <= 1 ? 1 : turn));
  const leave = line.to - (xTo === x ? 0 : step * (xFrom === x && length <= 1 ? 1 : turn));
  const near = (a: number, b: number): boolean => Math.min(a, b) <= end + 1 && Math.max(a, b) >= start - 2;
  const inside = (row: number): number => Math.max(start - 2, Math.min(end + 1, row));
  let d = '';
  if (xFrom !== x && near(line.from, enter)) d += turnPath(xFrom, y(line.from), x, y(enter), rowHeight);
  const a = inside(enter);
  const b = inside(leave);
  if (a !== b) d += `M${x} ${y(a)}V${y(b)}`;
  if (xTo !== x && near(leave, line.to)) d += turnPath(x, y(leave), xTo, y(line.to), rowHeight);
  return d;
}

function turnPath(x1: number, y1: number, x2: number, y2: number, rowHeight: number): string {
  if (rowHeight < RINGS_FROM_PX) return `M${x1} ${y1}L${x2} ${y2}`;
  const middle = (y1 + y2) / 2;
  return `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
}

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
