import type { StripMark } from '../../../../contract/scale.ts';
import type { LaneGeometry } from '../geometry.ts';
import type { Scroll } from '../scroll.ts';
import { canvasX } from './lanes.ts';
import { placeLabels, type Label } from './labels.ts';
import type { Palette } from './palette.ts';
import { fitText, setFont } from './text.ts';
import type { Tile } from './tiles.ts';

/** The lane colour of a branch by its name, 1 to 8. */
export type LabelColours = (branch: string) => number;

type Labels = {
  readonly scroll: Scroll;
  readonly width: number;
  readonly geometry: LaneGeometry;
  readonly palette: Palette;
  readonly branchColour: LabelColours;
};

const NAME_WIDTH = 180;
const lanesOfMarks = new WeakMap<StripMark, number | null>();
const placed = new WeakMap<Tile, { readonly rowHeight: number; readonly labels: readonly Label[] }>();

function labelsOf(tile: Tile, rowHeight: number): readonly Label[] {
  const known = placed.get(tile);
  if (known?.rowHeight === rowHeight) return known.labels;
  const { start } = tile.kind === 'shape' ? tile.shape : tile.strip;
  const rows = tile.kind === 'shape' ? tile.shape.lanes.length : tile.strip.count;
  const marks = (tile.kind === 'shape' ? tile.refs : tile.strip.marks).filter(isName);
  const labels = placeLabels(marks, (row) => (row - start + 0.5) * rowHeight, rows * rowHeight);
  placed.set(tile, { rowHeight, labels });
  return labels;
}

const isName = ({ kind }: StripMark): boolean => kind !== 'failed' && kind !== 'damaged';

/** The names of the refs of a tile, beside the lanes, each with a line from its call; the context stands at its top. */
export function paintLabels(
  context: CanvasRenderingContext2D,
  scene: Labels,
  tile: Tile,
  edge: number,
): void {
  const { scroll, width, geometry, palette, branchColour } = scene;
  const laneOf = (mark: StripMark): number => {
    const known = lanesOfMarks.get(mark);
    const lane = known === undefined ? laneOfMark(tile, mark, branchColour) : known;
    lanesOfMarks.set(mark, lane);
    return lane ?? geometry.columns - 1;
  };
  const left = geometry.width + 4;
  for (const label of labelsOf(tile, scroll.rowHeight)) {
    const from = canvasX(laneOf(label.mark), geometry) + 6;
    context.strokeStyle = palette.lineStrong;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(from, Math.round(label.at) + 0.5);
    context.lineTo(left - 10, Math.round(label.at) + 0.5);
    context.lineTo(left, Math.round(label.y) + 0.5);
    context.stroke();
    paintLabel(
      context,
      scene,
      label.mark,
      left,
      Math.round(label.y),
      Math.min(NAME_WIDTH, width - left - edge - 24),
    );
  }
}

/** The lane that a mark stands in; of summed calls the one in the colour of the branch, if that can be told. */
function laneOfMark(tile: Tile, mark: StripMark, branchColour: LabelColours): number | null {
  if (tile.kind === 'shape') return tile.shape.lanes[mark.row - tile.shape.start] ?? null;
  const { cells } = tile.strip;
  const lanes: { readonly lane: number; readonly colour: number }[] = [];
  for (let at = 0; at < cells.length; at += 4) {
    if (cells[at] === mark.bucket) lanes.push({ lane: cells[at + 1] ?? 0, colour: cells[at + 2] ?? 0 });
  }
  const named = mark.kind === 'head' || mark.kind === 'branch';
  const colour = named ? branchColour(mark.label) : 0;
  const alike = lanes.filter((lane) => lane.colour === colour);
  const only = alike.length === 1 ? alike[0] : lanes.length === 1 ? lanes[0] : undefined;
  return only?.lane ?? null;
}

/** Draws the name of a ref with its middle at y, and gives its width. */
export function paintLabel(
  context: CanvasRenderingContext2D,
  { palette, branchColour }: Pick<Labels, 'palette' | 'branchColour'>,
  mark: StripMark,
  x: number,
  y: number,
  room: number,
): number {
  if (room < 24) return 0;
  const branch = mark.kind === 'head' || mark.kind === 'branch';
  const more = mark.count > 1 ? ` +${mark.count - 1}` : '';
  setFont(context, palette, 'strong', palette.fg);
  const name = fitText(context, mark.label, room);
  const head = mark.kind === 'head' ? context.measureText('HEAD').width + 10 : 0;
  const rest = more === '' ? 0 : context.measureText(more).width;
  const before = branch ? 8 : 17;
  const wide = before + name.width + rest + 6 + head;
  context.fillStyle = palette.surface;
  context.strokeStyle = palette.lineStrong;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x + 0.5, y - 7.5, wide, 14, 3);
  context.fill();
  context.stroke();
  if (branch) {
    context.fillStyle = palette.lanes[branchColour(mark.label)] ?? palette.fg;
    context.fillRect(x + 1, y - 7, 3, 13);
  } else paintIcon(context, palette, mark.kind === 'tag' ? TAG : FLAG, x + 4, y - 4.5);
  context.textBaseline = 'middle';
  setFont(context, palette, 'strong', palette.fg);
  context.fillText(name.text, x + before, y);
  if (more !== '') {
    setFont(context, palette, 'strong', palette.muted);
    context.fillText(more, x + before + name.width, y);
  }
  if (head > 0) {
    setFont(context, palette, 'strong', palette.muted);
    context.fillText('HEAD', x + wide - head + 4, y);
    context.fillStyle = palette.lineStrong;
    context.fillRect(Math.round(x + wide - head), y - 7, 1, 14);
  }
  return wide;
}

const TAG = 'M0 0h4.5l4.5 4.5l-4.5 4.5l-4.5 -4.5zM2.2 2.2h.6v.6h-.6z';
const FLAG = 'M1 9.5v-9.5h7.5l-2 2.75l2 2.75h-7.5';

function paintIcon(
  context: CanvasRenderingContext2D,
  palette: Palette,
  d: string,
  x: number,
  y: number,
): void {
  context.save();
  context.translate(x, y);
  context.strokeStyle = palette.muted;
  context.lineWidth = 1.2;
  context.lineJoin = 'round';
  context.stroke(new Path2D(d));
  context.restore();
}
