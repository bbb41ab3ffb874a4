import type { GraphRow } from '../../../../contract/vek.ts';
import { shortHash, type Zone } from '../../../ui/format.ts';
import type { LaneGeometry } from '../geometry.ts';
import { readsRows } from './zoom.ts';
import type { Scroll } from '../scroll.ts';
import { paintLabels, type LabelColours } from './paint-labels.ts';
import { paintShape, stripPicture } from './paint-tile.ts';
import { paintRowTexts } from './paint-rows.ts';
import { paintTimes } from './paint-times.ts';
import type { Palette } from './palette.ts';
import { canvasX } from './lanes.ts';
import { fitText, setFont } from './text.ts';
import { tileStart, tilesIn, type TileId } from './tile-id.ts';
import type { StripTile, Tile } from './tiles.ts';

/** All that one picture of the drawn graph depends on. */
export type Scene = {
  readonly scroll: Scroll;
  readonly width: number;
  /** device pixels for one CSS pixel */
  readonly ratio: number;
  readonly geometry: LaneGeometry;
  readonly tile: (id: TileId) => Tile | null;
  readonly all: () => readonly Tile[];
  readonly palette: Palette;
  readonly zone: Zone;
  readonly selected: { readonly row: number; readonly call: GraphRow | null } | null;
  readonly focused: boolean;
  readonly branchColour: LabelColours;
  /** a row whose contents were read, or null */
  readonly call: (row: number) => GraphRow | null;
};

/** Room at the right edge for times. */
export const TIME_WIDTH = 92;

/** Draws what is in sight. Nothing is kept between two pictures but what `paint-tile.ts` prepared. */
export function paintGraph(context: CanvasRenderingContext2D, scene: Scene): void {
  const { scroll, width, ratio, geometry, palette } = scene;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, scroll.height);
  paintSelectedBand(context, scene);
  const shown: Tile[] = [];
  for (const id of tilesIn(scroll)) {
    const tile = scene.tile(id);
    if (tile === null) {
      paintStandIn(context, scene, id);
      continue;
    }
    shown.push(tile);
    at(context, scene, tile, () => {
      if (tile.kind === 'shape') paintShape(context, tile, geometry, palette);
      else paintStrip(context, scene, tile);
    });
  }
  if (readsRows(scroll.rowHeight)) {
    for (const tile of shown) {
      if (tile.kind === 'shape') paintRowTexts(context, scene, tile, topOf(scene, tile), TIME_WIDTH);
    }
  } else {
    for (const tile of shown) {
      at(context, scene, tile, () => paintLabels(context, scene, tile, TIME_WIDTH));
    }
    paintTimes(context, scene, shown);
    paintSelectedName(context, scene);
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
}

/** The y of a tile's first row. One of an older revision moves down by what came on top since. */
function topOf({ scroll }: Scene, tile: Tile): number {
  const { start } = tileStart(tile.id, tile.total);
  return (start + scroll.total - tile.total) * scroll.rowHeight - scroll.offset;
}

function at(context: CanvasRenderingContext2D, scene: Scene, tile: Tile, draw: () => void): void {
  const { ratio } = scene;
  context.save();
  context.translate(0, Math.round(topOf(scene, tile) * ratio) / ratio);
  draw();
  context.restore();
}

function paintStrip(context: CanvasRenderingContext2D, scene: Scene, tile: StripTile): void {
  const { geometry, palette, ratio, scroll } = scene;
  const { strip } = tile;
  const picture = stripPicture(tile, geometry, palette, ratio);
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, geometry.width, strip.count * scroll.rowHeight);
  context.fillStyle = palette.bad;
  context.strokeStyle = palette.bad;
  context.lineWidth = 1.5;
  for (const mark of strip.marks) {
    const y = (mark.row - strip.start + 0.5) * scroll.rowHeight;
    if (mark.kind === 'failed') context.fillRect(4, y - 1, 5, 2);
    if (mark.kind === 'damaged') {
      context.beginPath();
      context.moveTo(11, y - 3);
      context.lineTo(17, y + 3);
      context.moveTo(11, y + 3);
      context.lineTo(17, y - 3);
      context.stroke();
    }
  }
}

const coarse = (tile: Tile): number =>
  tile.kind === 'shape' ? 0 : tile.strip.count / Math.max(1, tile.strip.buckets);

/** While a tile is read: what is known of its rows at other sizes, the coarsest below the finer ones. */
function paintStandIn(context: CanvasRenderingContext2D, scene: Scene, id: TileId): void {
  const { scroll, geometry, palette, ratio, width } = scene;
  const { start, count } = tileStart(id, scroll.total);
  context.save();
  context.beginPath();
  context.rect(0, start * scroll.rowHeight - scroll.offset, width, count * scroll.rowHeight);
  context.clip();
  for (const tile of scene.all().toSorted((a, b) => coarse(b) - coarse(a))) {
    const top = topOf(scene, tile);
    const rows = tile.kind === 'shape' ? tile.shape.lanes.length : tile.strip.count;
    if (top > scroll.height || top + rows * scroll.rowHeight < 0) continue;
    at(context, scene, tile, () => {
      context.clearRect(0, 0, width, rows * scroll.rowHeight);
      if (tile.kind === 'shape') paintShape(context, tile, geometry, palette);
      else {
        context.imageSmoothingEnabled = false;
        const picture = stripPicture(tile, geometry, palette, ratio);
        context.drawImage(picture, 0, 0, geometry.width, rows * scroll.rowHeight);
      }
    });
  }
  context.restore();
}

function paintSelectedBand(context: CanvasRenderingContext2D, scene: Scene): void {
  const { selected, scroll, width, palette, focused } = scene;
  if (selected === null) return;
  const middle = (selected.row + 0.5) * scroll.rowHeight - scroll.offset;
  const height = Math.max(3, scroll.rowHeight);
  if (middle < -height || middle > scroll.height + height) return;
  context.fillStyle = focused ? palette.selected : palette.selectedIdle;
  context.fillRect(0, Math.round(middle - height / 2), width, height);
  // colours that the system forces have no fill for it
  if (palette.selected === palette.surface) {
    context.strokeStyle = palette.accent;
    context.lineWidth = 1;
    context.strokeRect(0.5, Math.round(middle - height / 2) + 0.5, width - 1, height - 1);
  }
  context.fillStyle = focused ? palette.accent : palette.muted;
  context.fillRect(0, Math.round(middle - Math.max(7, height) / 2), 2, Math.max(7, height));
}

/** Names the selected call beside its place, since at this size no row does. */
function paintSelectedName(context: CanvasRenderingContext2D, scene: Scene): void {
  const { selected, scroll, width, palette, geometry } = scene;
  const call = selected?.call ?? null;
  if (selected === null) return;
  const middle = (selected.row + 0.5) * scroll.rowHeight - scroll.offset;
  if (middle < -10 || middle > scroll.height + 10) return;
  if (call === null) return;
  const x = canvasX(call.lane, geometry);
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(x, middle, 6, 0, 2 * Math.PI);
  context.stroke();
  setFont(context, palette, 'mono', palette.fg);
  const hash = shortHash(call.hash);
  const tool = fitText(context, call.tool === '' ? '(no name)' : call.tool, 160);
  const hashWidth = context.measureText(hash).width;
  const wide = tool.width + 8 + hashWidth + 16;
  const left = width - TIME_WIDTH - wide - 8;
  if (left < geometry.width) return;
  const y = Math.max(13, Math.min(scroll.height - 13, Math.round(middle)));
  context.fillStyle = palette.surface;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left + 0.5, y - 9.5, wide, 18, 3);
  context.fill();
  context.stroke();
  context.textBaseline = 'middle';
  setFont(context, palette, 'mono', palette.fg);
  context.fillText(tool.text, left + 8, y);
  setFont(context, palette, 'mono', palette.subtle);
  context.fillText(hash, left + 16 + tool.width, y);
}
