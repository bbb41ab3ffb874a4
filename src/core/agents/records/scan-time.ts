import { NO_DAY, daysFromDate } from '../../records/time.ts';
import type { Draft } from './columns.ts';
import { isDigit } from './scan-json.ts';
import { FLAG } from './table.ts';

let knownDate = 0;
let knownDay = NO_DAY;

/** A number of so many digits, or -1. */
function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) {
    const c = bytes[from + i]!;
    if (!isDigit(c)) return -1;
    value = value * 10 + (c - 0x30);
  }
  return value;
}

/**
 * The usual `ts`, `2026-06-08T17:59:59.123456-05:00` with or without a fraction of up to six digits. False: it is of
 * another form, and nothing was set.
 */
export function quickStamp(
  bytes: Uint8Array,
  from: number,
  to: number,
  fileDay: number,
  draft: Draft,
): boolean {
  const length = to - from;
  if (length < 20 || fileDay === NO_DAY || bytes[from + 10] !== 0x54) return false;
  const year = digits(bytes, from, 4);
  const month = digits(bytes, from + 5, 2);
  const date = digits(bytes, from + 8, 2);
  const hour = digits(bytes, from + 11, 2);
  const minute = digits(bytes, from + 14, 2);
  const second = digits(bytes, from + 17, 2);
  if (year < 1 || month < 1 || date < 1 || hour < 0 || minute < 0 || second < 0) return false;
  if (bytes[from + 4] !== 0x2d || bytes[from + 7] !== 0x2d) return false;
  if (bytes[from + 13] !== 0x3a || bytes[from + 16] !== 0x3a) return false;
  if (hour > 23 || minute > 59 || second > 59) return false;
  let p = from + 19;
  let fraction = 0;
  if (bytes[p] === 0x2e) {
    p += 1;
    let unit = 100_000;
    const first = p;
    for (; p < to && isDigit(bytes[p]!); p++) {
      fraction += (bytes[p]! - 0x30) * unit;
      unit /= 10;
    }
    if (p === first || p - first > 6) return false;
  }
  let offset = 0;
  if (bytes[p] === 0x5a && p + 1 === to) offset = 0;
  else if (p + 6 === to && (bytes[p] === 0x2b || bytes[p] === 0x2d) && bytes[p + 3] === 0x3a) {
    const hours = digits(bytes, p + 1, 2);
    const minutes = digits(bytes, p + 4, 2);
    if (hours < 0 || minutes < 0 || hours > 23 || minutes > 59) return false;
    offset = (hours * 60 + minutes) * (bytes[p] === 0x2d ? -1 : 1) + 0;
  } else return false;
  const code = year * 10_000 + month * 100 + date;
  if (code !== knownDate) {
    knownDay = daysFromDate(year, month, date);
    knownDate = code;
  }
  if (knownDay === NO_DAY) return false;
  draft.day = knownDay;
  draft.offsetMinutes = offset;
  draft.micros = ((knownDay * 24 + hour) * 60 + minute - offset) * 60e6 + second * 1e6 + fraction;
  if (knownDay !== fileDay) draft.flags |= FLAG.misfiled;
  return true;
}
