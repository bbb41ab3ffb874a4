import type { CostReport } from '../../../contract/costs.ts';
import { textOf } from './days.ts';
import { counted, moneyWords, roundEven } from './numbers.ts';

const MIN_DAYS = 14;

/**
 * Caps from what was spent on days with records (formats/atomic-agents.md §7): a day's cap is the larger of twice the
 * 95th percentile and thrice the mean, a month's half as much again as thirty mean days.
 */
export function suggestedCaps(
  days: readonly { readonly day: number; readonly micros: number }[],
): Pick<CostReport, 'suggested' | 'noSuggestion'> {
  if (days.length < MIN_DAYS) {
    const noSuggestion = `There are records on ${counted(days.length, 'day')}; a suggestion needs ${MIN_DAYS}.`;
    return { suggested: null, noSuggestion };
  }
  const dollars = days.map(({ micros }) => micros / 1e6);
  const total = dollars.reduce((sum, value) => sum + value, 0);
  const mean = total / dollars.length;
  const p95 = dollars.toSorted((a, b) => a - b)[Math.max(0, Math.trunc(dollars.length * 0.95) - 1)]!;
  const projected = total * (30 / dollars.length);
  const daily = roundEven(Math.max(p95 * 2, mean * 3), 2);
  const monthly = roundEven(projected * 1.5, 2);
  return {
    suggested: {
      dailyMicros: Math.round(daily * 1e6),
      monthlyMicros: Math.round(monthly * 1e6),
      how: `From ${counted(days.length, 'day')} with records, ${textOf(days[0]!.day)} to ${textOf(days.at(-1)!.day)}, as logged: the mean is ${words(mean)}, the 95th percentile ${words(p95)}. A day: the larger of 2 × ${words(p95)} and 3 × ${words(mean)}. A month: 1.5 × ${words(projected)}, which is thirty such days.`,
    },
    noSuggestion: null,
  };
}

const words = (dollars: number): string => moneyWords(Math.round(dollars * 1e6));
