import type { Scale } from './axis.ts';
import type { Bin, Step } from './bins.ts';
import { costIn, type Series } from './series.ts';
import { logSpan, niceTicks } from './axis.ts';

/** Everything that one picture of the chart depends on. */
export type Scene = {
  readonly bins: readonly Bin[];
  readonly series: readonly Series[];
  readonly step: Step;
  readonly scale: Scale;
  readonly today: string;
  /** the bar that is not over yet, or null */
  readonly open: number | null;
  /** what that bar would come to, where there is a forecast */
  readonly openMicros: number | null;
  /** first and last bar that are brushed */
  readonly brush: readonly [number, number] | null;
  /** the bar under the pointer or the keys */
  readonly at: number | null;
};

/** A piece of a bar in the units of the axis. */
export type Piece = { readonly lane: number; readonly from: number; readonly to: number };

/** The pieces of a bar from the bottom up. On the logarithmic scale they do not stack: each stands at its own cost. */
export function piecesOf(bin: Bin, series: readonly Series[], scale: Scale): readonly Piece[] {
  const pieces: Piece[] = [];
  const whole = scale === 'share' ? series.reduce((sum, one) => sum + costIn(bin, one), 0) : 1;
  let below = 0;
  for (const one of series) {
    const cost = costIn(bin, one);
    if (cost <= 0) continue;
    if (scale === 'log') {
      const at = Math.log10(cost);
      pieces.push({ lane: one.lane, from: at, to: at });
    } else {
      const height = cost / whole;
      pieces.push({ lane: one.lane, from: below, to: below + height });
      below += height;
    }
  }
  return pieces;
}

/** The marks of the upright axis, in its units. */
export function ticksOf({ bins, series, scale, openMicros }: Scene): readonly number[] {
  switch (scale) {
    case 'share':
      return [0, 0.25, 0.5, 0.75, 1];
    case 'log': {
      const [from, to] = logSpan(bins.flatMap((bin) => series.map((one) => costIn(bin, one))));
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    }
    case 'linear':
      return niceTicks(Math.max(openMicros ?? 0, ...bins.map(({ costMicros }) => costMicros)));
    default:
      return scale satisfies never;
  }
}
