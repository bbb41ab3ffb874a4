import type { DayRange } from '../../../contract/records.ts';
import { dayAfter, dayWords, daysBetween } from '../runs/days.ts';

/** The ranges that have a name, as the picture has them. */
export const PRESETS = ['7d', '30d', '12m'] as const;
export type Preset = (typeof PRESETS)[number];

/** The days that figures are of: a number of days up to the day in question, or two dates. */
export type Picked =
  { readonly kind: Preset } | { readonly kind: 'dates'; readonly from: string; readonly to: string };

/** The most days at once: a bar per month of ten years still has room, and the engine answers for each day. */
export const MAX_DAYS = 3660;

/** The first day of the month that is `steps` months after the month of `day`. */
export function monthStart(day: string, steps = 0): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + steps, 1)).toISOString().slice(0, 10);
}

/** The days of a choice, both ends included. `today`: the day that figures are made for. */
export function rangeOf(picked: Picked, today: string): DayRange {
  switch (picked.kind) {
    case '7d':
      return { from: dayAfter(today, -6), to: today };
    case '30d':
      return { from: dayAfter(today, -29), to: today };
    case '12m':
      return { from: monthStart(today, -11), to: today };
    case 'dates':
      return { from: picked.from, to: picked.to };
    default:
      return picked satisfies never;
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with two dates in words, or null. */
export function rangeProblem(from: string, to: string): string | null {
  if (!isDay(from) || !isDay(to)) return 'Both dates are needed.';
  if (to < from) return 'The last day is before the first.';
  if (daysBetween(from, to) >= MAX_DAYS) return 'At most ten years at once.';
  return null;
}

const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** How many days a range has. */
export const daysOf = ({ from, to }: DayRange): number => daysBetween(from, to) + 1;

/** A range in words: `8 Jun 2026`, `1 May to 8 Jun 2026`. */
export function rangeWords({ from, to }: DayRange): string {
  if (from === to) return dayWords(from);
  const [first, last] = [dayWords(from), dayWords(to)];
  const year = ` ${to.slice(0, 4)}`;
  return `${from.slice(0, 4) === to.slice(0, 4) ? first.slice(0, -year.length) : first} to ${last}`;
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** `Sunday 7 Jun 2026`. */
export const longDay = (day: string): string => `${weekday.format(at(day))} ${dayWords(day)}`;

const weekdayShort = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });

/** `Sun 7 Jun 2026`. */
export const shortDayInFull = (day: string): string => `${weekdayShort.format(at(day))} ${dayWords(day)}`;

/** `June` of `2026-06` or a day in it. */
export const monthWord = (month: string): string => monthName.format(at(`${month.slice(0, 7)}-01`));

/** `Jun 2026`. */
export const monthYear = (month: string): string =>
  dayWords(`${month.slice(0, 7)}-01`)
    .split(' ')
    .slice(1)
    .join(' ');
