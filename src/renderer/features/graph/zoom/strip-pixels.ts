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
  for (let at = 0; at < cells.length; at += 4) {
    const bucket = cells[at] ?? 0;
    const [red, green, blue] = colours[cells[at + 2] ?? 0] ?? colours[0] ?? [0, 0, 0];
    const alpha = strength(cells[at + 3] ?? 0);
    const left = Math.max(0, Math.round(lanes.x(cells[at + 1] ?? 0)));
    const right = Math.min(width, left + lanes.size);
    const top = Math.floor((bucket * height) / buckets);
    const bottom = Math.min(height, Math.max(top + 1, Math.floor(((bucket + 1) * height) / buckets)));
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        const pixel = (y * width + x) * 4;
        if ((data[pixel + 3] ?? 0) >= alpha) continue;
        data[pixel] = red;
        data[pixel + 1] = green;
        data[pixel + 2] = blue;
        data[pixel + 3] = alpha;
      }
    }
  }
  return { data, width, height };
}

/** The opacity of a bucket by its calls: the fullest is solid, and thin ones are still seen. */
function strengthOf(cells: readonly number[]): (calls: number) => number {
  let most = 1;
  for (let at = 3; at < cells.length; at += 4) most = Math.max(most, cells[at] ?? 0);
  return (calls) => Math.round(FAINTEST + (255 - FAINTEST) * Math.sqrt(calls / most));
}
