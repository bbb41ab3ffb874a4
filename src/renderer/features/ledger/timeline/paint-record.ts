import type { Colours } from './colours.ts';
import { BAND_HIGH, type Layout } from './layout.ts';
import { isPlace, type RecordRun } from './record.ts';

type Draw = CanvasRenderingContext2D;

/** How high a stretch that nothing was done to is, in px. */
const CALM = 5;

/** The band below the axis: what the last check made of the entries, in the forms of the chain's bar. */
export function paintRecord(draw: Draw, layout: Layout, marked: number | null, colours: Colours): void {
  const { runs, gaps, bandTop, left, view } = layout;
  if (runs.length === 0) return;
  const middle = bandTop + BAND_HIGH / 2;
  draw.textAlign = 'right';
  draw.fillStyle = colours.subtle;
  draw.fillText('chain', left - 8, middle + 0.5);
  draw.save();
  draw.beginPath();
  draw.rect(left, bandTop - 3, layout.right - left + 1, BAND_HIGH + 6);
  draw.clip();
  for (const run of runs) if (!isPlace(run.is)) paintRun(draw, run, middle, colours);
  for (const run of runs) if (isPlace(run.is)) paintRun(draw, run, middle, colours);
  for (const x of gaps) paintGap(draw, x, middle, colours);
  const here = marked === null ? undefined : runs.find((run) => runKey(run) === marked);
  if (here !== undefined) {
    draw.strokeStyle = colours.accent;
    draw.lineWidth = 2;
    draw.strokeRect(here.x0 - 1, bandTop - 1, Math.max(4, here.x1 - here.x0 + 2), BAND_HIGH + 2);
  }
  draw.restore();
  draw.font = `${view.fontPx}px ${colours.font}`;
}

/** How wide a place is where entries are missing, in px. */
const GAP = 10;

/** Nothing between two ends, as in the chain's bar. */
function paintGap(draw: Draw, x: number, middle: number, colours: Colours): void {
  const [left, top] = [x - GAP / 2, middle - BAND_HIGH / 2];
  draw.fillStyle = colours.surface;
  draw.fillRect(left - 1, top - 1, GAP + 2, BAND_HIGH + 2);
  draw.fillStyle = colours.bad;
  draw.fillRect(left, top, 2, BAND_HIGH);
  draw.fillRect(left + GAP - 2, top, 2, BAND_HIGH);
  for (const y of [top, top + BAND_HIGH - 1]) draw.fillRect(left + GAP / 2 - 1, y, 2, 1);
}

/** What the keys know a run by: no number of an entry. */
export const runKey = ({ firstSeq }: Pick<RecordRun, 'firstSeq'>): number => firstSeq + 0.5;

/** One run in its form: each kind has one of its own, so that colour is never needed to tell them apart. */
export function paintRun(
  draw: Draw,
  { is, x0, x1 }: Pick<RecordRun, 'is' | 'x0' | 'x1'>,
  middle: number,
  colours: Colours,
): void {
  const wide = Math.max(1, x1 - x0);
  const top = middle - CALM / 2;
  const high = middle - BAND_HIGH / 2;
  switch (is) {
    case 'verified':
      draw.fillStyle = colours.ok;
      draw.fillRect(x0, top, wide, CALM);
      break;
    case 'follows':
    case 'unproved':
    case 'open':
      draw.strokeStyle = is === 'follows' ? colours.ok : colours.muted;
      draw.lineWidth = 1;
      draw.setLineDash(is === 'unproved' ? [4, 2] : is === 'open' ? [1, 2] : []);
      draw.strokeRect(x0 + 0.5, top + 0.5, Math.max(1, wide - 1), CALM - 1);
      draw.setLineDash([]);
      break;
    case 'anew':
      draw.strokeStyle = colours.warn;
      draw.lineWidth = 1.4;
      draw.beginPath();
      for (let x = x0; x < x1; x += 4) {
        draw.moveTo(x, top + CALM);
        draw.lineTo(Math.min(x1, x + CALM), top);
      }
      draw.stroke();
      break;
    case 'lost':
      draw.fillStyle = colours.warn;
      draw.fillRect(x0, top, wide, CALM);
      break;
    case 'moved':
      draw.fillStyle = colours.bad;
      for (let x = x0; x < x1; x += 4) draw.fillRect(x, high, Math.min(2, x1 - x), BAND_HIGH);
      break;
    default:
      draw.fillStyle = colours.bad;
      draw.fillRect(x0, high, wide, BAND_HIGH);
  }
}
