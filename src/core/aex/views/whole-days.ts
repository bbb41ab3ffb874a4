import type { DaySums } from '../../../contract/ledger.ts';
import type { DayLine } from './days.ts';

/**
 * The day lines of a query, each with what its day comes to where nothing is left out; null where nothing is. `all` are
 * the day lines of the same view without its query: a day that a clock stepping back cuts has several.
 */
export function withWholes(days: readonly DayLine[], all: readonly DayLine[]): readonly DayLine[] {
  const wholes = sumsByDay(all);
  const parts = sumsByDay(days);
  return days.map((line) => {
    const whole = wholes.get(line.day) ?? null;
    const shown = parts.get(line.day)!;
    return { ...line, whole: whole !== null && whole.entries > shown.entries ? whole : null };
  });
}

function sumsByDay(days: readonly DayLine[]): ReadonlyMap<number, DaySums> {
  const sums = new Map<number, DaySums>();
  for (const { day, entries, spentMicro, denials } of days) {
    const before = sums.get(day) ?? { entries: 0, spentMicro: 0, denials: 0 };
    sums.set(day, {
      entries: before.entries + entries,
      spentMicro: before.spentMicro + spentMicro,
      denials: before.denials + denials,
    });
  }
  return sums;
}
