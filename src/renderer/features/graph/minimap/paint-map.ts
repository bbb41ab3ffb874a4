import type { GraphStrip } from '../../../../contract/scale.ts';
import { rgbOf, type Palette } from '../zoom/palette.ts';
import { stripPixels } from '../zoom/strip-pixels.ts';
import { LANES_RIGHT, MAP_WIDTH, mapHeight, mapLanes, mapMarks, type MapMark } from './map-marks.ts';

type Input = {
  readonly strip: GraphStrip;
  readonly height: number;
  readonly ratio: number;
  readonly palette: Palette;
  /** the lane colour of a branch by its name, 1 to 8 */
  readonly branchColour: (name: string) => number;
};

/** Draws the whole map: lanes by density, then the marks. The window over it is an element of its own. */
export function paintMap(canvas: HTMLCanvasElement, input: Input): void {
  const { strip, height, ratio, palette } = input;
  canvas.width = Math.round(MAP_WIDTH * ratio);
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext('2d');
  if (context === null || strip.total === 0) return;
  const lanes = mapLanes(strip.laneCount);
  const places = {
    x: (lane: number) => lanes.x(lane) * ratio,
    size: Math.max(1, Math.round(lanes.size * ratio)),
  };
  const size = {
    width: Math.round((LANES_RIGHT + 1) * ratio),
    height: Math.max(1, Math.round(mapHeight(strip.total, height) * ratio)),
  };
  const pixels = stripPixels(strip, places, palette.lanes.map(rgbOf), size);
  context.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const mark of mapMarks(strip, height)) paintMark(context, mark, input);
}

function paintMark(context: CanvasRenderingContext2D, mark: MapMark, input: Input): void {
  const { palette, branchColour, ratio } = input;
  const { x, width, height } = mark;
  const y = Math.round(mark.y * ratio) / ratio;
  if (mark.shape === 'cross') {
    context.strokeStyle = palette.bad;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + width, y + height);
    context.moveTo(x, y + height);
    context.lineTo(x + width, y);
    context.stroke();
    return;
  }
  const branch = mark.kind === 'branch' || mark.kind === 'head';
  const lane = palette.lanes[branchColour(mark.label)] ?? palette.fg;
  context.fillStyle = mark.kind === 'failed' ? palette.bad : branch ? lane : palette.subtle;
  context.globalAlpha = mark.strength;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
}
