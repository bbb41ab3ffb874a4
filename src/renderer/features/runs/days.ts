const LOCALE = 'en-GB';
const full = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const short = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });

const atOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

const show = (form: Intl.DateTimeFormat, day: string): string => {
  const at = atOf(day);
  return Number.isNaN(at) ? day : form.format(at).replace(/\bSept\b/, 'Sep');
};

/** `2026-06-08` as `8 Jun 2026`. A day of a log has no zone: it is the writer's. */
export const dayWords = (day: string): string => show(full, day);

/** `2026-06-08` as `8 Jun`. */
export const shortDay = (day: string): string => show(short, day);

/** How many days `to` is after `from`. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((atOf(to) - atOf(from)) / 86_400_000);

/** The day `steps` days after `day`. */
export const dayAfter = (day: string, steps: number): string =>
  new Date(atOf(day) + steps * 86_400_000).toISOString().slice(0, 10);

/**
 * When a record was written, in the offset it was written in: `8 Jun, 14:41:08`. A text that is no time stays as it is,
 * because that is what the log says.
 */
export function loggedTime(ts: string, form: 'short' | 'full' = 'short'): string {
  const parts = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)/.exec(ts);
  if (parts === null || Number.isNaN(atOf(parts[1] ?? ''))) return ts;
  const day = parts[1] ?? '';
  return `${form === 'full' ? dayWords(day) : shortDay(day)}, ${parts[2] ?? ''}`;
}

/** The offset at the end of a stored time: `+02:00`, `Z`; null where it has none. */
export const loggedOffset = (ts: string): string | null => /(Z|[+-]\d{2}:?\d{2})$/.exec(ts)?.[1] ?? null;
