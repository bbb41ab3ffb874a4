import type { CostDay } from '../../../../contract/costs.ts';
import type { DayRange } from '../../../../contract/records.ts';
import { dayAfter, shortDay } from '../../runs/days.ts';
import { daysOf, longDay, monthStart, monthYear, rangeWords } from '../ranges.ts';

/** What one bar stands for. */
export type Step = 'day' | 'week' | 'month';

/** A bar: days that follow each other, the ones without records too. */
export type Bin = DayRange & {
  readonly lines: number;
  readonly costMicros: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** by key of the dimension */
  readonly parts: ReadonlyMap<string, { readonly costMicros: number; readonly lines: number }>;
  /** of the records; null where the bar is not one single day that the engine named */
  readonly query: string | null;
};

/** A bar per day while bars stay wide enough to hit, then per week, then per month. */
export function stepFor(range: DayRange): Step {
  const days = daysOf(range);
  if (days <= 100) return 'day';
  return days <= 430 ? 'week' : 'month';
}

/** The last day of the bar that begins at `day`. Weeks begin on Monday. */
function endOf(day: string, step: Step): string {
  if (step === 'day') return day;
  if (step === 'month') return dayAfter(monthStart(day, 1), -1);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return dayAfter(day, (7 - weekday) % 7);
}

/** The bars of a range, without a gap, whatever days have records. The first and the last may be cut by the range. */
export function binsOf(
  days: readonly CostDay[],
  range: DayRange,
  step: Step = stepFor(range),
): readonly Bin[] {
  const known = new Map(days.map((day) => [day.day, day]));
  const bins: Bin[] = [];
  let from = range.from;
  while (from <= range.to) {
    const whole = endOf(from, step);
    const to = whole < range.to ? whole : range.to;
    bins.push(sumOf(known, from, to));
    from = dayAfter(to, 1);
  }
  return bins;
}

function sumOf(known: ReadonlyMap<string, CostDay>, from: string, to: string): Bin {
  const parts = new Map<string, { costMicros: number; lines: number }>();
  let [lines, costMicros, inputTokens, outputTokens] = [0, 0, 0, 0];
  for (let day = from; day <= to; day = dayAfter(day, 1)) {
    const found = known.get(day);
    if (found === undefined) continue;
    lines += found.lines;
    costMicros += found.costMicros;
    inputTokens += found.inputTokens;
    outputTokens += found.outputTokens;
    for (const part of found.parts) {
      const sum = parts.get(part.key) ?? { costMicros: 0, lines: 0 };
      sum.costMicros += part.costMicros;
      sum.lines += part.lines;
      parts.set(part.key, sum);
    }
  }
  const query = from === to ? (known.get(from)?.query ?? null) : null;
  return { from, to, lines, costMicros, inputTokens, outputTokens, parts, query };
}

/** A bar in words, in full: `Sunday 7 Jun 2026`, `1 to 7 Jun 2026`, `Jun 2026`. */
export function binWords(bin: DayRange, step: Step): string {
  if (step === 'day') return longDay(bin.from);
  if (step === 'month' && bin.from.endsWith('-01') && bin.to === endOf(bin.from, 'month')) {
    return monthYear(bin.from);
  }
  return rangeWords(bin);
}

/** A bar under the axis. */
export function binLabel(bin: DayRange, step: Step, today: string): string {
  if (step === 'month') return monthYear(bin.from);
  if (step === 'day' && bin.from === today) return 'Today';
  return shortDay(bin.from);
}

/** The bars that a stretch of days touches, as first and last index; null where it touches none. */
export function binsOfRange(bins: readonly Bin[], range: DayRange): readonly [number, number] | null {
  const first = bins.findIndex((bin) => bin.to >= range.from);
  const last = bins.findLastIndex((bin) => bin.from <= range.to);
  return first < 0 || last < 0 || last < first ? null : [first, last];
}
