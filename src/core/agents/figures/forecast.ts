import type { Forecast } from '../../../contract/costs.ts';
import { monthOf, monthRange, textOf } from './days.ts';
import { counted, microsOf, moneyWords } from './numbers.ts';

/** Fewer whole days than this say nothing about a month. */
const MIN_DAYS = 7;
/** Days before today whose spending the forecast rests on. */
const LOOK_BACK = 28;
/** Nine of ten sums of that many independent days lie within so many standard deviations above or below. */
const DEVIATIONS = 1.645;

/**
 * What the month of `today` would come to. `spent` gives the money of a day in billionths; `first` is the first day with
 * records. An estimate: the days to come are taken to be like the mean of the last 28 whole days.
 */
export function forecastOf(
  today: number,
  first: number | null,
  spent: (day: number) => number,
  todayIsOver: boolean,
): { readonly forecast: Forecast | null; readonly why: string | null } {
  const from = Math.max(first ?? today, today - LOOK_BACK);
  const days = today - from;
  if (first === null || days < MIN_DAYS) {
    const why = `There are ${counted(Math.max(0, days), 'whole day')} before ${textOf(today)}; a forecast needs ${MIN_DAYS}.`;
    return { forecast: null, why };
  }
  const values = Array.from({ length: days }, (_, at) => spent(from + at));
  const mean = values.reduce((sum, value) => sum + value, 0) / days;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, days - 1);
  const month = monthRange(today);
  let before = 0;
  for (let day = month.from; day < today; day++) before += spent(day);
  const now = spent(today);
  const whole = todayIsOver ? now : Math.max(now, mean);
  const left = month.to - today;
  const open = left + (todayIsOver ? 0 : 1);
  const spread = DEVIATIONS * Math.sqrt(variance * open);
  const end = before + whole + mean * left;
  const low = Math.max(before + now, end - spread);
  return {
    forecast: {
      month: monthOf(today),
      micros: microsOf(end),
      lowMicros: microsOf(low),
      highMicros: microsOf(end + spread),
      todayMicros: todayIsOver ? null : microsOf(whole),
      how: `An estimate: ${moneyWords(microsOf(before + now))} spent by ${textOf(today)}, and ${counted(open, 'day')} to come${todayIsOver ? '' : ' (today included)'} at ${moneyWords(microsOf(mean))} a day, the mean of the ${counted(days, 'whole day')} from ${textOf(from)} to ${textOf(today - 1)}. From low to high nine of ten such months would lie, if days varied as they did and independently of each other.`,
    },
    why: null,
  };
}
