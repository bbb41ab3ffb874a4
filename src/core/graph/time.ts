const MICROS_PER_DAY = 86_400_000_000;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 1970-01-01 of a calendar day, or NaN where there is no such day. */
export function daysOf(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1)) return NaN;
  if (day > (month === 2 && isLeap(year) ? 29 : MONTH_DAYS[month - 1]!)) return NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

/** Microseconds since 1970 of a clock reading in UTC, or NaN where there is no such day or time of day. */
export function microsOf(days: number, hour: number, minute: number, second: number, micros: number): number {
  if (!(hour < 24 && minute < 60 && second < 60)) return NaN;
  return days * MICROS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1_000_000 + micros;
}

/** The day that was converted last: neighbours in a store are mostly of one day. */
let lastDate = NaN;
let lastDays = NaN;

/**
 * Microseconds since 1970 of a timestamp in exactly the form of formats/vek.md §3
 * (`2026-11-20T08:40:20.153974+00:00`, no fraction when it is zero), else NaN.
 */
export function exactTime(text: string): number {
  const length = text.length;
  if (length !== 32 && length !== 25) return NaN;
  const at = (i: number): number => text.charCodeAt(i);
  if (at(4) !== 45 || at(7) !== 45 || at(10) !== 84 || at(13) !== 58 || at(16) !== 58) return NaN;
  const zone = length - 6;
  if (at(zone) !== 43 || at(zone + 1) !== 48 || at(zone + 2) !== 48) return NaN;
  if (at(zone + 3) !== 58 || at(zone + 4) !== 48 || at(zone + 5) !== 48) return NaN;
  // Every position of a digit; negative when one of them holds another sign.
  let sign = 0;
  const pair = (i: number): number => {
    const tens = text.charCodeAt(i) - 48;
    const ones = text.charCodeAt(i + 1) - 48;
    sign |= tens | ones | (9 - tens) | (9 - ones);
    return tens * 10 + ones;
  };
  const year = pair(0) * 100 + pair(2);
  const month = pair(5);
  const day = pair(8);
  const hour = pair(11);
  const minute = pair(14);
  const second = pair(17);
  let micros = 0;
  if (length === 32) {
    if (at(19) !== 46) return NaN;
    micros = (pair(20) * 100 + pair(22)) * 100 + pair(24);
    if (micros === 0) return NaN;
  }
  if (sign < 0) return NaN;
  const date = (year * 100 + month) * 100 + day;
  if (date !== lastDate) {
    lastDate = date;
    lastDays = daysOf(year, month, day);
  }
  return microsOf(lastDays, hour, minute, second, micros);
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Microseconds since 1970 of any usual ISO form (blank for `T`, `Z`, other offsets, shorter or longer fractions;
 * without an offset UTC is meant), else NaN.
 */
export function looseTime(text: string): number {
  if (text.length > 40) return NaN;
  const found = ISO.exec(text.trim());
  if (found === null) return NaN;
  const number = (group: number): number => Number(found[group] ?? '0');
  const fraction = Number((found[7] ?? '').padEnd(6, '0').slice(0, 6));
  const time = microsOf(daysOf(number(1), number(2), number(3)), number(4), number(5), number(6), fraction);
  return time - offsetMinutes(found[8]) * 60_000_000;
}

function offsetMinutes(text: string | undefined): number {
  if (text === undefined || text === 'Z' || text === 'z') return 0;
  const plain = text.replace(':', '');
  const minutes = Number(plain.slice(1, 3)) * 60 + Number(plain.slice(3, 5) || '0');
  return plain.startsWith('-') ? -minutes : minutes;
}
