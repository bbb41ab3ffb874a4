import type { Zone } from '../../../ui/format.ts';
import type { Scale } from './scale.ts';
import { xOf } from './scale.ts';
import { fromWall, zoneOffset } from './zone.ts';

const MS = 1000;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between marks of a time axis that people can read, in microseconds; months and years come after them. */
const STEPS: readonly number[] = [
  ...[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].map((size) => size * MS),
  ...[1, 2, 5, 10, 15, 30].map((size) => size * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((size) => size * MINUTE),
  ...[1, 2, 3, 6, 12].map((size) => size * HOUR),
  ...[1, 2, 7, 14].map((size) => size * DAY),
];
/** Months between marks. */
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120];

/** How far apart marks are: microseconds, or months. */
export type Step = { readonly micros: number } | { readonly months: number };

/** One mark of the time axis: the words under it, and those of the larger unit where that begins. */
export type Tick = {
  readonly at: number;
  readonly x: number;
  readonly label: string;
  readonly below: string | null;
};

/** The smallest step whose marks stand at least `room` px apart. */
export function stepOf(pxPerMicro: number, room: number): Step {
  const least = room / pxPerMicro;
  const micros = STEPS.find((step) => step >= least);
  if (micros !== undefined) return { micros };
  const months = MONTH_STEPS.find((count) => count * 28 * DAY >= least) ?? 240;
  return { months };
}

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function labelOf(wall: number, step: Step): string {
  const date = new Date(Math.floor(wall / 1000));
  const month = MONTHS[date.getUTCMonth()] ?? '';
  if ('months' in step) return step.months >= 12 ? String(date.getUTCFullYear()) : month;
  if (step.micros >= DAY) return `${date.getUTCDate()} ${month}`;
  const clock = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
  if (step.micros >= MINUTE) return clock;
  const seconds = `${clock}:${pad(date.getUTCSeconds())}`;
  if (step.micros >= SECOND) return seconds;
  const fraction = ((wall % SECOND) + SECOND) % SECOND;
  const digits = step.micros >= MS ? 3 : 6;
  return `${seconds}.${pad(Math.round(fraction), 6).slice(0, digits)}`;
}

/** The larger unit that a mark lies in: the day below clock times, the year below days and months. */
function unitOf(wall: number, step: Step): string {
  const date = new Date(Math.floor(wall / 1000));
  const year = date.getUTCFullYear();
  if ('months' in step) return step.months >= 12 ? '' : String(year);
  if (step.micros >= DAY) return String(year);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${year}`;
}

/**
 * The marks of the time axis from left to right, at round times of the zone; `letter` is the width of a letter in px.
 * Labels never touch, and no mark stands in a folded gap; `leastMicros` is the smallest distance between marks. At the largest scales a mark is a month or a year.
 */
export function ticksOf(scale: Scale, zone: Zone, letter: number, leastMicros = 0): readonly Tick[] {
  const room = Math.max(letter * 9, leastMicros * scale.pxPerMicro);
  let step = stepOf(scale.pxPerMicro, room);
  const size = () => letter * (labelOf(scale.span.from, step).length + 2);
  if (size() > room) step = stepOf(scale.pxPerMicro, size());
  const ticks: Tick[] = [];
  let free = scale.left - letter * 6;
  let freeBelow = -Infinity;
  let unit: string | null = null;
  for (const part of scale.parts) {
    for (const at of momentsIn(part.from, part.to, step, zone)) {
      const x = xOf(scale, at);
      const wall = at + zoneOffset(zone, at);
      const label = labelOf(wall, step);
      const half = (label.length * letter) / 2;
      if (x - half < free || x + half > scale.left + scale.width + letter * 1.5) continue;
      free = x + half + letter;
      const now = unitOf(wall, step);
      const shown = now !== '' && now !== unit && x - half >= freeBelow;
      if (shown) {
        unit = now;
        freeBelow = x + half + now.length * letter;
      }
      ticks.push({ at, x, label, below: shown ? now : null });
    }
  }
  return ticks;
}

/** The most marks that one stretch gets, whatever its times say. */
const MOST = 400;

function momentsIn(from: number, to: number, step: Step, zone: Zone): readonly number[] {
  const wall = from + zoneOffset(zone, from);
  const list: number[] = [];
  if ('months' in step) {
    const date = new Date(Math.floor(wall / 1000));
    const first = date.getUTCFullYear() * 12 + date.getUTCMonth();
    for (let month = first - (first % step.months); list.length < MOST; month += step.months) {
      const at = fromWall(zone, Date.UTC(Math.floor(month / 12), month % 12, 1) * 1000);
      if (at >= to) break;
      if (at >= from) list.push(at);
    }
    return list;
  }
  // days and hours begin with the clocks of the zone, also where those are moved
  const origin = step.micros >= 7 * DAY ? 4 * DAY : 0;
  const begin = Math.ceil((wall - origin) / step.micros) * step.micros + origin;
  for (let next = begin; list.length < MOST; next += step.micros) {
    const at = step.micros >= HOUR ? fromWall(zone, next) : next - zoneOffset(zone, from);
    if (at >= to) break;
    if (at >= from) list.push(at);
  }
  return list;
}

/** Round amounts, in micro-dollars, from below `low` to above `high`, about `count` of them. */
export function moneyTicks(low: number, high: number, count: number): readonly number[] {
  const rough = Math.max(1, (high - low) / Math.max(1, count));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    ([1, 2, 2.5, 5, 10].find((times) => times * power >= rough * 0.999) ?? 10) * power,
  );
  const first = Math.floor(low / step) * step;
  const ticks: number[] = [];
  for (let at = first; ; at += step) {
    ticks.push(Math.round(at));
    if (at >= high || ticks.length > 50) break;
  }
  return ticks;
}
