import { clamp, ROW_HEIGHT } from './geometry.ts';

/** A scroll position that no DOM element has to be tall enough for. All lengths in CSS pixels. */
export type Scroll = {
  /** from the top of the first row to the top of the window */
  readonly offset: number;
  /** height of the window */
  readonly height: number;
  /** rows in the view */
  readonly total: number;
};

export type Thumb = { readonly top: number; readonly size: number };

const THUMB_MIN = 28;

/** The largest offset: the last row stands at the bottom. */
export function maxOffset(total: number, height: number): number {
  return Math.max(0, total * ROW_HEIGHT - height);
}

/** The position moved by `pixels`, held inside the rows. */
export function scrollBy(scroll: Scroll, pixels: number): Scroll {
  return scrollTo(scroll, scroll.offset + pixels);
}

/** The position at `offset`, held inside the rows. */
export function scrollTo(scroll: Scroll, offset: number): Scroll {
  return { ...scroll, offset: clamp(offset, 0, maxOffset(scroll.total, scroll.height)) };
}

/** The smallest move that shows a row completely, with a row of context where there is room. */
export function reveal(scroll: Scroll, row: number): Scroll {
  const margin = scroll.height >= 4 * ROW_HEIGHT ? ROW_HEIGHT : 0;
  const top = row * ROW_HEIGHT - margin;
  const bottom = (row + 1) * ROW_HEIGHT + margin;
  if (top < scroll.offset) return scrollTo(scroll, top);
  if (bottom > scroll.offset + scroll.height) return scrollTo(scroll, bottom - scroll.height);
  return scroll;
}

/** The position that shows a row in the upper third, for jumps; stays where the row is visible already. */
export function centre(scroll: Scroll, row: number): Scroll {
  const top = row * ROW_HEIGHT;
  if (top >= scroll.offset && top + ROW_HEIGHT <= scroll.offset + scroll.height) return scroll;
  return scrollTo(scroll, top - Math.floor(scroll.height / 3));
}

/** Whole rows that fit into the window, at least one: the step of PageUp and PageDown. */
export function pageRows(scroll: Scroll): number {
  return Math.max(1, Math.floor(scroll.height / ROW_HEIGHT) - 1);
}

/** Where the thumb stands on a track as high as the window; null when everything is visible. */
export function thumbOf(scroll: Scroll): Thumb | null {
  const max = maxOffset(scroll.total, scroll.height);
  if (max === 0 || scroll.height <= 0) return null;
  const size = Math.min(
    scroll.height,
    Math.max(THUMB_MIN, (scroll.height / (scroll.total * ROW_HEIGHT)) * scroll.height),
  );
  return { size, top: (scroll.offset / max) * (scroll.height - size) };
}

/** The offset that belongs to a thumb whose top stands at `top`. The track is scaled, so a million rows work. */
export function offsetOfThumb(scroll: Scroll, top: number): number {
  const thumb = thumbOf(scroll);
  if (thumb === null) return 0;
  const way = scroll.height - thumb.size;
  return way <= 0 ? 0 : (clamp(top, 0, way) / way) * maxOffset(scroll.total, scroll.height);
}

/** The wheel's movement in pixels, whatever unit the device reports (`WheelEvent.deltaMode`). */
export function wheelPixels(delta: number, mode: number, height: number): number {
  if (mode === 1) return delta * ROW_HEIGHT;
  return mode === 2 ? delta * height : delta;
}
