import { daysOf, microsOf } from './time.ts';

const MINUTE = 60_000_000;
const DAY = 1_440 * MINUTE;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1_000_000],
  ['m', MINUTE],
  ['h', 60 * MINUTE],
  ['d', DAY],
  ['w', 7 * DAY],
]);

/**
 * A point in a filter. `local`: a span that begins at a clock reading (microseconds as if it were UTC) in the
 * person's zone or at a stated offset; `day`: a day counted from today; `ago`: microseconds before now.
 */
export type When =
  | {
      readonly kind: 'local';
      readonly clockMicros: number;
      readonly spanMicros: number;
      readonly offset: number | null;
    }
  | { readonly kind: 'day'; readonly fromToday: number }
  | { readonly kind: 'ago'; readonly micros: number };

/** The present, and the person's zone: minutes east of UTC at an instant. */
export type Clock = { readonly nowMicros: number; readonly offsetMinutes: (utcMicros: number) => number };

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:?\d\d)?)?$/i;
const AGO = /^(\d{1,6})([smhdw])$/i;

/** Reads a day (`2026-11-20`, `today`, `yesterday`), a date and time, or an age (`30m`, `2h`, `3d`); else null. */
export function parseWhen(text: string): When | null {
  const word = text.toLowerCase();
  if (word === 'today') return { kind: 'day', fromToday: 0 };
  if (word === 'yesterday') return { kind: 'day', fromToday: -1 };
  const ago = AGO.exec(text);
  if (ago !== null) return { kind: 'ago', micros: Number(ago[1]) * UNITS.get(ago[2]!.toLowerCase())! };
  const date = DATE.exec(text);
  if (date === null) return null;
  const number = (group: number): number => Number(date[group] ?? '0');
  const fraction = date[7];
  const micros = Number((fraction ?? '').padEnd(6, '0'));
  const days = daysOf(number(1), number(2), number(3));
  const clockMicros = microsOf(days, number(4), number(5), number(6), micros);
  if (Number.isNaN(clockMicros)) return null;
  const spanMicros =
    date[4] === undefined ? DAY : date[6] === undefined ? MINUTE : 10 ** (6 - (fraction ?? '').length);
  return { kind: 'local', clockMicros, spanMicros, offset: zoneOf(date[8]) };
}

function zoneOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (text.toUpperCase() === 'Z') return 0;
  const plain = text.replace(':', '');
  return (plain.startsWith('-') ? -1 : 1) * (Number(plain.slice(1, 3)) * 60 + Number(plain.slice(3, 5)));
}

function toUtc(clockMicros: number, clock: Clock): number {
  const guess = clockMicros - clock.offsetMinutes(clockMicros) * MINUTE;
  return clockMicros - clock.offsetMinutes(guess) * MINUTE;
}

/** First microsecond of a `since:`. */
export function firstMicros(when: When, clock: Clock): number {
  return bounds(when, clock).first;
}

/** Last microsecond of an `until:`, inclusive: the end of the day, minute or second that is named. */
export function lastMicros(when: When, clock: Clock): number {
  return bounds(when, clock).last;
}

function bounds(when: When, clock: Clock): { readonly first: number; readonly last: number } {
  if (when.kind === 'ago') {
    const at = clock.nowMicros - when.micros;
    return { first: at, last: at };
  }
  if (when.kind === 'day') {
    const local = clock.nowMicros + clock.offsetMinutes(clock.nowMicros) * MINUTE;
    const start = (Math.floor(local / DAY) + when.fromToday) * DAY;
    return { first: toUtc(start, clock), last: toUtc(start + DAY, clock) - 1 };
  }
  const end = when.clockMicros + when.spanMicros;
  if (when.offset !== null) {
    return { first: when.clockMicros - when.offset * MINUTE, last: end - when.offset * MINUTE - 1 };
  }
  return { first: toUtc(when.clockMicros, clock), last: toUtc(end, clock) - 1 };
}
