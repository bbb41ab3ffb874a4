import { NO_DAY, daysFromText, textFromDays } from '../../records/time.ts';

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of `YYYY-MM-DD`; null where that is no date. */
export function dayOf(text: string): number | null {
  const day = daysFromText(text);
  return day === NO_DAY ? null : day;
}

/** `YYYY-MM-DD` of days since 1970-01-01. */
export const textOf = textFromDays;

/** `YYYY-MM` of a day. */
export function monthOf(day: number): string {
  return textOf(day).slice(0, 7);
}

/** First and last day of the month that holds a day. */
export function monthRange(day: number): { readonly from: number; readonly to: number } {
  const date = new Date(day * DAY_MS);
  const from = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS;
  const to = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY_MS - 1;
  return { from, to };
}

/** The month that lies `back` months before the month of a day. */
export function monthBefore(
  day: number,
  back: number,
): { readonly from: number; readonly to: number; readonly name: string } {
  let range = monthRange(day);
  for (let step = 0; step < back; step++) range = monthRange(range.from - 1);
  return { ...range, name: monthOf(range.from) };
}

/** A day with all before and after it as one window, both ends included. */
export type Span = { readonly from: number; readonly to: number };

/** The windows of §8: both ends included. */
export function windowsOf(today: number): Record<'recent' | 'prior' | 'week' | 'weekBefore', Span> {
  return {
    recent: { from: today - 30, to: today },
    prior: { from: today - 61, to: today - 31 },
    week: { from: today - 6, to: today },
    weekBefore: { from: today - 13, to: today - 7 },
  };
}

/** Whether a day lies in a window. */
export function within(day: number, span: Span): boolean {
  return day >= span.from && day <= span.to;
}

/** `day:` of a query for a window. */
export function dayTerm(span: Span): string {
  return span.from === span.to ? `day:${textOf(span.from)}` : `day:${textOf(span.from)}..${textOf(span.to)}`;
}

/** The instant in microseconds at which a day ends, in UTC. */
export function endOf(day: number): number {
  return (day + 1) * DAY_MS * 1000;
}
