const LOCALE = 'en-GB';
const count = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const money = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 6,
  maximumFractionDigits: 6,
});

/** Where times are shown: the machine's zone (`local`), `utc`, or a zone by its name such as `Europe/Vienna`. */
export type Zone = string;

const timeZoneOf = (zone: Zone): string | undefined =>
  zone === 'local' ? undefined : zone === 'utc' ? 'UTC' : zone;

/** Whether times can be shown in a zone of this name. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat(LOCALE, { timeZone: timeZoneOf(zone) }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const MINUS = '\u2212';

/** A count with thousands marks: `1,284`. A negative one has the true minus sign. */
export const formatCount = (value: number): string => count.format(value).replace('-', MINUS);

/** A count with its noun: `1 call`, `1,284 calls`. */
export const formatCounted = (value: number, one: string, many: string = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`;

/** A size: `214 bytes`, `2.1 KB`, `84.2 MB` (1 KB = 1,024 bytes). */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return formatCounted(bytes, 'byte');
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 99.95 ? oneDigit.format(value) : count.format(value)} ${units[unit]}`;
}

/** Micro-dollars with six decimals, so that points align: `$0.048315`. */
export function formatMoney(micros: number): string {
  const size = BigInt(Math.trunc(Math.abs(micros)));
  const text = `${size / 1_000_000n}.${String(size % 1_000_000n).padStart(6, '0')}`;
  return (micros < 0 ? MINUS : '') + money.format(text as Intl.StringNumericLiteral);
}

type Style = Intl.DateTimeFormatOptions;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: Zone, style: Style): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(style);
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(LOCALE, { ...style, timeZone: timeZoneOf(zone) });
  formatters.set(key, made);
  return made;
}

const CLOCK: Style = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
const DATE: Style = { day: 'numeric', month: 'short', year: 'numeric' };

function show(micros: number, zone: Zone, style: Style): string {
  const ms = Math.floor(micros / 1000);
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return 'not a time';
  return formatter(zone, style)
    .format(ms)
    .replace(/\bSept\b/, 'Sep');
}

/** The clock time of microseconds since 1970: `14:41:08`. */
export const formatClock = (micros: number, zone: Zone): string => show(micros, zone, CLOCK);

/** The day: `20 Nov 2026`. */
export const formatDate = (micros: number, zone: Zone): string => show(micros, zone, DATE);

/** Day and clock time: `20 Nov 2026, 14:41:08`. */
export const formatDateTime = (micros: number, zone: Zone): string =>
  show(micros, zone, { ...DATE, ...CLOCK });

/** Day and clock time to the microsecond: `20 Nov 2026, 14:41:08.204113`. */
export function formatDateTimeExact(micros: number, zone: Zone): string {
  const fraction = ((micros % 1e6) + 1e6) % 1e6;
  return `${formatDateTime(micros, zone)}.${String(fraction).padStart(6, '0')}`;
}

/** A day as a person says it beside `nowMicros`: `14:41`, `yesterday`, `18 Nov`, `24 Oct 2025`. */
export function formatDay(micros: number, nowMicros: number, zone: Zone): string {
  const day = formatDate(micros, zone);
  if (day === formatDate(nowMicros, zone)) return show(micros, zone, { hour: '2-digit', minute: '2-digit' });
  if (day === formatDate(nowMicros - 86_400e6, zone)) return 'yesterday';
  const sameYear = show(micros, zone, { year: 'numeric' }) === show(nowMicros, zone, { year: 'numeric' });
  return sameYear ? show(micros, zone, { day: 'numeric', month: 'short' }) : day;
}

/** How long ago, for live states only: `now`, `4 s ago`, `3 min ago`, `2 h ago`, `5 days ago`. */
export function formatAge(micros: number, nowMicros: number): string {
  const seconds = Math.floor((nowMicros - micros) / 1e6);
  if (seconds < 1) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${formatCounted(Math.floor(seconds / 86_400), 'day')} ago`;
}

/** A length of time in at most two units: `8.3 s`, `1 min 10 s`, `2 h 5 min`, `3 days 4 h`. */
export function formatSpan(micros: number): string {
  const seconds = Math.abs(micros) / 1e6;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${oneDigit.format(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return two(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  if (minutes < 1440) return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  const days = Math.floor(hours / 24);
  return two(days, days === 1 ? 'day' : 'days', hours % 24, 'h');
}

const two = (a: number, unitA: string, b: number, unitB: string): string =>
  b === 0 ? `${count.format(a)} ${unitA}` : `${count.format(a)} ${unitA} ${b} ${unitB}`;

/** How far a zone is from UTC at a time: `UTC+01:00`, `UTC`. */
export function zoneLabel(zone: Zone, atMs: number = Date.now()): string {
  if (zone === 'utc') return 'UTC';
  const parts = formatter(zone, { timeZoneName: 'longOffset' }).formatToParts(atMs);
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value.replace(/^GMT/, '') ?? '';
  return `UTC${offset === '' ? '+00:00' : offset.replace('-', MINUS)}`;
}

/** A zone as people say it: `Local time`, `UTC`, `Buenos Aires`. */
export function zoneName(zone: Zone): string {
  if (zone === 'local') return 'Local time';
  return zone === 'utc' ? 'UTC' : (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** The first eight digits of a hash. The whole belongs in the title and in what is copied. */
export const shortHash = (hash: string): string => hash.slice(0, 8);

/** The last part of a path, for either separator. */
export const baseName = (path: string): string => path.split(/[\\/]/).findLast(Boolean) ?? path;
