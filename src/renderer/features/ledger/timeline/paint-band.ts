import { yOf } from './bars.ts';
import type { Colours } from './colours.ts';
import type { Layout } from './layout.ts';
import { piecesIn } from './pieces.ts';
import { xOf } from './scale.ts';

type Draw = CanvasRenderingContext2D;

/** From lowest to highest available money of each column, and how many settlements it has. */
export function paintBand(draw: Draw, layout: Layout, colours: Colours): void {
  const { scale, heights, bottom, view } = layout;
  const { timeline, span } = view;
  const { starts, lowest, unspent, commits, releases } = timeline.buckets;
  const [first, last] = piecesIn(timeline, span);
  const columns = new Map<number, { low: number; high: number; count: number }>();
  for (let at = first; at <= last; at += 1) {
    const x0 = Math.floor(xOf(scale, starts[at] ?? 0));
    const x1 = Math.max(x0 + 1, Math.floor(xOf(scale, starts[at + 1] ?? timeline.toMicros)));
    for (let x = Math.max(x0, layout.left); x < Math.min(x1, layout.right); x += 1) {
      const column = columns.get(x) ?? { low: Infinity, high: -Infinity, count: 0 };
      column.low = Math.min(column.low, lowest[at] ?? Infinity);
      column.high = Math.max(column.high, unspent[at] ?? -Infinity);
      columns.set(x, column);
    }
    const column = columns.get(x0);
    if (column !== undefined) column.count += (commits[at] ?? 0) + (releases[at] ?? 0);
  }
  const most = countsBy(columns, 4);
  draw.fillStyle = colours.bar;
  draw.globalAlpha = 0.28;
  for (const [x, { low, high }] of columns) {
    if (low === Infinity || high <= low) continue;
    const y = yOf(heights, high);
    draw.fillRect(x, y, 1, Math.max(1, yOf(heights, low) - y));
  }
  draw.globalAlpha = 0.55;
  const top = Math.max(1, ...most.values());
  for (const [x, count] of most) {
    const high = Math.max(1, Math.round((count / top) * 18));
    draw.fillRect(x, bottom - high, 3, high);
  }
  draw.globalAlpha = 1;
}

function countsBy(
  columns: ReadonlyMap<number, { readonly count: number }>,
  width: number,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const [x, { count }] of columns) {
    if (count === 0) continue;
    const slot = x - (x % width);
    counts.set(slot, (counts.get(slot) ?? 0) + count);
  }
  return counts;
}
