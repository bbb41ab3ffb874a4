import { clamp } from './geometry.ts';

/** A scroll position that no DOM element has to be tall enough for. All lengths in CSS pixels. */
export type Scroll = {
  /** from the top of the first row to the top of the window */
  readonly offset: number;
  /** height of the window */
  readonly height: number;
  /** rows in the view */
  readonly total: number;
  /** height of one row; below 1 when the graph is drawn so small that several share a pixel */
  readonly rowHeight: number;
};

export type Thumb = { readonly top: number; readonly size: number };

const THUMB_MIN = 28;
/** What a line is to a wheel that counts in lines. */
const LINE_PX = 28;
/** At least so much is shown above and below a row that was stepped to, however small rows are. */
const CONTEXT_PX = 24;

/** The largest offset: the last row stands at the bottom. */
export function maxOffset({ total, height, rowHeight }: Omit<Scroll, 'offset'>): number {
  return Math.max(0, total * rowHeight - height);
}

/** The position moved by `pixels`, held inside the rows. */
export function scrollBy(scroll: Scroll, pixels: number): Scroll {
  return scrollTo(scroll, scroll.offset + pixels);
}

/** The position at `offset`, held inside the rows. */
export function scrollTo(scroll: Scroll, offset: number): Scroll {
  return { ...scroll, offset: clamp(offset, 0, maxOffset(scroll)) };
}

/** The smallest move that shows a row completely, with a row of context where there is room. */
export function reveal(scroll: Scroll, row: number): Scroll {
  const { rowHeight } = scroll;
  const context = Math.max(rowHeight, CONTEXT_PX);
  const margin = scroll.height >= 4 * context ? context : 0;
  const top = row * rowHeight - margin;
  const bottom = (row + 1) * rowHeight + margin;
  if (top < scroll.offset) return scrollTo(scroll, top);
  if (bottom > scroll.offset + scroll.height) return scrollTo(scroll, bottom - scroll.height);
  return scroll;
}

/** The position that shows a row in the upper third, for jumps; stays where the row is visible already. */
export function centre(scroll: Scroll, row: number): Scroll {
  const top = row * scroll.rowHeight;
  if (top >= scroll.offset && top + scroll.rowHeight <= scroll.offset + scroll.height) return scroll;
  return scrollTo(scroll, top - Math.floor(scroll.height / 3));
}

/** Whole rows that fit into the window, at least one: the step of PageUp and PageDown. */
export function pageRows(scroll: Scroll): number {
  return Math.max(1, Math.floor(scroll.height / scroll.rowHeight) - 1);
}

/** Where the thumb stands on a track as high as the window; null when everything is visible. */
export function thumbOf(scroll: Scroll): Thumb | null {
  const max = maxOffset(scroll);
  if (max === 0 || scroll.height <= 0) return null;
  const size = Math.min(
    scroll.height,
    Math.max(THUMB_MIN, (scroll.height / (scroll.total * scroll.rowHeight)) * scroll.height),
  );
  return { size, top: (scroll.offset / max) * (scroll.height - size) };
}

/** The offset that belongs to a thumb whose top stands at `top`. The track is scaled, so a million rows work. */
export function offsetOfThumb(scroll: Scroll, top: number): number {
  const thumb = thumbOf(scroll);
  if (thumb === null) return 0;
  const way = scroll.height - thumb.size;
  return way <= 0 ? 0 : (clamp(top, 0, way) / way) * maxOffset(scroll);
}

/** The wheel's movement in pixels, whatever unit the device reports (`WheelEvent.deltaMode`). */
export function wheelPixels(delta: number, mode: number, height: number): number {
  if (mode === 1) return delta * LINE_PX;
  return mode === 2 ? delta * height : delta;
}
