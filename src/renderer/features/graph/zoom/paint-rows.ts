import type { GraphRow } from '../../../../contract/vek.ts';
import { formatClock, formatDate, type Zone } from '../../../ui/format.ts';
import type { LaneGeometry } from '../geometry.ts';
import type { Scroll } from '../scroll.ts';
import { paintLabel, type LabelColours } from './paint-labels.ts';
import { dayText } from './paint-times.ts';
import type { Palette } from './palette.ts';
import { fitText, setFont } from './text.ts';
import type { ShapeTile } from './tiles.ts';

const TOOL_WIDTH = 132;
const GAP = 8;

type Rows = {
  readonly scroll: Scroll;
  readonly width: number;
  readonly geometry: LaneGeometry;
  readonly palette: Palette;
  readonly zone: Zone;
  readonly branchColour: LabelColours;
  readonly call: (row: number) => GraphRow | null;
};

/** One line of text for each row in sight: tool, names of refs, what went in and came out, time. */
export function paintRowTexts(
  context: CanvasRenderingContext2D,
  rows: Rows,
  tile: ShapeTile,
  top: number,
  edge: number,
): void {
  const { scroll, width, geometry, palette, zone } = rows;
  const { shape } = tile;
  const first = Math.max(0, Math.floor(-top / scroll.rowHeight));
  const last = Math.min(shape.lanes.length, Math.ceil((scroll.height - top) / scroll.rowHeight));
  const moved = scroll.total - tile.total;
  for (let at = first; at < last; at += 1) {
    const y = Math.round(top + (at + 0.5) * scroll.rowHeight);
    context.textBaseline = 'middle';
    setFont(context, palette, 'mono', palette.fg);
    const tool = shape.toolNames[shape.tools[at] ?? 0] ?? '';
    const name = fitText(context, tool === '' ? '(no name)' : tool, TOOL_WIDTH - 12);
    context.fillText(name.text, geometry.width, y);
    const row = shape.start + at;
    let x = geometry.width + TOOL_WIDTH;
    for (const mark of tile.refs) {
      if (mark.row === row) x += paintLabel(context, rows, mark, x, y, 180) + GAP;
    }
    const call = rows.call(row + moved);
    if (call !== null) paintSummary(context, palette, call, x, y, width - edge - x);
    const micros = shape.times[at] ?? null;
    if (micros === null) continue;
    setFont(context, palette, 'ui', palette.subtle);
    const text = timeOf(micros, at > 0 ? (shape.times[at - 1] ?? null) : null, zone);
    context.fillText(text, width - 8 - context.measureText(text).width, y);
  }
}

function paintSummary(
  context: CanvasRenderingContext2D,
  palette: Palette,
  call: GraphRow,
  x: number,
  y: number,
  room: number,
): void {
  if (room < 60) return;
  context.textBaseline = 'middle';
  const { input, output, failed } = call.summary;
  const out = [...call.broken, output].filter((text) => text !== '').join(' · ');
  setFont(context, palette, 'ui', palette.fg);
  const left = fitText(context, input, out === '' ? room : room * 0.6);
  context.fillText(left.text, x, y);
  if (out === '') return;
  const bad = failed || call.broken.length > 0;
  setFont(context, palette, 'ui', bad ? palette.bad : palette.muted);
  const after = left.width === 0 ? 0 : left.width + GAP;
  context.fillText(fitText(context, `→ ${out}`, room - after).text, x + after, y);
}

/** The time of a row, with its day where that differs from the row above. */
function timeOf(micros: number, above: number | null, zone: Zone): string {
  const clock = formatClock(micros, zone);
  if (above === null || formatDate(above, zone) === formatDate(micros, zone)) return clock;
  return `${dayText(micros, zone)}, ${clock.slice(0, 5)}`;
}
