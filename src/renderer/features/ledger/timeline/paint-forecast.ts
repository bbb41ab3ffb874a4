import { yOf } from './bars.ts';
import type { Colours } from './colours.ts';
import type { Layout } from './layout.ts';
import { xOf } from './scale.ts';

type Draw = CanvasRenderingContext2D;

/** How much goes in an hour by an estimate, from the end of the record on. */
export type Burn = {
  readonly microPerHour: number;
  readonly atMicros: number;
  readonly available: number;
};

/** How deep the hatching below a forecast is, in px. */
const DEEP = 14;

/** Slanted lines: what is not final. */
export function hatch(draw: Draw, x: number, y: number, width: number, height: number, colour: string): void {
  draw.strokeStyle = colour;
  draw.lineWidth = 1;
  draw.globalAlpha = 0.7;
  draw.beginPath();
  const begin = x - ((x + y) % 6) - height;
  for (let at = begin; at < x + width; at += 6) {
    draw.moveTo(at, y + height);
    draw.lineTo(at + height, y);
  }
  draw.stroke();
  draw.globalAlpha = 1;
}

/** The estimate: hatched below a dashed line that falls as money went lately. */
export function paintForecast(draw: Draw, layout: Layout, burn: Burn | null, colours: Colours): void {
  const { heights, scale, right } = layout;
  if (burn === null || burn.atMicros >= scale.span.to || burn.atMicros < scale.span.from) return;
  const x0 = xOf(scale, burn.atMicros);
  const hours = (scale.span.to - burn.atMicros) / 3600e6;
  const ends = burn.available / burn.microPerHour;
  const x1 = ends < hours ? xOf(scale, burn.atMicros + ends * 3600e6) : right;
  const [y0, y1] = [
    yOf(heights, burn.available),
    yOf(heights, burn.available - Math.min(hours, ends) * burn.microPerHour),
  ];
  if (x1 - x0 < 3) return;
  draw.save();
  draw.beginPath();
  draw.moveTo(x0, y0);
  draw.lineTo(x1, y1);
  draw.lineTo(x1, y1 + DEEP);
  draw.lineTo(x0, y0 + DEEP);
  draw.closePath();
  draw.clip();
  draw.globalAlpha = 0.35;
  hatch(draw, x0, Math.min(y0, y1), x1 - x0, Math.abs(y1 - y0) + DEEP, colours.control);
  draw.restore();
  draw.strokeStyle = colours.fg;
  draw.lineWidth = 1.4;
  draw.setLineDash([5, 4]);
  draw.beginPath();
  draw.moveTo(x0, y0);
  draw.lineTo(x1, y1);
  draw.stroke();
  draw.setLineDash([]);
}
