/**
 * The time in the name of a version, `20260530T101500000000Z` (§2.4), as `30 May 2026, 10:15:00 UTC`; a text of
 * another form stays as it is.
 */
export function versionTime(at: string | null): string | null {
  if (at === null) return null;
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})T(\d{2}):?(\d{2}):?(\d{2})/.exec(at);
  if (parts === null) return at;
  const [, year, month, day, hour, minute, second] = parts;
  const name = MONTHS[Number(month) - 1];
  if (name === undefined) return at;
  return `${Number(day)} ${name} ${year}, ${hour}:${minute}:${second} UTC`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
