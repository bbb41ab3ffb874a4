const two = (n: number): string => String(n).padStart(2, '0');

/** The local date of a moment, `YYYY-MM-DD`: the day of the log that a runtime of this machine writes to (§3). */
export function localDay(date: Date): string {
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The day that figures are made for, and the moment that ages are counted from. */
export type AsOf = { readonly today: string; readonly nowMicros: number; readonly isOver: boolean };

/**
 * `today` null or the day it is: this moment. Another day: its last moment here, so that figures of a past day do not
 * change while they are looked at.
 */
export function asOf(today: string | null, now: Date = new Date()): AsOf {
  const day = localDay(now);
  if (today === null || today === day) return { today: day, nowMicros: now.getTime() * 1000, isOver: false };
  const [year = 0, month = 1, date = 1] = today.split('-').map(Number);
  const next = new Date(2000, 0, 1);
  next.setFullYear(year, month - 1, date + 1);
  next.setHours(0, 0, 0, 0);
  return { today, nowMicros: next.getTime() * 1000 - 1, isOver: today < day };
}
