import type { TimeStretch } from '../../../../contract/ledger-timeline.ts';
import type { Span } from './span.ts';

/** A stretch of time where it is drawn. */
export type Part = { readonly from: number; readonly to: number; readonly x0: number; readonly x1: number };

/** A gap that is folded: where it is drawn, and how long it is. */
export type Fold = { readonly x0: number; readonly x1: number; readonly micros: number };

/** Where time is drawn: stretches to scale, folded gaps as breaks of one width. */
export type Scale = {
  readonly span: Span;
  readonly left: number;
  readonly width: number;
  readonly parts: readonly Part[];
  readonly folds: readonly Fold[];
  readonly pxPerMicro: number;
};

/** How wide a break is, in px. */
export const FOLD_PX = 14;
/** The most of the width that breaks take together. */
const FOLD_SHARE = 0.3;

/** The scale of a window of time in `width` px; a window outside of all stretches is one piece. */
export function makeScale(
  stretches: readonly TimeStretch[],
  span: Span,
  left: number,
  width: number,
  foldPx: number = FOLD_PX,
): Scale {
  const pieces = clip(stretches, span);
  const long = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  const folds = pieces.length - 1;
  const each = folds === 0 ? 0 : Math.min(foldPx, (width * FOLD_SHARE) / folds);
  const pxPerMicro = (width - each * folds) / Math.max(1, long);
  let x = left;
  const parts = pieces.map(({ from, to }, index): Part => {
    if (index > 0) x += each;
    const x0 = x;
    x += (to - from) * pxPerMicro;
    return { from, to, x0, x1: x };
  });
  return {
    span,
    left,
    width,
    parts,
    pxPerMicro,
    folds: parts.slice(1).map((part, index) => {
      const before = parts[index] ?? part;
      return { x0: before.x1, x1: part.x0, micros: part.from - before.to };
    }),
  };
}

/** The stretches inside of a window; at its ends time runs on, so that nothing of the window is left out. */
function clip(stretches: readonly TimeStretch[], { from, to }: Span): readonly Span[] {
  const inside = stretches
    .filter(({ fromMicros, toMicros }) => toMicros > from && fromMicros < to)
    .map(({ fromMicros, toMicros }) => ({ from: Math.max(from, fromMicros), to: Math.min(to, toMicros) }));
  if (inside.length === 0) return [{ from, to }];
  const first = stretches[0];
  const last = stretches.at(-1);
  return inside.map((piece, index) => ({
    from: index === 0 && from < (first?.fromMicros ?? from) ? from : piece.from,
    to: index === inside.length - 1 && to > (last?.toMicros ?? to) ? to : piece.to,
  }));
}

/** Where a moment is drawn, in px; one inside a folded gap in the middle of its break, one outside on the same scale. */
export function xOf({ parts, pxPerMicro }: Scale, at: number): number {
  let [low, high] = [0, parts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle]?.from ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  const part = parts[low];
  if (part === undefined) return 0;
  const next = parts[low + 1];
  if (at > part.to && next !== undefined) return (part.x1 + next.x0) / 2;
  return part.x0 + (at - part.from) * pxPerMicro;
}

/** The moment that is drawn at a place; inside a break the end that is nearer. */
export function momentOf({ parts, pxPerMicro }: Scale, x: number): number {
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    if (next === undefined || x <= part.x1) return part.from + (x - part.x0) / pxPerMicro;
    if (x < next.x0) return x - part.x1 < next.x0 - x ? part.to : next.from;
  }
  return 0;
}
