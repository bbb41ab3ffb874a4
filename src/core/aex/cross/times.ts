/**
 * Seconds since 1970 of a time as AEX stores it (shapes A, B and C of formats/aex.md §2), without its fraction; null
 * where the text is none of them. An offset other than UTC is taken off.
 */
export function secondsOf(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  // Records of one moment stand side by side.
  if (text === lastText) return lastSeconds;
  lastText = text;
  return (lastSeconds = readSeconds(text));
}

/** The last second that is kept: of a later one only that it is later than all others is known. */
export const LATEST_SECONDS = 2 ** 32 - 2;

/** A time as the columns keep it; 0: none, or before 1970. */
export const keptSeconds = (text: unknown): number =>
  Math.min(Math.max(0, secondsOf(text) ?? 0), LATEST_SECONDS);

let lastText = '';
let lastSeconds: number | null = null;
let lastDay = -1;
let daysBeforeLast = 0;

function readSeconds(text: string): number | null {
  const n = text.length;
  if (n < 19 || n > 40) return null;
  const separator = text.charCodeAt(10);
  if (separator !== 0x20 && separator !== 0x54) return null;
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return null;
  if (text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return null;
  const which = (year * 16 + month) * 32 + day;
  if (which !== lastDay) {
    lastDay = which;
    daysBeforeLast = daysBefore(year, month, day);
  }
  const seconds = daysBeforeLast * 86_400 + hour * 3_600 + minute * 60 + second;
  if (n === 19 || (n === 25 && text.endsWith('+00:00'))) return seconds;
  const rest = /^(?:\.\d{1,9})?(?:Z|([+-])(\d\d):(\d\d))?$/.exec(text.slice(19));
  if (rest === null) return null;
  if (rest[1] === undefined) return seconds;
  const offset = Number(rest[2]) * 3_600 + Number(rest[3]) * 60;
  return rest[1] === '+' ? seconds - offset : seconds + offset;
}

function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
export function daysBefore(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** A time in words for a message: `2026-03-02 09:00:05`. */
export function timeText(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** Seconds between the clock that Python read before it waited for the write lock and that of the transaction. */
export const LOCK_SECONDS = 15;
/** Seconds between two statements of one transaction. */
export const STATEMENT_SECONDS = 2;
