import { mixed } from '../../cross/id-table.ts';
import { daysBefore } from '../../cross/times.ts';

export const LINE_FEED = 0x0a;

/** The place of the line feed behind `from`; −1: there is none, or other than ASCII stands before it. */
export function endOfLine(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === LINE_FEED) return at;
    if (byte > 0x7f) return -1;
  }
  return -1;
}

/** `textMark` of a text of ASCII that stands in bytes. */
export function textMarkIn(bytes: Buffer, from: number, to: number): number {
  let a = 0x811c9dc5 | 0;
  for (let at = from; at < to; at++) a = Math.imul(a ^ bytes[at]!, 0x01000193) ^ (a >>> 15);
  return mixed(a ^ (to - from)) >>> 0;
}

const pair = (bytes: Buffer, at: number): number => {
  const tens = bytes[at]! - 0x30;
  const ones = bytes[at + 1]! - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
};

let lastDay = -1;
let daysBeforeLast = 0;

/** `secondsOf` of a text that stands in bytes, if it is a time in UTC without a fraction; null: it may be another one. */
export function secondsIn(bytes: Buffer, from: number, to: number): number | null {
  const n = to - from;
  const quick =
    (n === 19 || (n === 25 && isUtc(bytes, from + 19))) &&
    bytes[from + 4] === 0x2d &&
    bytes[from + 7] === 0x2d &&
    bytes[from + 13] === 0x3a &&
    bytes[from + 16] === 0x3a &&
    (bytes[from + 10] === 0x20 || bytes[from + 10] === 0x54);
  const century = pair(bytes, from);
  const year = pair(bytes, from + 2);
  const month = pair(bytes, from + 5);
  const day = pair(bytes, from + 8);
  const hour = pair(bytes, from + 11);
  const minute = pair(bytes, from + 14);
  const second = pair(bytes, from + 17);
  const plain =
    quick &&
    century >= 0 &&
    year >= 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour >= 0 &&
    hour <= 23 &&
    minute >= 0 &&
    minute <= 59 &&
    second >= 0 &&
    second <= 60;
  if (!plain) return null;
  const which = ((century * 100 + year) * 16 + month) * 32 + day;
  if (which !== lastDay) {
    lastDay = which;
    daysBeforeLast = daysBefore(century * 100 + year, month, day);
  }
  return daysBeforeLast * 86_400 + hour * 3_600 + minute * 60 + second;
}

const isUtc = (bytes: Buffer, at: number): boolean =>
  bytes[at] === 0x2b &&
  bytes[at + 1] === 0x30 &&
  bytes[at + 2] === 0x30 &&
  bytes[at + 3] === 0x3a &&
  bytes[at + 4] === 0x30 &&
  bytes[at + 5] === 0x30;

/** Whether 64 bytes say the same. */
export function isSame64(bytes: DataView, at: number, others: DataView, place: number): boolean {
  for (let i = 0; i < 64; i += 4) {
    if (bytes.getInt32(at + i, true) !== others.getInt32(place + i, true)) return false;
  }
  return true;
}

/** Whether `bytes` say the same from `at` on as `others` do from `place` on. */
export function isSame(
  bytes: Buffer,
  at: number,
  others: Uint8Array,
  place: number,
  length: number,
): boolean {
  for (let i = 0; i < length; i++) if (bytes[at + i] !== others[place + i]) return false;
  return true;
}
