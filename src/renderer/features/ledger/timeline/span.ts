import type { TimeStretch } from '../../../../contract/ledger-timeline.ts';

/** A window of time in microseconds; the end is excluded. */
export type Span = { readonly from: number; readonly to: number };

/** The closest that anybody can look, in microseconds: a millisecond across the chart. */
export const SMALLEST_SPAN = 1000;

/** Microseconds of shown time before a moment: folded gaps count nothing, outside of all stretches time runs on. */
export function shownBefore(stretches: readonly TimeStretch[], at: number): number {
  const first = stretches[0];
  if (first === undefined) return at;
  if (at < first.fromMicros) return at - first.fromMicros;
  let sum = 0;
  for (const { fromMicros, toMicros } of stretches) {
    if (at < fromMicros) return sum;
    if (at < toMicros) return sum + at - fromMicros;
    sum += toMicros - fromMicros;
  }
  const last = stretches.at(-1);
  return sum + at - (last?.toMicros ?? at);
}

/** The moment that has so much shown time before it: the inverse of `shownBefore`. */
export function momentAt(stretches: readonly TimeStretch[], shown: number): number {
  const first = stretches[0];
  if (first === undefined) return shown;
  if (shown < 0) return first.fromMicros + shown;
  let sum = 0;
  for (const { fromMicros, toMicros } of stretches) {
    const long = toMicros - fromMicros;
    if (shown < sum + long) return fromMicros + shown - sum;
    sum += long;
  }
  return (stretches.at(-1)?.toMicros ?? 0) + shown - sum;
}

/** A window `factor` times as long in shown time, with `anchor` in the place that it has. */
export function zoomSpan(
  stretches: readonly TimeStretch[],
  span: Span,
  factor: number,
  anchor: number,
  whole: Span,
): Span {
  const [from, to, at] = [span.from, span.to, anchor].map((moment) => shownBefore(stretches, moment)) as [
    number,
    number,
    number,
  ];
  const long = Math.max(SMALLEST_SPAN, (to - from) * factor);
  const share = to > from ? (at - from) / (to - from) : 0.5;
  return within(stretches, at - share * long, long, whole);
}

/** A window moved by a share of its own length, without leaving the whole. */
export function panSpan(stretches: readonly TimeStretch[], span: Span, share: number, whole: Span): Span {
  const from = shownBefore(stretches, span.from);
  const long = shownBefore(stretches, span.to) - from;
  return within(stretches, from + share * long, long, whole);
}

function within(stretches: readonly TimeStretch[], from: number, long: number, whole: Span): Span {
  const low = shownBefore(stretches, whole.from);
  const high = shownBefore(stretches, whole.to);
  if (long >= high - low) return whole;
  const start = Math.max(low, Math.min(high - long, from));
  return { from: momentAt(stretches, start), to: momentAt(stretches, start + long) };
}

/** Two windows are the same but for what no eye can tell. */
export const sameSpan = (a: Span, b: Span): boolean =>
  Math.abs(a.from - b.from) + Math.abs(a.to - b.to) <= (a.to - a.from) * 1e-4;
