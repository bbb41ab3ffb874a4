/** How costs become heights: in dollars, as shares of the bar, or in powers of ten (not stacked). */
export const SCALES = ['linear', 'share', 'log'] as const;
export type Scale = (typeof SCALES)[number];

const MICRO = 1_000_000;

/** Round steps of an axis from 0 to at least `max`, `about` of them. */
export function niceTicks(max: number, about = 5): readonly number[] {
  if (!(max > 0)) return [0, MICRO];
  const rough = max / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough * 0.999) ?? power * 10;
  const whole = Math.max(1, Math.round(step));
  const ticks: number[] = [];
  for (let at = 0; at < max + whole; at += whole) ticks.push(at);
  return ticks;
}

/** The powers of ten (of micro-dollars) that enclose the values above 0. */
export function logSpan(values: Iterable<number>): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value <= 0) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === Infinity) return [0, 6];
  const from = Math.floor(Math.log10(low));
  const to = Math.max(from + 1, Math.ceil(Math.log10(high)));
  return [from, to];
}

/** Dollars beside an axis: as many decimals as `step` needs, at least two. */
export function axisMoney(micros: number, step: number): string {
  let decimals = 2;
  while (decimals < 6 && Math.round(step * 10 ** decimals) % MICRO !== 0) decimals += 1;
  return `$${(micros / MICRO).toFixed(decimals)}`;
}

/** Every how many bars one has its label, so that labels of `width` px do not touch. */
export function labelEvery(bars: number, plotWidth: number, width: number): number {
  const each = plotWidth / Math.max(1, bars);
  const least = Math.max(1, Math.ceil(width / each));
  return [1, 2, 4, 7, 14, 28].find((size) => size >= least) ?? Math.ceil(least / 28) * 28;
}

/** The bars that have a label: counted from the last, which always has one. */
export function labelled(bars: number, every: number): readonly number[] {
  const list: number[] = [];
  for (let index = bars - 1; index >= 0; index -= every) list.unshift(index);
  return list;
}

const cents = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/**
 * Dollars with two decimals, for caps and forecasts; smaller sums keep the digits that say something: a cap of $0.004
 * is not a cap of $0.00.
 */
export function roughMoney(micros: number): string {
  const dollars = micros / MICRO;
  if (dollars === 0 || Math.abs(dollars) >= 0.1 || Math.round(micros / 10_000) * 10_000 === micros) {
    return cents.format(dollars).replace('-', '\u2212');
  }
  return `$${dollars.toFixed(6)}`;
}

const percent = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A share from 0 to 1: `50.5%`; one that is there and tiny is not 0. */
export function sharePercent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1%';
  return `${percent.format(share * 100)}%`;
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** Tokens in a table: `3.09M`, `66k`. */
export const tokenWords = (tokens: number): string => compact.format(tokens).replace('K', 'k');
