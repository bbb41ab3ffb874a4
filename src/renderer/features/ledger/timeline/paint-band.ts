import { yOf } from './bars.ts';
import type { Colours } from './colours.ts';
import type { Layout } from './layout.ts';
import { piecesIn } from './pieces.ts';
import { xOf } from './scale.ts';

type Draw = CanvasRenderingContext2D;

/** How wide a bar of the counts is, and how high the highest one, in px. */
const SLOT = 4;
const COUNTS_HIGH = 18;

/** From lowest to highest available money of each column, and how many settlements it has. */
export function paintBand(draw: Draw, layout: Layout, colours: Colours): void {
  const { scale, heights, bottom, left, right, view } = layout;
  const { timeline, span } = view;
  const { starts, lowest, unspent, commits, releases } = timeline.buckets;
  const [first, last] = piecesIn(timeline, span);
  const wide = Math.max(1, Math.ceil(right - left));
  const low = new Float64Array(wide).fill(Infinity);
  const high = new Float64Array(wide).fill(-Infinity);
  const counts = new Float64Array(Math.ceil(wide / SLOT));
  for (let at = first; at <= last; at += 1) {
    const x0 = Math.max(0, Math.floor(xOf(scale, starts[at] ?? 0) - left));
    const x1 = Math.min(
      wide,
      Math.max(x0 + 1, Math.floor(xOf(scale, starts[at + 1] ?? timeline.toMicros) - left)),
    );
    for (let x = x0; x < x1; x += 1) {
      low[x] = Math.min(low[x] ?? Infinity, lowest[at] ?? Infinity);
      high[x] = Math.max(high[x] ?? -Infinity, unspent[at] ?? -Infinity);
    }
    const slot = Math.floor(x0 / SLOT);
    if (slot < counts.length) counts[slot] = (counts[slot] ?? 0) + (commits[at] ?? 0) + (releases[at] ?? 0);
  }
  draw.fillStyle = colours.bar;
  draw.globalAlpha = 0.28;
  draw.beginPath();
  for (let x = 0; x < wide; x += 1) {
    if ((high[x] ?? 0) <= (low[x] ?? 0)) continue;
    const y = yOf(heights, high[x] ?? 0);
    draw.rect(left + x, y, 1, Math.max(1, yOf(heights, low[x] ?? 0) - y));
  }
  draw.fill();
  draw.globalAlpha = 0.55;
  draw.beginPath();
  const most = Math.max(1, ...counts);
  for (const [slot, count] of counts.entries()) {
    if (count === 0) continue;
    const tall = Math.max(1, Math.round((count / most) * COUNTS_HIGH));
    draw.rect(left + slot * SLOT, bottom - tall, SLOT - 1, tall);
  }
  draw.fill();
  draw.globalAlpha = 1;
}
