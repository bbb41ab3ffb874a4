import type { DayTerm, InstantTerm, MonthTerm, NumberKey, NumberTerm } from './query.ts';
import { textFromDays } from './time.ts';

function rangeText(term: DayTerm, text: (value: number) => string): string {
  if (term.from !== null && term.from === term.to) return text(term.from);
  return `${term.from === null ? '' : text(term.from)}..${term.to === null ? '' : text(term.to)}`;
}

export const daysText = (term: DayTerm): string => rangeText(term, textFromDays);

export const monthsText = (term: MonthTerm): string =>
  rangeText(
    term,
    (value) =>
      `${String(Math.floor(value / 12)).padStart(4, '0')}-${String((value % 12) + 1).padStart(2, '0')}`,
  );

export const instantText = (term: InstantTerm): string =>
  `${term.from === null ? '' : isoMicros(term.from)}..${term.to === null ? '' : isoMicros(term.to)}`;

/** `2026-06-08T12:00:00.123456Z`, as short as it is exact. */
export function isoMicros(micros: number): string {
  const seconds = Math.floor(micros / 1e6);
  const rest = micros - seconds * 1e6;
  const day = Math.floor(seconds / 86_400);
  const clock = new Date((seconds - day * 86_400) * 1000).toISOString().slice(11, 19);
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`;
  return `${textFromDays(day)}T${clock}${fraction}Z`;
}

export function numbersText(key: NumberKey, term: NumberTerm): string {
  const text = (value: number): string => (key === 'cost' ? dollarsText(value) : plain(value));
  if (term.over) return `>${text(term.from!)}`;
  if (term.under) return `<${text(term.to!)}`;
  return rangeText(term, text);
}

/** Billionths of a dollar as dollars, without an exponent. */
function dollarsText(nanos: number): string {
  const sign = nanos < 0 ? '-' : '';
  const digits = String(Math.abs(nanos)).padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -9)}${fraction === '' ? '' : `.${fraction}`}`;
}

const plain = (value: number): string =>
  Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(20).replace(/0+$/, '');
