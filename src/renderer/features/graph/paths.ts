import type { GraphEdge, GraphRow } from '../../../contract/vek.ts';
import { laneX, type RowLanes } from './geometry.ts';
import type { Range } from './window.ts';

/** One SVG path: every line, or every mark, of one colour and kind in the mounted rows. */
export type LanePath = {
  readonly key: string;
  readonly colour: number;
  readonly kind: LanePathKind;
  readonly d: string;
};

export type LanePathKind =
  'solid' | 'hidden' | 'missing' | 'backward' | 'own' | 'fold' | 'dot' | 'ring' | 'tip' | 'cross';

const DOT = 4.5;
const RING = 5;
const TIP = 7.5;
const CROSS = 4.5;

/** The lines of a range as one path per colour and style. y counts from the top of row `origin`. */
export function edgePaths(
  edges: readonly GraphEdge[],
  range: Range,
  origin: number,
  geometry: RowLanes,
  folds: ReadonlySet<number> = NO_ROWS,
): readonly LanePath[] {
  const parts: Parts = new Map();
  for (const edge of edges) {
    append(parts, edge.style, edge.colour, edgePath(edge, range, origin, geometry, folds));
  }
  return [...parts.values()];
}

/** The lines of one row, to its parents and from its children, once more: drawn thicker over the others. */
export function ownPaths(
  edges: readonly GraphEdge[],
  row: number,
  range: Range,
  origin: number,
  geometry: RowLanes,
  folds: ReadonlySet<number> = NO_ROWS,
): readonly LanePath[] {
  const parts: Parts = new Map();
  for (const edge of edges) {
    if ((edge.from !== row && edge.to !== row) || edge.style === 'missing') continue;
    append(parts, 'own', edge.colour, edgePath(edge, range, origin, geometry, folds));
  }
  return [...parts.values()];
}

const NO_ROWS: ReadonlySet<number> = new Set();

type Parts = Map<string, { key: string; colour: number; kind: LanePathKind; d: string }>;

function append(parts: Parts, kind: LanePathKind, colour: number, d: string): void {
  const key = `${kind}-${colour}`;
  const part = parts.get(key);
  if (part === undefined) parts.set(key, { key, colour, kind, d });
  else part.d += d;
}

/**
 * One line: from the middle of its call, over one row into its column, straight down, and over the last row
 * to the parent. Parts outside the range are left out, so that no coordinate grows with the repository. Inside a
 * row of `folds` the line is dotted (`markPaths`), so that it ends at the border of that row.
 */
export function edgePath(
  edge: GraphEdge,
  range: Range,
  origin: number,
  geometry: RowLanes,
  folds: ReadonlySet<number> = NO_ROWS,
): string {
  const y = (row: number): number => (row - origin + 0.5) * geometry.rowHeight;
  const xFrom = laneX(edge.fromLane, geometry);
  if (edge.style === 'missing') return `M${xFrom} ${y(edge.from)}V${y(edge.from) + geometry.rowHeight * 0.7}`;
  const xTo = laneX(edge.toLane, geometry);
  const x = laneX(edge.lane, geometry);
  const down = edge.to >= edge.from;
  const step = down ? 1 : -1;
  const length = Math.abs(edge.to - edge.from);
  const turn = length <= 1 ? 0.5 : 1;
  const top = range.start - 2;
  const bottom = range.end + 1;
  const inside = (row: number): number => Math.max(top, Math.min(bottom, row));
  let d = '';
  const half = (row: number): number => (folds.has(row) ? step * 0.5 : 0);
  const enter = edge.from + (xFrom === x ? half(edge.from) : step * (xTo === x && length <= 1 ? 1 : turn));
  const leave = edge.to - (xTo === x ? half(edge.to) : step * (xFrom === x && length <= 1 ? 1 : turn));
  if (xFrom !== x && spans(edge.from, enter, top, bottom)) d += curve(xFrom, y(edge.from), x, y(enter));
  const a = inside(enter);
  const b = inside(leave);
  if (a !== b) d += `M${x} ${y(a)}V${y(b)}`;
  if (xTo !== x && spans(leave, edge.to, top, bottom)) d += curve(x, y(leave), xTo, y(edge.to));
  return d;
}

function spans(a: number, b: number, top: number, bottom: number): boolean {
  return Math.min(a, b) <= bottom && Math.max(a, b) >= top;
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const middle = (y1 + y2) / 2;
  return `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
}

/**
 * The marks of the rows: a dot, a ring for a merge, a double ring for the tip of HEAD, a cross for what can't be read,
 * a dotted line for a folded stretch.
 */
export function markPaths(
  rows: readonly GraphRow[],
  origin: number,
  geometry: RowLanes,
): readonly LanePath[] {
  const parts: Parts = new Map();
  for (const row of rows) {
    const x = laneX(row.lane, geometry);
    const y = (row.row - origin + 0.5) * geometry.rowHeight;
    if (row.broken.length > 0) {
      append(
        parts,
        'cross',
        0,
        `M${x - CROSS} ${y - CROSS}l${2 * CROSS} ${2 * CROSS}m0 ${-2 * CROSS}l${-2 * CROSS} ${2 * CROSS}`,
      );
      continue;
    }
    if (row.fold !== null) {
      const half = geometry.rowHeight / 2;
      append(parts, 'fold', row.colour, `M${x} ${y - half}V${y + half}`);
      continue;
    }
    if (row.refs.some((ref) => ref.head)) append(parts, 'tip', row.colour, circle(x, y, TIP));
    if (row.isMerge) append(parts, 'ring', row.colour, circle(x, y, RING));
    else append(parts, 'dot', row.colour, circle(x, y, DOT));
  }
  const order: readonly LanePathKind[] = ['fold', 'tip', 'ring', 'dot', 'cross'];
  return [...parts.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}
