import type { LedgerTimeline } from '../../../../contract/ledger-timeline.ts';
import type { Zone } from '../../../ui/format.ts';
import type { Colours } from './colours.ts';
import { xOf, type Scale } from './scale.ts';
import { ticksOf } from './ticks.ts';

export type Strip = {
  readonly timeline: LedgerTimeline;
  readonly scale: Scale;
  readonly width: number;
  readonly height: number;
  readonly fontPx: number;
  readonly zone: Zone;
};

const DAY = 86_400e6;
/** A record that spent less than this part of the budget is drawn larger, from its own lowest amount. */
const LITTLE = 0.25;

/** The lowest and highest amount of the strip: from nothing to the budget, unless hardly anything of it was spent. */
function rangeOf({ buckets, budgetMicro }: LedgerTimeline): readonly [number, number] {
  let [low, high] = [Infinity, Math.max(1, budgetMicro)];
  for (const [at, amount] of buckets.unspent.entries()) {
    high = Math.max(high, amount);
    low = Math.min(low, amount, buckets.available[at] ?? amount);
  }
  if (low === Infinity || high - low > high * LITTLE || low <= 0) return [Math.min(0, low), high];
  return [low - (high - low) * 0.15, high];
}

/** Draws the burn-down: what is unspent as an area below the line of the budget, folds as breaks, marks as ticks. */
export function paintOverview(draw: CanvasRenderingContext2D, strip: Strip, colours: Colours): void {
  const { timeline, scale, width, height, fontPx, zone } = strip;
  const { starts, unspent, denials, overruns, findings, missing } = timeline.buckets;
  draw.clearRect(0, 0, width, height + fontPx + 10);
  const top = 8;
  const [low, high] = rangeOf(timeline);
  const y = (micro: number) => top + ((high - micro) / (high - low)) * (height - top - 1);
  const end = xOf(scale, timeline.wholeToMicros ?? timeline.toMicros);
  const first = starts[0] ?? 0;

  draw.beginPath();
  let before = y(unspent[0] ?? high);
  draw.moveTo(xOf(scale, first), before);
  for (const [at, start] of starts.entries()) {
    const x = xOf(scale, start);
    const next = y(unspent[at] ?? 0);
    draw.lineTo(x, before);
    draw.lineTo(x, next);
    before = next;
  }
  draw.lineTo(end, before);
  draw.strokeStyle = colours.fg;
  draw.lineWidth = 1.2;
  draw.stroke();
  // an area says that its height is counted from nothing
  if (low <= 0) {
    draw.lineTo(end, y(low));
    draw.lineTo(xOf(scale, first), y(low));
    draw.fillStyle = colours.bar;
    draw.globalAlpha = 0.12;
    draw.fill();
    draw.globalAlpha = 1;
  }

  draw.strokeStyle = colours.control;
  draw.lineWidth = 1;
  draw.setLineDash([4, 3]);
  draw.beginPath();
  draw.moveTo(scale.left, Math.round(y(timeline.budgetMicro)) + 0.5);
  draw.lineTo(scale.left + scale.width, Math.round(y(timeline.budgetMicro)) + 0.5);
  draw.stroke();
  draw.setLineDash([]);

  for (const { x0, x1 } of scale.folds) {
    draw.fillStyle = colours.sunken;
    draw.fillRect(x0, 0, x1 - x0, height);
    draw.fillStyle = colours.lineStrong;
    draw.fillRect(Math.round((x0 + x1) / 2), top, 1, height - top);
  }
  for (const [at, start] of starts.entries()) {
    const bad = (findings[at] ?? 0) + (missing[at] ?? 0) > 0;
    if (!bad && (denials[at] ?? 0) + (overruns[at] ?? 0) === 0) continue;
    draw.fillStyle = bad ? colours.bad : colours.warn;
    // what fails to add up stands higher than what was refused or cost more than was reserved
    draw.fillRect(Math.round(xOf(scale, start)), 0, 1.5, bad ? 6 : 3.5);
  }
  draw.fillStyle = colours.line;
  draw.fillRect(0, height, width, 1);
  draw.font = `${fontPx}px ${colours.font}`;
  draw.textBaseline = 'middle';
  draw.textAlign = 'center';
  draw.fillStyle = colours.subtle;
  const long = (timeline.wholeToMicros ?? 0) - (timeline.wholeFromMicros ?? 0);
  const daily = ticksOf(scale, zone, fontPx * 0.62, long > 2 * DAY ? DAY : 0);
  // where nights are folded no midnight is drawn
  const ticks = daily.length > 1 ? daily : ticksOf(scale, zone, fontPx * 0.62, 0);
  for (const { x, label, below } of ticks) {
    const words = below === null || !/:/.test(label) ? label : below.replace(/ \d+$/, '');
    draw.fillText(words, Math.max(words.length * fontPx * 0.3 + 4, x), height + 4 + fontPx * 0.6);
  }
}
