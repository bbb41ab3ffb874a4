import type { MergeText } from '../../../../contract/merge.ts';

/** Lines of a unit in one text, from 0; `to` is the line after its last. */
export type Span = { readonly from: number; readonly to: number };

/** Lines of two texts that belong beside each other, in rising order in both. */
export type Anchors = { readonly a: Float64Array; readonly b: Float64Array };

/** The units of a text by id. */
export const spansOf = (text: MergeText): ReadonlyMap<string, Span> =>
  new Map(text.places.map(({ unit, from, to }) => [unit, { from, to }]));

/** How many lines a text has, as an editor counts them. */
export function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/**
 * Where the same units begin and end in two texts. A unit that stands in another order in the second text than in the
 * first is left out, so that scrolling never runs backwards. `lines` are the line counts of the two.
 */
export function anchorsBetween(
  a: ReadonlyMap<string, Span>,
  b: ReadonlyMap<string, Span>,
  lines: { readonly a: number; readonly b: number },
): Anchors {
  const points: (readonly [number, number])[] = [[0, 0]];
  const shared = [...a].flatMap(([unit, span]) => {
    const other = b.get(unit);
    return other === undefined ? [] : [[span, other] as const];
  });
  shared.sort(([x], [y]) => x.from - y.from || x.to - y.to);
  for (const [here, there] of shared) {
    const last = points.at(-1)!;
    if (here.from < last[0] || there.from < last[1]) continue;
    points.push([here.from, there.from]);
    if (here.to >= here.from && there.to >= there.from) points.push([here.to, there.to]);
  }
  const last = points.at(-1)!;
  points.push([Math.max(lines.a, last[0]), Math.max(lines.b, last[1])]);
  return {
    a: Float64Array.from(points, ([at]) => at),
    b: Float64Array.from(points, ([, at]) => at),
  };
}

/** The line of the second text beside a line of the first; both may lie between two lines. */
export function mapLine({ a, b }: Anchors, line: number): number {
  let low = 0;
  let high = a.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (a[middle]! <= line) low = middle;
    else high = middle - 1;
  }
  const next = Math.min(low + 1, a.length - 1);
  const length = a[next]! - a[low]!;
  if (length <= 0) return b[low]! + Math.max(0, line - a[low]!);
  return b[low]! + ((line - a[low]!) / length) * (b[next]! - b[low]!);
}

/** The unit of a line: the one that a person is at where that is there, else the one with the fewest lines. */
export function unitAt(places: MergeText['places'], line: number, current: string | null): string | null {
  let found: MergeText['places'][number] | null = null;
  for (const place of places) {
    const inside = place.from === place.to ? line === place.from : line >= place.from && line < place.to;
    if (!inside) continue;
    if (place.unit === current) return current;
    // a place without lines lies between two: a line that is in another unit is that unit's
    if (found === null || sizeOf(place) < sizeOf(found)) found = place;
  }
  return found?.unit ?? null;
}

const sizeOf = ({ from, to }: Span): number => (from === to ? Number.POSITIVE_INFINITY : to - from);
