import { scrollTo, type Scroll } from '../scroll.ts';

/** Rows at least this many px high are drawn as rows with contents; smaller ones on a canvas. */
const ROWS_FROM_PX = 20;
/** The heights at which every call has a place of its own on the canvas, in px. */
const CALL_HEIGHTS = [14, 7, 4, 2, 1] as const;
/** Smaller than any store needs: this many doublings put a thousand million calls on a pixel. */
const MOST_DOUBLINGS = 30;

/** Whether contents of rows of this height are read: for rows, and for lines of text on the canvas. */
export const readsRows = (rowHeight: number): boolean => rowHeight >= CALL_HEIGHTS[0];

/** Whether rows of this height are shown with their contents. */
export const drawsRows = (rowHeight: number): boolean => rowHeight >= ROWS_FROM_PX;

/**
 * The row heights that a person can zoom through, largest first: rows, then one call a dot, then 2, 4, 8 … calls a
 * px. The last is the first at which everything fits into the window.
 */
export function zoomLevels({ total, height }: Pick<Scroll, 'total' | 'height'>, rows: number): number[] {
  const levels = [rows];
  const fits = (): boolean => total * (levels.at(-1) ?? rows) <= Math.max(1, height);
  for (const level of CALL_HEIGHTS) {
    if (fits()) return levels;
    levels.push(level);
  }
  while (!fits()) levels.push((levels.at(-1) ?? 1) / 2);
  return levels;
}

/** The level that is `steps` further in (positive) or out (negative) than `rowHeight`, held at both ends. */
export function zoomStep(levels: readonly number[], rowHeight: number, steps: number): number {
  const nearest = levels.findIndex((level) => level <= rowHeight);
  const at = nearest < 0 ? levels.length - 1 : nearest;
  return levels[Math.max(0, Math.min(levels.length - 1, at - steps))] ?? rowHeight;
}

/** The zoom as it is kept for the next start. */
export const keptZoom = (rowHeight: number): string => (drawsRows(rowHeight) ? 'rows' : String(rowHeight));

/** The row height that was kept; null for rows, and for what is no level. */
export function readZoom(kept: string | null): number | null {
  const rowHeight = Number(kept ?? Number.NaN);
  if (CALL_HEIGHTS.some((level) => level === rowHeight)) return rowHeight;
  const doublings = -Math.log2(rowHeight);
  return Number.isInteger(doublings) && doublings > 0 && doublings <= MOST_DOUBLINGS ? rowHeight : null;
}

/** The position with rows of another height; the row at `y` px below the top of the window stays there if it can. */
export function zoomTo(scroll: Scroll, rowHeight: number, y: number): Scroll {
  const row = (scroll.offset + y) / scroll.rowHeight;
  return scrollTo({ ...scroll, rowHeight }, row * rowHeight - y);
}

const count = new Intl.NumberFormat('en-GB');

/** What a zoom level is called in short: its size beside the rows, or how many calls share a pixel. */
export function zoomLabel(rowHeight: number, rows: number): string {
  if (rowHeight >= 1) return `${Math.round((100 * rowHeight) / rows)} %`;
  return `1 : ${count.format(Math.round(1 / rowHeight))}`;
}

/** The same in words. */
export function zoomWords(rowHeight: number): string {
  if (drawsRows(rowHeight)) return 'rows';
  if (rowHeight >= 1) return `${count.format(rowHeight)} px a call`;
  return `${count.format(Math.round(1 / rowHeight))} calls a px`;
}
