import type uPlot from 'uplot';
import type { Palette } from '../../graph/zoom/palette.ts';
import { piecesOf, type Scene } from './stack.ts';

/** How much of its place a bar takes. */
const FILL = 0.68;
/** How tall a mark of the logarithmic scale is, in px. */
const MARK = 3;

type Place = { readonly left: number; readonly width: number; readonly middle: number };

function placeOf(u: uPlot, index: number, bars: number): Place {
  const ratio = devicePixelRatio;
  const each = u.bbox.width / bars;
  const width = Math.max(ratio, Math.round(each * FILL));
  const middle = u.valToPos(index, 'x', true);
  return { left: Math.round(middle - width / 2), width, middle };
}

/** What lies under grid and bars: the column of the pointer, the brushed stretch, the lines between months. */
export function drawBehind(u: uPlot, scene: Scene, palette: Palette): void {
  const { ctx, bbox } = u;
  const { bins, brush, at } = scene;
  const each = bbox.width / Math.max(1, bins.length);
  const column = (first: number, last: number, colour: string) => {
    ctx.fillStyle = colour;
    ctx.fillRect(
      Math.round(bbox.left + first * each),
      bbox.top,
      Math.round((last - first + 1) * each),
      bbox.height,
    );
  };
  ctx.save();
  if (brush !== null) column(brush[0], brush[1], palette.selected);
  if (at !== null && at < bins.length) {
    const inBrush = brush !== null && at >= brush[0] && at <= brush[1];
    ctx.globalAlpha = inBrush ? 0.5 : 1;
    column(at, at, palette.selectedIdle);
    ctx.globalAlpha = 1;
  }
  if (scene.step === 'day' && bins.length > 7) {
    ctx.fillStyle = palette.lineStrong;
    bins.forEach((bin, index) => {
      if (index === 0 || !bin.from.endsWith('-01')) return;
      ctx.fillRect(Math.round(bbox.left + index * each), bbox.top, 1, bbox.height);
    });
  }
  ctx.restore();
}

/** The bars. What is not brushed stands back; what is not final is hatched. */
export function drawBars(u: uPlot, scene: Scene, palette: Palette, hatch: CanvasPattern | null): void {
  const { ctx } = u;
  const { bins, series, scale, brush } = scene;
  const ratio = devicePixelRatio;
  const y = (value: number) => u.valToPos(value, 'y', true);
  ctx.save();
  bins.forEach((bin, index) => {
    const place = placeOf(u, index, bins.length);
    ctx.globalAlpha = brush === null || (index >= brush[0] && index <= brush[1]) ? 1 : 0.38;
    let above = Infinity;
    for (const piece of piecesOf(bin, series, scale)) {
      ctx.fillStyle = piece.lane === 0 ? palette.subtle : (palette.lanes[piece.lane] ?? palette.fg);
      if (scale === 'log') {
        const tall = MARK * ratio;
        ctx.fillRect(place.left, Math.round(y(piece.to) - tall / 2), place.width, tall);
        continue;
      }
      const bottom = Math.min(above, Math.round(y(piece.from)));
      const top = Math.min(Math.round(y(piece.to)), bottom - ratio);
      const gap = bottom - top > 3 * ratio && piece.from > 0 ? ratio : 0;
      ctx.fillRect(place.left, top, place.width, bottom - top - gap);
      above = top;
    }
    ctx.globalAlpha = 1;
    if (index === scene.open) drawOpen(u, scene, palette, place, hatch, above);
  });
  ctx.restore();
}

/** What is not final: hatched over the bar itself, and above it up to what it would come to. */
function drawOpen(
  u: uPlot,
  scene: Scene,
  palette: Palette,
  { left, width }: Place,
  hatch: CanvasPattern | null,
  top: number,
): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const spent = scene.bins[scene.open ?? -1]?.costMicros ?? 0;
  const floor = bbox.top + bbox.height;
  if (scene.scale === 'linear' && scene.openMicros !== null && scene.openMicros > spent) {
    const high = Math.round(u.valToPos(scene.openMicros, 'y', true));
    const low = Math.min(top, floor);
    if (low - high < 3 * ratio) return;
    if (hatch !== null) {
      ctx.fillStyle = hatch;
      ctx.fillRect(left, high, width, low - high - ratio);
    }
    ctx.strokeStyle = palette.subtle;
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 2 * ratio]);
    ctx.strokeRect(left + ratio / 2, high + ratio / 2, width - ratio, low - high - 2 * ratio);
    ctx.setLineDash([]);
    return;
  }
  if (scene.scale === 'log' || hatch === null || top > floor) return;
  ctx.globalAlpha = 0.9;
  ctx.fillStyle = hatch;
  ctx.fillRect(left, top, width, floor - top);
  ctx.globalAlpha = 1;
}

/** Diagonal lines, for what is not final. */
export function hatchOf(ctx: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
  const size = Math.round(5 * devicePixelRatio);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext('2d');
  if (pen === null) return null;
  pen.strokeStyle = colour;
  pen.lineWidth = devicePixelRatio;
  for (const shift of [-size, 0, size]) {
    pen.beginPath();
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
    pen.stroke();
  }
  return ctx.createPattern(tile, 'repeat');
}
