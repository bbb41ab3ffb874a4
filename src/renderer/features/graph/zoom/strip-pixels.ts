import type { GraphStrip } from '../../../../contract/scale.ts';

/** Where lanes stand in a picture, in device pixels. */
export type LanePlaces = {
  /** left edge of a lane's column */
  readonly x: (lane: number) => number;
  /** width of a column */
  readonly size: number;
};

export type Pixels = {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
};

/** How faint the thinnest bucket is, of 255. */
const FAINTEST = 72;

/**
 * A strip as pixels: a column for each lane in its colour, the fuller a bucket the stronger. `height` may be any
 * multiple or fraction of the buckets; where several buckets share a pixel the fuller one is seen.
 */
export function stripPixels(
  strip: Pick<GraphStrip, 'cells' | 'buckets'>,
  lanes: LanePlaces,
  colours: readonly (readonly [number, number, number])[],
  size: { readonly width: number; readonly height: number },
): Pixels {
  const { width, height } = size;
  const data = new Uint8ClampedArray(width * height * 4);
  const { cells, buckets } = strip;
  const strength = strengthOf(cells);
  const put = (x: number, y: number, rgb: readonly [number, number, number], alpha: number): void => {
    const pixel = (y * width + x) * 4;
    if ((data[pixel + 3] ?? 0) >= alpha) return;
    [data[pixel], data[pixel + 1], data[pixel + 2]] = rgb;
    data[pixel + 3] = alpha;
  };
  const thread = threadOf(cells);
  if (thread !== null) {
    const middle = Math.round(lanes.x(thread.lane) + lanes.size / 2 - 0.5);
    const bottom = Math.min(height, Math.floor(((thread.last + 1) * height) / buckets));
    for (let y = Math.floor((thread.first * height) / buckets); y < bottom; y += 1) {
      put(Math.min(width - 1, middle), y, colours[CURRENT] ?? [0, 0, 0], FAINTEST);
    }
  }
  for (let at = 0; at < cells.length; at += 4) {
    const bucket = cells[at] ?? 0;
    const rgb = colours[cells[at + 2] ?? 0] ?? colours[0] ?? [0, 0, 0];
    const alpha = strength(cells[at + 3] ?? 0);
    const left = Math.max(0, Math.round(lanes.x(cells[at + 1] ?? 0)));
    const right = Math.min(width, left + lanes.size);
    const top = Math.floor((bucket * height) / buckets);
    const bottom = Math.min(height, Math.max(top + 1, Math.floor(((bucket + 1) * height) / buckets)));
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) put(x, y, rgb, alpha);
    }
  }
  return { data, width, height };
}

/** The colour that only the current branch has, so that what it has in one lane is one line. */
const CURRENT = 1;

/** From where to where the current branch goes in the lane that holds most of it. */
function threadOf(
  cells: readonly number[],
): { readonly lane: number; readonly first: number; readonly last: number } | null {
  const calls = new Map<number, { calls: number; first: number; last: number }>();
  for (let at = 0; at < cells.length; at += 4) {
    if (cells[at + 2] !== CURRENT) continue;
    const bucket = cells[at] ?? 0;
    const lane = calls.get(cells[at + 1] ?? 0) ?? { calls: 0, first: bucket, last: bucket };
    lane.calls += cells[at + 3] ?? 0;
    lane.last = bucket;
    calls.set(cells[at + 1] ?? 0, lane);
  }
  const best = [...calls].toSorted(([, a], [, b]) => b.calls - a.calls)[0];
  return best === undefined ? null : { lane: best[0], first: best[1].first, last: best[1].last };
}

/** The opacity of a bucket by its calls: the fullest is solid, and thin ones are still seen. */
function strengthOf(cells: readonly number[]): (calls: number) => number {
  let most = 1;
  for (let at = 3; at < cells.length; at += 4) most = Math.max(most, cells[at] ?? 0);
  return (calls) => Math.round(FAINTEST + (255 - FAINTEST) * Math.sqrt(calls / most));
}
