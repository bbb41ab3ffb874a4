import { clamp } from '../geometry.ts';
import { maxOffset, scrollTo, type Scroll } from '../scroll.ts';
import { mapHeight } from './map-marks.ts';

/** The smallest window that can still be seen and taken hold of, in px. */
const LEAST_PX = 10;

export type MapWindow = { readonly top: number; readonly size: number };

/** Where the window of rows stands on the map. */
export function windowOnMap(scroll: Scroll): MapWindow {
  const rows = mapHeight(scroll.total, scroll.height);
  const all = scroll.total * scroll.rowHeight;
  if (all <= scroll.height) return { top: 0, size: rows };
  const size = clamp((scroll.height / all) * rows, Math.min(LEAST_PX, rows), rows);
  return { size, top: (scroll.offset / maxOffset(scroll)) * (rows - size) };
}

/** The position whose window begins at `top` px on the map. */
export function scrollToMap(scroll: Scroll, top: number): Scroll {
  const { size } = windowOnMap(scroll);
  const way = mapHeight(scroll.total, scroll.height) - size;
  return way <= 0 ? scrollTo(scroll, 0) : scrollTo(scroll, (clamp(top, 0, way) / way) * maxOffset(scroll));
}

/** The row at a point of the map. */
export function rowOnMap(scroll: Scroll, y: number): number {
  const rows = mapHeight(scroll.total, scroll.height);
  return rows === 0 ? 0 : clamp(Math.floor((y / rows) * scroll.total), 0, Math.max(0, scroll.total - 1));
}

/** The position that has the row at a point of the map in its middle. */
export function jumpOnMap(scroll: Scroll, y: number): Scroll {
  return scrollTo(scroll, (rowOnMap(scroll, y) + 0.5) * scroll.rowHeight - scroll.height / 2);
}
