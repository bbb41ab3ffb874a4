import { formatClock, formatDate, type Zone } from '../../../ui/format.ts';
import type { Scroll } from '../scroll.ts';
import { timeEvery } from './labels.ts';
import type { Palette } from './palette.ts';
import { setFont } from './text.ts';
import { tileStart } from './tile-id.ts';
import type { Tile } from './tiles.ts';

const MINUTE_MICROS = 60_000_000;

type Times = {
  readonly scroll: Scroll;
  readonly width: number;
  readonly palette: Palette;
  readonly zone: Zone;
};

/** A time at the edge: with its day, the clock to the minute, or to the second where minutes are the same. */
export function timeText(micros: number, zone: Zone, how: 'day' | 'clock' | 'seconds'): string {
  const clock = formatClock(micros, zone);
  if (how === 'seconds') return clock;
  return how === 'clock' ? clock.slice(0, 5) : `${dayText(micros, zone)}, ${clock.slice(0, 5)}`;
}

/** The day without its year. */
export const dayText = (micros: number, zone: Zone): string =>
  formatDate(micros, zone).replace(/ \d{4}$/, '');

/** Times at the right edge, at rows that stay the same while scrolling; a new day is named. */
export function paintTimes(
  context: CanvasRenderingContext2D,
  { scroll, width, palette, zone }: Times,
  tiles: readonly Tile[],
): void {
  const every = timeEvery(scroll.rowHeight);
  context.textBaseline = 'middle';
  let lastDay = '';
  for (const tile of tiles) {
    const moved = scroll.total - tile.total;
    const near = microsPerRow(tile) * every < 2 * MINUTE_MICROS;
    const { start, count } = tileStart(tile.id, tile.total);
    const first = Math.max(start, Math.floor(scroll.offset / scroll.rowHeight) - moved);
    const end = Math.min(start + count, Math.ceil((scroll.offset + scroll.height) / scroll.rowHeight));
    for (let row = Math.ceil(first / every) * every; row < end; row += every) {
      const micros = timeOf(tile, row);
      if (micros === null) continue;
      const y = Math.round((row + moved + 0.5) * scroll.rowHeight - scroll.offset);
      if (y < 8 || y > scroll.height - 8) continue;
      const day = formatDate(micros, zone);
      setFont(context, palette, 'ui', palette.subtle);
      const text = timeText(micros, zone, day !== lastDay ? 'day' : near ? 'seconds' : 'clock');
      lastDay = day;
      context.fillText(text, width - 12 - context.measureText(text).width, y);
      context.fillStyle = palette.lineStrong;
      context.fillRect(width - 6, y, 6, 1);
    }
  }
}

/** The time between two rows of a tile, on average; the same wherever in it the window stands. */
function microsPerRow(tile: Tile): number {
  const { times } = tile.kind === 'shape' ? tile.shape : tile.strip;
  const first = times.find((micros) => micros !== null);
  const last = times.findLast((micros) => micros !== null);
  const rows = tile.kind === 'shape' ? times.length : tile.strip.count;
  if (first === undefined || last === undefined || rows === 0) return Infinity;
  return Math.abs((first ?? 0) - (last ?? 0)) / rows;
}

function timeOf(tile: Tile, row: number): number | null {
  if (tile.kind === 'shape') return tile.shape.times[row - tile.shape.start] ?? null;
  const { start, count, buckets, times } = tile.strip;
  return times[Math.floor(((row - start) * buckets) / Math.max(1, count))] ?? null;
}
