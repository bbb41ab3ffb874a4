import type { LedgerTimeline } from '../../../../contract/ledger-timeline.ts';
import type { Zone } from '../../../ui/format.ts';
import { axisMoney } from '../../costs/chart/axis.ts';
import { areSlivers, barBoxes, type BarBox, type Heights } from './bars.ts';
import { clustersOf, type Cluster } from './clusters.ts';
import { moneyIn } from './pieces.ts';
import { recordGaps, recordRuns, type RecordRun } from './record.ts';
import { makeScale, type Scale } from './scale.ts';
import type { Span } from './span.ts';
import { moneyTicks, ticksOf, type Tick } from './ticks.ts';

/** What a picture of the timeline is made of. Sizes in CSS pixels. */
export type View = {
  readonly timeline: LedgerTimeline;
  readonly span: Span;
  readonly width: number;
  readonly height: number;
  readonly fontPx: number;
  readonly zone: Zone;
};

/** Where everything of a picture stands: drawn by `paint.ts`, and asked by the pointer. */
export type Layout = {
  readonly view: View;
  readonly scale: Scale;
  readonly heights: Heights;
  readonly ticks: readonly Tick[];
  readonly money: readonly { readonly micro: number; readonly label: string }[];
  readonly boxes: readonly BarBox[];
  /** bars would be slivers: a band and counts stand for them */
  readonly banded: boolean;
  readonly clusters: readonly Cluster[];
  /** what the last check made of the entries, in a band below the axis */
  readonly runs: readonly RecordRun[];
  /** where entries are missing, in px */
  readonly gaps: readonly number[];
  readonly bandTop: number;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly letter: number;
};

/** Room above the lines for marks, in px. */
const MARKS = 22;
const PAD_RIGHT = 20;
/** The lowest picture of the money, in px: below it the axis is cut. */
const LEAST_PLOT = 20;
/** How high the band of the record is, and how far below the axis, in px. */
export const BAND_HIGH = 9;
const BAND_GAP = 8;
/** Room above and below what is drawn, as a part of it. */
const PAD_MONEY = 0.06;
/** Letters of the name of that band, which stands below the amounts. */
const BAND_NAME = 'chain'.length;
/** Amounts nearer than this are a flat line, in micro-dollars. */
const FLAT = 20;

/** Places everything; takes well under a frame for the largest answer. */
export function layoutOf(view: View): Layout {
  const { timeline, span, width, height, fontPx } = view;
  const letter = fontPx * 0.6;
  const [low, high] = withRoom(moneyIn(timeline, span));
  const room = height - MARKS - fontPx * 3.2 - BAND_GAP - BAND_HIGH;
  const pad = (high - low) * PAD_MONEY;
  const range = [low - pad, Math.max(high, low + 1) + pad] as const;
  const marks = ticksWithin(range, Math.max(2, Math.floor(room / 44)));
  const step = (marks[1] ?? 0) - (marks[0] ?? 0);
  const money = marks.map((micro) => ({ micro, label: grouped(axisMoney(micro, step)) }));
  const left = Math.ceil(Math.max(...money.map(({ label }) => label.length), BAND_NAME) * letter) + 26;
  const right = Math.max(left + 40, width - PAD_RIGHT);
  const scale = makeScale(timeline.stretches, span, left, right - left);
  const bottom = MARKS + Math.max(LEAST_PLOT, room);
  const heights: Heights = {
    low: Math.min(range[0], marks[0] ?? low),
    high: Math.max(range[1], marks.at(-1) ?? high),
    top: MARKS,
    height: bottom - MARKS,
  };
  const boxes = barBoxes(timeline.bars ?? [], scale, heights, timeline.wholeToMicros ?? timeline.toMicros);
  return {
    view,
    scale,
    heights,
    // AEX stores whole seconds
    ticks: ticksOf(scale, view.zone, letter, view.span.to - view.span.from >= 3e6 ? 1e6 : 0),
    money,
    boxes,
    banded: timeline.bars === null || areSlivers(boxes),
    clusters: clustersOf(timeline, scale),
    runs: recordRuns(timeline, scale),
    gaps: recordGaps(timeline, scale),
    bandTop: bottom + BAND_GAP,
    top: MARKS,
    bottom,
    left,
    right,
    letter,
  };
}

/** Lines at round amounts inside of what is drawn: those outside would only take its room. */
function ticksWithin(range: readonly [number, number], most: number): readonly number[] {
  for (const count of [most, most * 2, most * 4]) {
    const inside = moneyTicks(...range, count).filter((micro) => micro >= range[0] && micro <= range[1]);
    if (inside.length > 1) return inside;
  }
  return moneyTicks(...range, most);
}

/** A flat line stands in the middle, and is not blown up to the last micro-dollar. */
const withRoom = ([low, high]: readonly [number, number]): readonly [number, number] =>
  high - low >= FLAT ? [low, high] : [low - FLAT, high + FLAT];

/** `$3781.394` as it is read: `$3,781.394`; a minus stands before the sign of the currency. */
const grouped = (money: string): string =>
  money
    .replace('$-', '\u2212$')
    .replaceAll(/\B(?=(?:\d{3})+(?:\.|$))/g, (match, at: number) =>
      money.includes('.') && at > money.indexOf('.') ? match : ',',
    );
