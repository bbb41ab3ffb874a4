import { yOf } from './bars.ts';
import type { Colours } from './colours.ts';
import type { Layout } from './layout.ts';
import { piecesIn } from './pieces.ts';
import { xOf } from './scale.ts';

type Draw = CanvasRenderingContext2D;

/** Dash and dot: no other line of the picture has it. */
const DASH = [7, 3, 1.5, 3];

/** What is unspent and available by what a check proved, where that is another amount than what stands there; gives where it begins. */
export function paintProved(draw: Draw, layout: Layout, colours: Colours): Place | null {
  const { timeline } = layout.view;
  const { proved, buckets } = timeline;
  if (proved === null) return null;
  draw.strokeStyle = colours.ok;
  draw.setLineDash(DASH);
  draw.lineWidth = 1;
  // where nothing is reserved one line stands for both
  const thin = trace(draw, layout, proved.available, (at) => {
    const micro = proved.available[at];
    return micro !== buckets.available[at] && micro !== proved.unspent[at];
  });
  draw.lineWidth = 1.8;
  const bold = trace(draw, layout, proved.unspent, (at) => proved.unspent[at] !== buckets.unspent[at]);
  draw.setLineDash([]);
  return bold ?? thin;
}

type Place = { readonly x: number; readonly y: number };

/** Draws a line of amounts where it is wanted; gives where that begins, null: nowhere. */
function trace(
  draw: Draw,
  { scale, heights, view, left }: Layout,
  amounts: readonly number[],
  wanted: (at: number) => boolean,
): Place | null {
  const { timeline, span } = view;
  const { starts } = timeline.buckets;
  const [first, last] = piecesIn(timeline, span);
  const end = xOf(scale, Math.min(span.to, timeline.wholeToMicros ?? span.to));
  let before: number | null = null;
  let place: Place | null = null;
  draw.beginPath();
  for (let at = first; at <= last; at += 1) {
    if (!wanted(at)) {
      before = null;
      continue;
    }
    const x = Math.max(left, xOf(scale, starts[at] ?? span.from));
    const to = at === last ? end : xOf(scale, starts[at + 1] ?? span.to);
    const y = yOf(heights, amounts[at] ?? 0);
    if (before === null) draw.moveTo(x, y);
    else if (before !== y) draw.lineTo(x, y);
    draw.lineTo(to, y);
    before = y;
    place ??= { x, y };
  }
  draw.stroke();
  return place;
}

/** The name of the line, on clear ground where it begins. */
export function paintProvedName(
  draw: Draw,
  place: Place,
  { view, top, right }: Layout,
  colours: Colours,
): void {
  const words = 'as proved';
  const wide = draw.measureText(words).width;
  const x = Math.min(right - wide, place.x + 8);
  const above = place.y - view.fontPx * 1.4 > top;
  const y = above ? place.y - view.fontPx * 0.8 : place.y + view.fontPx * 0.9;
  draw.fillStyle = colours.surface;
  draw.fillRect(x - 2, y - view.fontPx * 0.6, wide + 4, view.fontPx * 1.2);
  draw.fillStyle = colours.ok;
  draw.textAlign = 'left';
  draw.fillText(words, x, y);
}
