import type { LaneGeometry } from '../geometry.ts';
import { canvasX, columnWidth } from './lanes.ts';
import { rgbOf, type Palette } from './palette.ts';
import { shapeList } from './shape-list.ts';
import { stripPixels } from './strip-pixels.ts';
import type { ShapeTile, StripTile } from './tiles.ts';

type Coloured = { readonly colour: number; readonly path: Path2D };
type Paths = {
  readonly lines: readonly (Coloured & { readonly style: string })[];
  readonly dots: readonly Coloured[];
  readonly rings: readonly Coloured[];
  readonly crosses: Path2D;
  readonly failures: Path2D;
};

const DASHES: Readonly<Record<string, readonly number[]>> = {
  solid: [],
  hidden: [2, 4],
  missing: [3, 3],
  backward: [6, 3],
};

const keyOf = ({ rowHeight, spacing, columns }: LaneGeometry): string => `${rowHeight} ${spacing} ${columns}`;

const coloured = ({ colour, d }: { colour: number; d: string }): Coloured => ({
  colour,
  path: new Path2D(d),
});

const paths = new WeakMap<ShapeTile, { readonly key: string; readonly paths: Paths }>();

function pathsOf(tile: ShapeTile, geometry: LaneGeometry): Paths {
  const key = keyOf(geometry);
  const known = paths.get(tile);
  if (known?.key === key) return known.paths;
  const list = shapeList(tile.shape, geometry);
  const made: Paths = {
    lines: list.lines.map((line) => ({ ...coloured(line), style: line.style })),
    dots: list.dots.map(coloured),
    rings: list.rings.map(coloured),
    crosses: new Path2D(list.crosses),
    failures: new Path2D(list.failures),
  };
  paths.set(tile, { key, paths: made });
  return made;
}

/** Draws calls one by one; the context stands at the top of the tile's first row. */
export function paintShape(
  context: CanvasRenderingContext2D,
  tile: ShapeTile,
  geometry: LaneGeometry,
  palette: Palette,
): void {
  const { lines, dots, rings, crosses, failures } = pathsOf(tile, geometry);
  const lane = (colour: number): string => palette.lanes[colour] ?? palette.fg;
  context.lineWidth = geometry.rowHeight >= 7 ? 2 : geometry.rowHeight >= 4 ? 1.5 : 1;
  for (const { colour, path, style } of lines) {
    context.strokeStyle = style === 'missing' ? palette.bad : lane(colour);
    context.setLineDash(DASHES[style] ?? []);
    context.stroke(path);
  }
  context.setLineDash([]);
  for (const { colour, path } of rings) {
    context.fillStyle = palette.surface;
    context.fill(path);
    context.strokeStyle = lane(colour);
    context.lineWidth = 1.5;
    context.stroke(path);
  }
  for (const { colour, path } of dots) {
    context.fillStyle = lane(colour);
    context.fill(path);
  }
  context.strokeStyle = palette.bad;
  context.lineWidth = 2;
  context.stroke(crosses);
  context.fillStyle = palette.bad;
  context.fill(failures);
}

const pictures = new WeakMap<
  StripTile,
  { readonly key: string; readonly palette: Palette; readonly picture: HTMLCanvasElement }
>();

/** The lanes of a strip as a picture, one px high for each bucket and as fine across as the screen. */
export function stripPicture(
  tile: StripTile,
  geometry: LaneGeometry,
  palette: Palette,
  ratio: number,
): HTMLCanvasElement {
  const key = `${keyOf({ ...geometry, rowHeight: 0 })} ${ratio}`;
  const known = pictures.get(tile);
  if (known?.key === key && known.palette === palette) return known.picture;
  const picture = document.createElement('canvas');
  picture.width = Math.max(1, Math.round(geometry.width * ratio));
  picture.height = Math.max(1, tile.strip.buckets);
  const size = Math.max(1, Math.round(columnWidth(geometry) * ratio));
  const lanes = { x: (lane: number) => canvasX(lane, geometry) * ratio - size / 2, size };
  const { data, width, height } = stripPixels(tile.strip, lanes, palette.lanes.map(rgbOf), picture);
  picture.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  pictures.set(tile, { key, palette, picture });
  return picture;
}
