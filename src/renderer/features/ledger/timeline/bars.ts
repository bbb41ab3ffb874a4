import type { ReservationBar } from '../../../../contract/ledger-timeline.ts';
import { xOf, type Scale } from './scale.ts';

/** Bars narrower than this say nothing: their pieces are drawn as a band, in px. */
export const SLIVER_PX = 3;
/** The part of the bars in sight that may be slivers before a band stands for all of them. */
const SLIVER_SHARE = 0.6;
/** Up to so many bars are always drawn, however narrow. */
const ALWAYS = 24;

/** One reservation where it is drawn: `edge` is the height of what was spent, at its right end. */
export type BarBox = {
  readonly bar: ReservationBar;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly edge: number;
};

/** Money to height: the scale of the money axis. */
export type Heights = {
  readonly low: number;
  readonly high: number;
  readonly top: number;
  readonly height: number;
};

/** Where an amount is drawn, in px from the top. */
export const yOf = ({ low, high, top, height }: Heights, micro: number): number =>
  top + ((high - micro) / Math.max(1, high - low)) * height;

/** The reservations of a window as boxes; what is still open reaches to the end of the record. */
export function barBoxes(
  bars: readonly ReservationBar[],
  scale: Scale,
  heights: Heights,
  end: number,
): readonly BarBox[] {
  const { span } = scale;
  const boxes: BarBox[] = [];
  for (const bar of bars) {
    const from = bar.drawnFromMicros;
    const to = bar.drawnToMicros ?? Math.max(end, from);
    if (from >= span.to || to < span.from) continue;
    const x = xOf(scale, Math.max(from, span.from));
    const right = xOf(scale, Math.min(to, span.to));
    const top = bar.unspentMicro - bar.belowMicro;
    const y = yOf(heights, top);
    const spent = bar.outcome === 'spent' ? (bar.costMicro ?? 0) : 0;
    boxes.push({
      bar,
      x,
      y,
      width: Math.max(1, right - x),
      height: Math.max(1, yOf(heights, top - bar.estimatedMicro) - y),
      edge: spent === 0 ? 0 : Math.max(1, yOf(heights, top - spent) - y),
    });
  }
  return boxes;
}

/** Whether bars would be slivers, so that a band has to stand for them. */
export function areSlivers(boxes: readonly BarBox[]): boolean {
  if (boxes.length <= ALWAYS) return false;
  const narrow = boxes.filter(({ width }) => width < SLIVER_PX).length;
  return narrow > boxes.length * SLIVER_SHARE;
}

/** The bar under a place, the smallest one where several are. */
export function barAt(boxes: readonly BarBox[], x: number, y: number, near = 2): BarBox | null {
  let best: BarBox | null = null;
  for (const box of boxes) {
    const deep = Math.max(box.height, box.edge);
    if (x < box.x - near || x > box.x + box.width + near) continue;
    if (y < box.y - near || y > box.y + deep + near) continue;
    if (best === null || box.width * deep < best.width * best.height) best = box;
  }
  return best;
}
