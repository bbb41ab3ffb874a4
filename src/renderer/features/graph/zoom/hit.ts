import type { LaneGeometry } from '../geometry.ts';
import type { Scroll } from '../scroll.ts';
import { canvasX, laneAt } from './lanes.ts';
import { CALL_ROWS, type TileId } from './tile-id.ts';
import type { Tile } from './tiles.ts';

/** What lies under a point: a call, or a run of calls in a lane of which the first is meant. */
export type Hit =
  | { readonly kind: 'call'; readonly row: number }
  | { readonly kind: 'calls'; readonly start: number; readonly count: number; readonly lane: number | null };

/** How far around a point a call is looked for, in px. */
const REACH_PX = 7;
/** From this height on the row under the point is meant, wherever its dot stands. */
const OWN_ROW_PX = 10;

/** The call that a person points at, or null beside the rows. */
export function hitAt(
  point: { readonly x: number; readonly y: number },
  scroll: Scroll,
  geometry: LaneGeometry,
  tile: (id: TileId) => Tile | null,
): Hit | null {
  const { rowHeight, total } = scroll;
  const under = Math.floor((scroll.offset + point.y) / rowHeight);
  if (total === 0 || point.y < 0 || under < 0) return null;
  if (under >= total) return null;
  const overLanes = point.x < geometry.width;
  if (rowHeight < 1) {
    const each = Math.round(1 / rowHeight);
    const start = Math.floor(under / each) * each;
    const lane = overLanes ? laneAt(point.x, geometry) : null;
    return { kind: 'calls', start, count: Math.min(each, total - start), lane };
  }
  if (rowHeight >= OWN_ROW_PX || !overLanes) return { kind: 'call', row: under };
  const reach = Math.ceil(REACH_PX / rowHeight);
  let best = under;
  let least = Infinity;
  for (let row = Math.max(0, under - reach); row <= Math.min(total - 1, under + reach); row += 1) {
    const part = tile(`call/${Math.floor(row / CALL_ROWS)}`);
    if (part?.kind !== 'shape' || part.total !== total) continue;
    const lane = part.shape.lanes[row - part.shape.start];
    if (lane === undefined) continue;
    const across = canvasX(lane, geometry) - point.x;
    const down = (row + 0.5) * rowHeight - scroll.offset - point.y;
    const distance = across * across + down * down;
    if (distance < least) {
      least = distance;
      best = row;
    }
  }
  return { kind: 'call', row: best };
}
