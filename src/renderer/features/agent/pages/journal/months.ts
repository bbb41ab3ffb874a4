const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

const timeOf = (text: string | null): number | null => {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  // a day that a month does not have is moved into the next one by some and refused by others
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at;
};

/** The month that a day belongs to: `June 2026`. A file whose name is no date has none. */
export function monthWords(text: string | null): string {
  const at = timeOf(text);
  return at === null ? 'Without a date' : month.format(at);
}

/** A day within its month: `Sun 7 Jun`; null for what is no date. */
export function dayOfMonth(text: string | null): string | null {
  const at = timeOf(text);
  return at === null
    ? null
    : day
        .format(at)
        .replace(',', '')
        .replace(/\bSept\b/, 'Sep');
}
