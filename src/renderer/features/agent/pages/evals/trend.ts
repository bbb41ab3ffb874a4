import type { EvalsPart } from '../../../../../contract/agent-parts.ts';

/** A line of a chart: a value for each day, null where there is none. */
export type Line = { readonly name: string; readonly values: readonly (number | null)[] };

/** Days in seconds since 1970, and the lines over them: the weighted mean first, then each dimension. */
export type Trend = { readonly days: readonly number[]; readonly lines: readonly Line[] };

/** Lines beside the mean: more could not be told apart. */
export const MOST_DIMENSIONS = 5;

/** The trend of evals as a chart draws it. Every day that any line has is a point of all. */
export function trendOf(part: Pick<EvalsPart, 'trend' | 'dimensions'>): Trend {
  const shown = part.dimensions.slice(0, MOST_DIMENSIONS);
  const days = [
    ...new Set([
      ...part.trend.map(({ day }) => day),
      ...shown.flatMap(({ trend }) => trend.map(({ day }) => day)),
    ]),
  ].toSorted();
  const line = (name: string, trend: readonly { readonly day: string; readonly mean: number }[]): Line => {
    const by = new Map(trend.map(({ day, mean }) => [day, mean]));
    return { name, values: days.map((day) => by.get(day) ?? null) };
  };
  return {
    days: days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000),
    lines: [line('weighted', part.trend), ...shown.map(({ name, trend }) => line(name, trend))],
  };
}
