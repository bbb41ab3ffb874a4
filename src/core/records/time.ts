/** No readable date. */
export const NO_DAY = -(2 ** 31);

/** What a `ts` says. `day` counts from 1970-01-01, of its own offset. Naive times are taken as UTC. */
export type Moment = { day: number; micros: number; offsetMinutes: number; naive: boolean };

const dateForm =
  /^(?:(\d{4})-(\d{2})-(\d{2})|(\d{4})(\d{2})(\d{2})|(\d{4})(?:-W(\d{2})(?:-(\d))?|W(\d{2})(\d)?))/;
const timeForm =
  /^(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d+))?)?|(\d{2})(?:(\d{2})(?:[.,](\d+))?)?)?(Z|[+-]\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?|\d{2}(?:\d{2}(?:\.\d+)?)?)?)?$/;

/**
 * Reads the ISO forms that Python's `datetime.fromisoformat` reads, which is what decides whether the runtime's
 * dashboards see a record (formats/atomic-agents.md §7). Returns null for all others.
 */
export function readTimestamp(text: string): Moment | null {
  const d = dateForm.exec(text);
  if (d === null) return null;
  const day = dayOf(d);
  if (day === NO_DAY) return null;
  const rest = text.slice(d[0].length);
  if (rest === '') return { day, micros: day * 86_400e6, offsetMinutes: 0, naive: true };
  // one character of any kind parts date and time
  const separator = rest.codePointAt(0)! > 0xffff ? 2 : 1;
  const t = timeForm.exec(rest.slice(separator));
  if (t === null) return null;
  const [hour, minute, second] = [t[1], t[2] ?? t[5], t[3] ?? t[6]].map((part) => Number(part ?? 0));
  if (hour! > 23 || minute! > 59 || second! > 59) return null;
  const fraction = Number((t[4] ?? t[7] ?? '').slice(0, 6).padEnd(6, '0'));
  const offset = t[8] === undefined ? null : offsetMicros(t[8]);
  if (offset !== null && Number.isNaN(offset)) return null;
  const local = ((day * 24 + hour!) * 60 + minute!) * 60e6 + second! * 1e6 + fraction;
  return {
    day,
    micros: local - (offset ?? 0),
    offsetMinutes: Math.trunc((offset ?? 0) / 60e6),
    naive: offset === null,
  };
}

function offsetMicros(text: string): number {
  if (text === 'Z') return 0;
  const digits = text.slice(1).replaceAll(':', '');
  const [hours, minutes, seconds] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2) || 0));
  const fraction = Number((digits.split('.')[1] ?? '').slice(0, 6).padEnd(6, '0'));
  const size = (hours! * 60 + minutes!) * 60e6 + seconds! * 1e6 + fraction;
  if (size >= 86_400e6) return Number.NaN;
  return text.startsWith('-') ? -size : size;
}

function dayOf(match: RegExpExecArray): number {
  if (match[7] !== undefined)
    return isoWeekDay(Number(match[7]), Number(match[8] ?? match[10]), Number(match[9] ?? match[11] ?? 1));
  return daysFromDate(
    Number(match[1] ?? match[4]),
    Number(match[2] ?? match[5]),
    Number(match[3] ?? match[6]),
  );
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days since 1970-01-01, or NO_DAY where there is no such date. */
export function daysFromDate(year: number, month: number, day: number): number {
  if (year < 1 || month < 1 || month > 12 || day < 1) return NO_DAY;
  if (day > lengths[month - 1]! + (month === 2 && leap(year) ? 1 : 0)) return NO_DAY;
  // Howard Hinnant's days_from_civil
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return days;
}

/** Days of a text `YYYY-MM-DD`, or NO_DAY. */
export function daysFromText(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match === null ? NO_DAY : daysFromDate(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** `YYYY-MM-DD` of days since 1970-01-01. */
export function textFromDays(days: number): string {
  const date = new Date(days * 86_400_000);
  return `${String(date.getUTCFullYear()).padStart(4, '0')}-${String(date.getUTCMonth() + 1).padStart(2, '0')}-${String(date.getUTCDate()).padStart(2, '0')}`;
}

/** 1 is Monday. */
const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

function isoWeekDay(year: number, week: number, day: number): number {
  if (week < 1 || week > 53 || day < 1 || day > 7) return NO_DAY;
  const fourth = daysFromDate(year, 1, 4);
  if (fourth === NO_DAY) return NO_DAY;
  const first = fourth - weekday(fourth) + 1;
  if (week === 53) {
    const nextFourth = daysFromDate(year + 1, 1, 4);
    if (nextFourth - weekday(nextFourth) + 1 <= first + 52 * 7) return NO_DAY;
  }
  return first + (week - 1) * 7 + day - 1;
}
