import { formatSpan } from '../../../ui/format.ts';
import { yOf, type BarBox } from './bars.ts';
import type { Colours } from './colours.ts';
import { BAND_HIGH, type Layout } from './layout.ts';
import { paintBand } from './paint-band.ts';
import { hatch, paintForecast, type Burn } from './paint-forecast.ts';
import { paintCluster } from './paint-marks.ts';
import { paintProved, paintProvedName } from './paint-proved.ts';
import { paintRecord } from './paint-record.ts';
import { piecesIn } from './pieces.ts';
import { xOf } from './scale.ts';

type Draw = CanvasRenderingContext2D;

/** What lies over the picture: where the pointer or the keys are, and the forecast. */
export type Over = {
  readonly pointer: { readonly x: number; readonly y: number } | null;
  /** the mark that the keys are on, by its key */
  readonly marked: number | null;
  /** the entries of this execution are shown beside the statement */
  readonly execution: string | null;
  /** a stretch that is being drawn with the mouse, in px */
  readonly brush: readonly [number, number] | null;
  /** an estimate: how much goes in an hour, from the end of the record on */
  readonly burn: Burn | null;
};

/** Sizes a canvas to its box and gives its context in CSS pixels. */
export function contextOf(canvas: HTMLCanvasElement, width: number, height: number): Draw | null {
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const draw = canvas.getContext('2d');
  draw?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return draw;
}

/** Half a device pixel, so that hairlines are one pixel of the screen wide. */
const crisp = (at: number): number => {
  const ratio = window.devicePixelRatio || 1;
  return (Math.round(at * ratio) + 0.5) / ratio;
};

/** Draws the whole picture. */
export function paintTimeline(draw: Draw, layout: Layout, over: Over, colours: Colours): void {
  const { view, left, right, top, bottom } = layout;
  draw.clearRect(0, 0, view.width, view.height);
  draw.font = `${view.fontPx}px ${colours.font}`;
  draw.textBaseline = 'middle';
  paintGrid(draw, layout, colours);
  draw.save();
  draw.beginPath();
  draw.rect(left, 0, right - left, bottom + 1);
  draw.clip();
  if (layout.banded) paintBand(draw, layout, colours);
  paintForecast(draw, layout, over.burn, colours);
  paintLine(draw, layout, view.timeline.buckets.available, colours.muted, 1);
  if (!layout.banded) for (const box of layout.boxes) paintBar(draw, box, layout, over, colours);
  paintLine(draw, layout, view.timeline.buckets.unspent, colours.fg, 1.6);
  if (!layout.banded) paintEnds(draw, layout, colours);
  const proved = paintProved(draw, layout, colours);
  paintBrush(draw, layout, over, colours);
  draw.restore();
  paintFolds(draw, layout, colours);
  if (proved !== null) paintProvedName(draw, proved, layout, colours);
  paintRecord(draw, layout, over.marked, colours);
  paintMarks(draw, layout, over, colours);
  if (over.pointer !== null && over.brush === null) {
    draw.fillStyle = colours.control;
    draw.fillRect(crisp(over.pointer.x) - 0.5, top, 1 / (window.devicePixelRatio || 1), bottom - top);
  }
}

function paintGrid(
  draw: Draw,
  { money, heights, left, right, bottom, bandTop, ticks, view }: Layout,
  colours: Colours,
): void {
  draw.textAlign = 'right';
  draw.lineWidth = 1 / (window.devicePixelRatio || 1);
  for (const { micro, label } of money) {
    const y = yOf(heights, micro);
    draw.strokeStyle = micro === 0 ? colours.lineStrong : colours.line;
    draw.beginPath();
    draw.moveTo(left, crisp(y));
    draw.lineTo(right, crisp(y));
    draw.stroke();
    draw.fillStyle = colours.subtle;
    draw.fillText(label, left - 8, y);
  }
  draw.textAlign = 'center';
  const axis = bandTop + BAND_HIGH + 3;
  for (const { x, label, below } of ticks) {
    draw.fillStyle = colours.lineStrong;
    draw.fillRect(crisp(x) - 0.5, bottom, 1 / (window.devicePixelRatio || 1), 4);
    draw.fillStyle = colours.subtle;
    draw.fillText(label, x, axis + view.fontPx * 0.6);
    if (below === null) continue;
    const half = draw.measureText(below).width / 2;
    draw.fillStyle = colours.muted;
    draw.fillText(below, Math.max(left + half - 12, Math.min(right - half, x)), axis + view.fontPx * 1.95);
  }
}

/** Traces a line of amounts as steps, broken at folded gaps only by their width. */
function tracePath(draw: Draw, layout: Layout, amounts: readonly number[]): void {
  const { scale, heights, view } = layout;
  const { timeline, span } = view;
  const [first, last] = piecesIn(timeline, span);
  let y: number | null = null;
  draw.beginPath();
  for (let at = first; at <= last; at += 1) {
    const x = xOf(scale, timeline.buckets.starts[at] ?? span.from);
    const next = yOf(heights, amounts[at] ?? 0);
    if (y === null) draw.moveTo(x, next);
    else if (next !== y) {
      draw.lineTo(x, y);
      draw.lineTo(x, next);
    }
    y = next;
  }
  if (y !== null) draw.lineTo(xOf(scale, Math.min(span.to, timeline.wholeToMicros ?? span.to)), y);
}

function paintLine(
  draw: Draw,
  layout: Layout,
  amounts: readonly number[],
  colour: string,
  width: number,
): void {
  draw.strokeStyle = colour;
  draw.lineWidth = width;
  draw.lineJoin = 'miter';
  tracePath(draw, layout, amounts);
  draw.stroke();
}

function paintBar(draw: Draw, box: BarBox, layout: Layout, over: Over, colours: Colours): void {
  const { bar, x, y, width, height, edge } = box;
  const colour = bar.outcome === 'expired' ? colours.warn : colours.bar;
  const here = over.execution === bar.executionId || over.marked === bar.firstSeq;
  draw.save();
  draw.strokeStyle = bar.outcome === 'released' ? colours.control : colour;
  draw.lineWidth = here ? 2 : 1;
  if (bar.outcome === 'released') draw.setLineDash([3, 3]);
  if (bar.outcome === 'open' || bar.outcome === 'expired') {
    draw.save();
    draw.beginPath();
    draw.rect(x, y, width, height);
    draw.clip();
    hatch(draw, x, y, width, height, colour);
    draw.restore();
  } else {
    draw.fillStyle = here ? colours.selected : colours.surface;
    draw.fillRect(x, y, width, height);
  }
  if (width >= 2) draw.strokeRect(crisp(x), crisp(y), Math.max(1, width - 1), Math.max(1, height - 1));
  else {
    draw.fillStyle = draw.strokeStyle;
    draw.fillRect(x, y, 1, height);
  }
  if (edge > 0) {
    draw.fillStyle = bar.overrun ? colours.warn : colour;
    draw.fillRect(x + Math.max(0, width - 3), y, Math.min(3, width), edge);
  }
  draw.restore();
  if (bar.toMicros === null && width > 120) paintOpenWords(draw, box, layout, colours);
}

function paintOpenWords(
  draw: Draw,
  { x, y, width, height }: BarBox,
  { view, bottom }: Layout,
  colours: Colours,
): void {
  const words = 'still open';
  draw.textAlign = 'right';
  const inside = height > view.fontPx + 6;
  const below = inside ? y + height / 2 : y + height + view.fontPx * 0.8;
  const at = Math.min(below, bottom - view.fontPx * 0.8);
  // the words stand on clear ground, not on the hatch
  const size = draw.measureText(words).width;
  draw.fillStyle = colours.surface;
  draw.fillRect(x + width - size - 10, at - view.fontPx * 0.7, size + 8, view.fontPx * 1.4);
  draw.fillStyle = colours.warn;
  draw.fillText(words, x + width - 6, at);
}

/** Where reservations ended: a dot was spent, a ring was given back. */
function paintEnds(draw: Draw, { boxes }: Layout, colours: Colours): void {
  for (const { bar, x, y, width } of boxes) {
    if (bar.toMicros === null || width < 8) continue;
    draw.beginPath();
    draw.arc(x + width - 1.5, y, 2.5, 0, Math.PI * 2);
    if (bar.outcome === 'spent') {
      draw.fillStyle = bar.overrun ? colours.warn : colours.bar;
      draw.fill();
    } else {
      draw.fillStyle = colours.surface;
      draw.fill();
      draw.strokeStyle = bar.outcome === 'expired' ? colours.warn : colours.control;
      draw.lineWidth = 1.2;
      draw.stroke();
    }
  }
}

function paintFolds(draw: Draw, layout: Layout, colours: Colours): void {
  const { scale, top, bottom, view } = layout;
  let free = -Infinity;
  draw.textAlign = 'center';
  for (const { x0, x1, micros } of scale.folds) {
    draw.fillStyle = colours.sunken;
    draw.fillRect(x0, top, x1 - x0, bottom - top + 1);
    draw.strokeStyle = colours.lineStrong;
    draw.lineWidth = 1;
    draw.setLineDash([2, 3]);
    draw.beginPath();
    for (const x of x1 - x0 > 5 ? [x0, x1] : [(x0 + x1) / 2]) {
      draw.moveTo(crisp(x), top);
      draw.lineTo(crisp(x), bottom);
    }
    draw.stroke();
    draw.setLineDash([]);
    const words = `${formatSpan(micros)} folded`;
    const long = bottom - top > draw.measureText(words).width + 24;
    if (x1 - x0 < 9 || !long || x0 < free) continue;
    free = x1 + view.fontPx;
    draw.save();
    draw.translate((x0 + x1) / 2, (top + bottom) / 2);
    draw.rotate(-Math.PI / 2);
    draw.font = `${Math.min(view.fontPx, 11)}px ${colours.font}`;
    draw.fillStyle = colours.subtle;
    draw.fillText(words, 0, 0.5);
    draw.restore();
  }
}

function paintBrush(draw: Draw, { top, bottom }: Layout, { brush }: Over, colours: Colours): void {
  if (brush === null) return;
  const [x0, x1] = [Math.min(...brush), Math.max(...brush)];
  draw.fillStyle = colours.accent;
  draw.globalAlpha = 0.16;
  draw.fillRect(x0, top, x1 - x0, bottom - top);
  draw.globalAlpha = 1;
  draw.fillRect(x0, top, 1, bottom - top);
  draw.fillRect(x1, top, 1, bottom - top);
}

function paintMarks(draw: Draw, layout: Layout, { marked }: Over, colours: Colours): void {
  for (const cluster of layout.clusters) {
    if (cluster.x < layout.left - 1 || cluster.x > layout.right + 1) continue;
    paintCluster(draw, cluster, layout, marked === cluster.key, colours);
  }
}
