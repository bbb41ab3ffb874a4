import { yOf } from './bars.ts';
import type { Colours } from './colours.ts';
import type { Layout } from './layout.ts';
import { piecesIn } from './pieces.ts';
import { xOf } from './scale.ts';

type Draw = CanvasRenderingContext2D;

/** Dash and dot: no other line of the picture has it. */
const DASH = [7, 3, 1.5, 3];

/** The unspent budget by what a check proved, where that is another one than what stands there. */
export function paintProved(draw: Draw, layout: Layout, colours: Colours): void {
  const { scale, heights, view, left, right } = layout;
  const { timeline, span } = view;
  const { proved, buckets, wholeToMicros } = timeline;
  if (proved === null) return;
  const [first, last] = piecesIn(timeline, span);
  const end = xOf(scale, Math.min(span.to, wholeToMicros ?? span.to));
  let before: number | null = null;
  let drawn: { readonly x: number; readonly y: number } | null = null;
  draw.beginPath();
  for (let at = first; at <= last; at += 1) {
    const micro = proved.unspent[at] ?? 0;
    if (micro === buckets.unspent[at]) {
      before = null;
      continue;
    }
    const x = Math.max(left, xOf(scale, buckets.starts[at] ?? span.from));
    const to = at === last ? end : xOf(scale, buckets.starts[at + 1] ?? span.to);
    const y = yOf(heights, micro);
    if (before === null) draw.moveTo(x, y);
    else if (before !== y) draw.lineTo(x, y);
    draw.lineTo(to, y);
    before = y;
    drawn = { x: to, y };
  }
  if (drawn === null) return;
  draw.strokeStyle = colours.ok;
  draw.lineWidth = 1.8;
  draw.setLineDash(DASH);
  draw.stroke();
  draw.setLineDash([]);
  const words = 'as proved';
  const wide = draw.measureText(words).width;
  const x = Math.min(right, drawn.x) - 6;
  const above = drawn.y - view.fontPx > layout.top;
  const y = above ? drawn.y - view.fontPx * 0.8 : drawn.y + view.fontPx * 0.9;
  draw.fillStyle = colours.surface;
  draw.fillRect(x - wide - 2, y - view.fontPx * 0.6, wide + 4, view.fontPx * 1.2);
  draw.fillStyle = colours.ok;
  draw.textAlign = 'right';
  draw.fillText(words, x, y);
}
