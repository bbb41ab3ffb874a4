import { formatClock, formatDate, type Zone } from '../../../ui/format.ts';

/** The time of a line: its clock where days have lines of their own, else with the day. */
export const timeText = (micros: number, zone: Zone, days: boolean): string =>
  days
    ? formatClock(micros, zone)
    : `${formatDate(micros, zone).replace(/ \d{4}$/, '')}, ${formatClock(micros, zone)}`;

/** A UTC day as people write it: `2 Mar 2026 UTC`; what is no day stays as it is. */
export function dayText(day: string): string {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? day : `${formatDate(ms * 1000, 'utc')} UTC`;
}
