import type { CostGroup } from '../../../../contract/costs.ts';
import type { Bin } from './bins.ts';
import { namesOf } from './names.ts';

/** The most series that can be told apart (design: charts). */
export const MAX_SERIES = 6;

/** A colour of the chart and what it stands for. */
export type Series = {
  /** the key of its group; null: several groups together */
  readonly key: string | null;
  /** 1 to 6, a lane token; 0: no colour, for several groups together */
  readonly lane: number;
  /** keys of the groups, dearest first */
  readonly members: readonly string[];
  /** what is shown for each member */
  readonly names: readonly string[];
};

/**
 * The groups that cost anything, dearest first, each with a colour; what has no colour left stands together in the
 * last one. Groups without cost have none: they are in no bar.
 */
export function seriesOf(groups: readonly CostGroup[]): readonly Series[] {
  const paid = groups.filter((group) => group.costMicros > 0).toSorted((a, b) => b.costMicros - a.costMicros);
  const own = paid.length <= MAX_SERIES ? paid : paid.slice(0, MAX_SERIES - 1);
  const rest = paid.slice(own.length);
  const name = namesOf(groups.map(({ key }) => key));
  const alone = own.map(({ key }, index) => ({ key, lane: index + 1, members: [key], names: [name(key)] }));
  if (rest.length === 0) return alone;
  const members = rest.map(({ key }) => key);
  return [...alone, { key: null, lane: 0, members, names: members.map(name) }];
}

/** What a series costs in a bar. */
export function costIn(bin: Bin, series: Series): number {
  let sum = 0;
  for (const key of series.members) sum += bin.parts.get(key)?.costMicros ?? 0;
  return sum;
}

/** The colour that a group has in the chart; null: none. */
export const laneOf = (all: readonly Series[], key: string | null): number | null =>
  all.find((series) => key !== null && series.members.includes(key))?.lane ?? null;

/** A series by its name. */
export const seriesWords = (series: Series): string =>
  series.key === null ? `${series.members.length} others` : (series.names[0] ?? '');
