import type { TimeStretch } from '../../../contract/ledger-timeline.ts';
import { SILENCE_BLOCK, type TimeSeries } from './spans.ts';

/** A gap is folded when it is longer than this share of what is asked for. */
const SHARE = 1 / 20;
/** Shorter gaps are never folded: nothing is gained by it. */
const LEAST_GAP_MICROS = 2e6;
/** Either side of what is shown keeps this share of all that is shown, so that a single entry has a width. */
const MARGIN = 1 / 100;
const LEAST_MARGIN_MICROS = 0.5e6;

/**
 * What of a window is shown. Folded is a time in which no entry was written and no reservation was in flight (made,
 * neither settled nor past its expiry), where it is longer than a twentieth of the window and than two seconds. `first` and
 * `end` are the places of the entries in the window.
 */
export function stretchesOf(
  series: TimeSeries,
  window: { readonly from: number; readonly to: number; readonly first: number; readonly end: number },
): readonly TimeStretch[] {
  const { from, to, first, end } = window;
  const whole = [{ fromMicros: from, toMicros: to }];
  const gap = Math.max((to - from) * SHARE, LEAST_GAP_MICROS);
  const gaps: { readonly from: number; readonly to: number }[] = [];
  const { busy, drawn, silence } = series;
  let until = first === 0 ? from : Math.max(from, busy[first - 1]!);
  // before the first entry of all there is no line; a window behind it begins with the line as it stands
  let edge = first === 0 && until === from && (first === end || drawn[first]! > from);
  for (let at = first; at < end; at++) {
    if (at > first && at % SILENCE_BLOCK === 0 && at + SILENCE_BLOCK <= end) {
      // nothing to fold in all of these
      if (silence[at / SILENCE_BLOCK]! <= gap) {
        at += SILENCE_BLOCK - 1;
        until = busy[at]!;
        continue;
      }
    }
    if (drawn[at]! - until > gap)
      gaps.push({ from: edge ? Number.NEGATIVE_INFINITY : until, to: drawn[at]! });
    until = busy[at]!;
    edge = false;
  }
  if (to - until > gap)
    gaps.push({ from: edge ? Number.NEGATIVE_INFINITY : until, to: Number.POSITIVE_INFINITY });
  if (gaps.length === 0) return whole;
  const folded = gaps.reduce((sum, one) => sum + Math.min(to, one.to) - Math.max(from, one.from), 0);
  const margin = Math.min(Math.max((to - from - folded) * MARGIN, LEAST_MARGIN_MICROS), gap / 3);
  const stretches: TimeStretch[] = [];
  let start = from;
  for (const one of gaps) {
    const last = Math.max(from, Math.round(one.from + margin));
    if (last > start) stretches.push({ fromMicros: start, toMicros: last });
    start = Math.min(to, Math.round(one.to - margin));
  }
  if (to > start) stretches.push({ fromMicros: start, toMicros: to });
  return stretches.length === 0 ? whole : stretches;
}

/** Where each piece begins and ends; no piece lies in two stretches. */
export type Pieces = { readonly starts: readonly number[]; readonly ends: readonly number[] };

/** The shown time in about `count` pieces, divided over the stretches by their lengths; at least one for each, none below a microsecond. */
export function piecesOf(stretches: readonly TimeStretch[], count: number): Pieces {
  const length = stretches.reduce((sum, one) => sum + one.toMicros - one.fromMicros, 0);
  const spare = Math.max(0, count - stretches.length);
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { fromMicros, toMicros } of stretches) {
    const own = toMicros - fromMicros;
    const share = stretches.length === 1 ? count : 1 + Math.floor((own / length) * spare);
    const pieces = Math.max(1, Math.min(share, Math.floor(own)));
    for (let at = 0; at < pieces; at++) {
      starts.push(fromMicros + (own * at) / pieces);
      ends.push(at + 1 === pieces ? toMicros : fromMicros + (own * (at + 1)) / pieces);
    }
  }
  return { starts, ends };
}
