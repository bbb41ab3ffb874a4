import type { DayTerm, InstantTerm, MonthTerm, NumberKey, NumberTerm } from './query.ts';
import { NO_DAY, daysFromText, readTimestamp } from './time.ts';

/** Reads one value, or says what is wrong with it. */
export type Read<T> = (text: string) => T | string;

function range<T>(text: string, read: (text: string) => number | null, wanted: string): T | string {
  const parts = text.split('..');
  if (parts.length > 2 || text === '..') return `“${text}” is no ${wanted}.`;
  const [from, to] = parts.map((part) => (part === '' ? null : (read(part) ?? undefined)));
  if (from === undefined || (parts.length === 2 && to === undefined)) return `“${text}” is no ${wanted}.`;
  const last = parts.length === 1 ? from : to!;
  if (from !== null && last !== null && last < from) return `“${text}” ends before it begins.`;
  return { from, to: last } as T;
}

/** `2026-06-01`, `2026-06-01..2026-06-08`, `2026-06-01..` */
export const days: Read<DayTerm> = (text) =>
  range(
    text,
    (part) => {
      const day = daysFromText(part);
      return day === NO_DAY ? null : day;
    },
    'day such as 2026-06-08, or 2026-06-01..2026-06-08',
  );

/** `2026-06` and ranges of it. */
export const months: Read<MonthTerm> = (text) =>
  range(
    text,
    (part) => {
      const match = /^(\d{4})-(\d{2})$/.exec(part);
      const month = Number(match?.[2] ?? 0);
      return match === null || month < 1 || month > 12 ? null : Number(match[1]) * 12 + month - 1;
    },
    'month such as 2026-06',
  );

const TIMES = 'time such as 2026-06-07T14:03, or 2026-06-07T12:00..2026-06-07T13:00';

/** Two instants, of which the later is excluded; or one time, which is as long as it is exact: a day, a minute, a second. */
export const instant: Read<InstantTerm> = (text) => {
  if (text.includes('..')) return range(text, (part) => readTimestamp(part)?.micros ?? null, TIMES);
  const from = readTimestamp(text)?.micros;
  return from === undefined ? `“${text}” is no ${TIMES}.` : { from, to: from + lengthOf(text) };
};

/** How long a time is that is written so exactly, in microseconds. */
function lengthOf(text: string): number {
  const [, hour, minute, second, fraction] =
    /^\d{4}-?\d{2}-?\d{2}(?:.(\d{2})(?::?(\d{2})(?::?(\d{2})([.,]\d+)?)?)?)?/u.exec(text) ?? [];
  if (fraction !== undefined) return 1;
  if (second !== undefined) return 1e6;
  if (minute !== undefined) return 60e6;
  return hour === undefined ? 86_400e6 : 3_600e6;
}

const wanted: Record<NumberKey, string> = {
  cost: 'amount in dollars such as >0.1 or 0.1..0.5',
  tokens: 'number of tokens such as >1000',
  latency: 'number of milliseconds such as >1000',
  hour: 'hour of the day, 0 to 23',
};

/** `5`, `>5`, `>=5`, `<5`, `<=5`, `1..5`; cost in dollars. */
export const numbers =
  (key: NumberKey): Read<NumberTerm> =>
  (text) => {
    const sign = /^(>=|<=|>|<)/.exec(text)?.[1] ?? '';
    const read = (part: string): number | null => {
      if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(part)) return null;
      const value = key === 'cost' ? Math.round(Number(part) * 1e9) : Number(part);
      return Number.isSafeInteger(value) || key !== 'cost' ? value + 0 : null;
    };
    const what = wanted[key];
    if (sign !== '') {
      const value = read(text.slice(sign.length));
      if (value === null) return `“${text}” is no ${what}.`;
      return sign.startsWith('>')
        ? { from: value, to: null, over: sign === '>', under: false }
        : { from: null, to: value, over: false, under: sign === '<' };
    }
    const found = range<NumberTerm>(text, read, what);
    return typeof found === 'string' ? found : { ...found, over: false, under: false };
  };
